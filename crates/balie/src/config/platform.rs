//! The configuration file of `balie serve`.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context as _;
use platform::{Config, Login, Mail, SmtpSecurity};
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
                from: self.mail.from.clone(),
            },
        })
    }
}
