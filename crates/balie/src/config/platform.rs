//! The configuration file of `balie serve`.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use platform::{Config, Login, Mail, Notices, Push, SmtpSecurity, VapidKey};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use store::{Db, SCHEMA, Store, Vault};
use url::Url;

use super::KeysTable;

/// Every key of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlatformFile {
    /// Address and port to listen on.
    pub(crate) listen: SocketAddr,
    /// The address under which patients and practice systems reach it.
    public_url: Url,
    /// The database: `sqlite:PATH` or `postgres://USER@HOST/NAME`.
    database: SecretString,
    keys: KeysTable,
    login: LoginTable,
    mail: MailTable,
    #[serde(default)]
    notices: NoticesTable,
    /// Without it there are no notifications on devices.
    push: Option<PushTable>,
    /// How many open pages may listen for news at once, in this process (default 10000).
    #[serde(default = "open_pages")]
    open_pages: usize,
}

/// How notifications go to patients' devices.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PushTable {
    /// The private key by which push services know the platform (base64url, see `balie keys new`). Devices subscribe
    /// for it: with another key all must do so again.
    vapid_key: SecretString,
    /// Where push services can ask about what is sent, such as `mailto:beheer@balie.example` (default: the address
    /// that mail comes from).
    subject: Option<String>,
    /// Origins of push services that are reached whatever they are, for tests: `http://127.0.0.1:9000`.
    #[serde(default)]
    allow: Vec<Url>,
}

impl PushTable {
    /// `sender` is the one that mail comes from, such as `Balie <afspraken@balie.example>`.
    fn push(&self, sender: &str) -> anyhow::Result<Push> {
        let key = VapidKey::from_text(self.vapid_key.expose_secret())
            .context("push.vapid_key (`balie keys new` makes one)")?;
        let address = sender.rsplit('<').next().unwrap_or_default().trim_end_matches('>');
        let subject = self.subject.clone().unwrap_or_else(|| format!("mailto:{address}"));
        Ok(Push { key, subject, allow: self.allow.clone() })
    }
}

/// When patients are told.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoticesTable {
    /// A further change within so many seconds of the last notice is told when they are over, together with what
    /// follows (default 180; 0: every change at once).
    merge_window_seconds: Option<u32>,
}

/// Where patients log in, and who the platform is there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LoginTable {
    /// The OpenID provider.
    issuer: Url,
    /// The platform's id there.
    client_id: String,
    /// The platform's secret there.
    client_secret: SecretString,
    /// Where tokens for practice systems are asked for.
    token_endpoint: Url,
    /// Claim of the ID token that holds the BSN.
    #[serde(default = "bsn_claim")]
    bsn_claim: String,
    /// Claim of the ID token that holds the patient's name.
    #[serde(default = "name_claim")]
    name_claim: String,
}

/// How mail goes out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MailTable {
    /// The SMTP server.
    host: String,
    /// Its port.
    port: u16,
    /// `tls`, `starttls`, or `none` for a server on this machine.
    security: Security,
    /// User name, where the server asks for one.
    user: Option<String>,
    /// Password, where the server asks for one.
    password: Option<SecretString>,
    /// A root certificate (PEM) to trust for this server beside the public ones, such as a hospital's own.
    ca: Option<String>,
    /// The sender, such as `Balie <afspraken@balie.example>`.
    from: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Security {
    Tls,
    StartTls,
    None,
}

fn open_pages() -> usize {
    10_000
}

fn bsn_claim() -> String {
    "bsn".to_owned()
}

fn name_claim() -> String {
    "name".to_owned()
}

impl PlatformFile {
    /// The tables that the file names, opened.
    pub(crate) async fn store(&self) -> anyhow::Result<Store> {
        let vault = Vault::new(&self.keys.vault()?).context("keys")?;
        let db = Db::connect(self.database.expose_secret(), SCHEMA).await.context("database")?;
        Ok(Store::new(db, Arc::new(vault)))
    }

    /// What the platform must be told.
    pub(crate) fn platform(&self) -> anyhow::Result<Config> {
        Ok(Config {
            public_url: self.public_url.clone(),
            token_key: self.keys.token()?,
            login: Login {
                issuer: self.login.issuer.clone(),
                client_id: self.login.client_id.clone(),
                client_secret: self.login.client_secret.clone(),
                bsn_claim: self.login.bsn_claim.clone(),
                name_claim: self.login.name_claim.clone(),
                token_endpoint: self.login.token_endpoint.clone(),
            },
            mail: Mail {
                host: self.mail.host.clone(),
                port: self.mail.port,
                security: match self.mail.security {
                    Security::Tls => SmtpSecurity::Tls,
                    Security::StartTls => SmtpSecurity::StartTls,
                    Security::None => SmtpSecurity::None,
                },
                credentials: self.mail.user.clone().zip(self.mail.password.clone()),
                ca: self.mail.ca.clone(),
                from: self.mail.from.clone(),
            },
            push: self.push.as_ref().map(|push| push.push(&self.mail.from)).transpose()?,
            notices: self.notices.merge_window_seconds.map_or_else(Notices::default, |seconds| Notices {
                merge_window: Duration::from_secs(seconds.into()),
            }),
            open_pages: self.open_pages,
        })
    }
}
