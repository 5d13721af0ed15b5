//! The configuration file of `balie serve`.

use std::{collections::HashMap, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use platform::{Config, Mail, Notices, Push, SmtpSecurity, VapidKey};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serving::Serving;
use store::{Db, SCHEMA, Store, Vault};
use url::{Host, Url};
use world::{Outgoing, Proxies};

use super::{
    KeysTable,
    audit::AuditTable,
    issuers::IssuerTable,
    login::LoginTable,
    web::{ForwardedHeader, LimitsTable, OutgoingTable, TlsTable},
};

/// Every key of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlatformFile {
    /// Address and port to listen on.
    pub(crate) listen: SocketAddr,
    /// The address under which patients and practice systems reach it.
    public_url: Url,
    /// The database: `sqlite:PATH` or `postgres://USER@HOST/NAME`.
    pub(super) database: SecretString,
    /// Whether that user may own the tables or be a superuser, for a laptop (default false).
    #[serde(default)]
    pub(super) any_database_role: bool,
    keys: KeysTable,
    login: LoginTable,
    /// Authorization servers of practice systems' vendors, by whose tokens they may call as well.
    #[serde(default)]
    issuers: Vec<IssuerTable>,
    mail: MailTable,
    #[serde(default)]
    notices: NoticesTable,
    #[serde(default)]
    audit: AuditTable,
    /// Without it there are no notifications on devices.
    push: Option<PushTable>,
    /// How many open pages may listen for news at once, in this process (default 10000).
    #[serde(default = "open_pages")]
    open_pages: usize,
    /// How connections are secured; without it they are not: for a proxy on this machine.
    tls: Option<TlsTable>,
    /// Proxies in front: they are believed when they say for whom they ask.
    #[serde(default)]
    trusted_proxies: Vec<String>,
    /// The header in which they say so: `x-forwarded-for` (default) or `forwarded`.
    #[serde(default)]
    forwarded_header: ForwardedHeader,
    /// Clients that must show a certificate at every call, with the host name that it must be for (mutual TLS).
    #[serde(default)]
    client_certificates: HashMap<String, String>,
    /// Which machines may be called.
    #[serde(default)]
    outgoing: OutgoingTable,
    /// How much is answered in a minute.
    #[serde(default)]
    limits: LimitsTable,
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

impl PlatformFile {
    /// How it treats those who connect; `path` is of the file itself.
    pub(crate) fn serving(&self, path: &Path) -> anyhow::Result<Serving> {
        let certified = ("client_certificates", self.client_certificates.values());
        let tls = TlsTable::opened(self.tls.as_ref(), certified, path)?;
        if self.is_plain_to_others() {
            tracing::warn!(
                listen = %self.listen,
                "connections are plain and may come from elsewhere, while public_url is https: add [tls], or listen \
                 where only your proxy connects and name it in trusted_proxies"
            );
        }
        Ok(Serving::new(tls, self.proxies()?.trusted))
    }

    /// # Errors
    /// When others reach it over plain http, where their cookies and tokens can be read on the way.
    pub(crate) fn check_public_url(&self) -> anyhow::Result<()> {
        if self.public_url.scheme() == "https" || is_this_machine(&self.public_url) {
            return Ok(());
        }
        bail!(
            "public_url is {}: plain http is for this machine alone. Give it the https address that your proxy or [tls] \
             answers at",
            self.public_url
        )
    }

    /// Whether others can connect past the proxy that must be there, which is not known either.
    fn is_plain_to_others(&self) -> bool {
        let is_plain = self.tls.is_none() && !self.listen.ip().is_loopback();
        is_plain && self.public_url.scheme() == "https" && self.trusted_proxies.is_empty()
    }

    /// Which machines it may call.
    pub(crate) fn outgoing(&self) -> anyhow::Result<Outgoing> {
        self.outgoing.outgoing()
    }

    fn proxies(&self) -> anyhow::Result<Proxies> {
        let trusted = self.trusted_proxies.iter().map(|text| text.parse().context("trusted_proxies"));
        Ok(Proxies { trusted: trusted.collect::<anyhow::Result<_>>()?, header: self.forwarded_header.into() })
    }

    /// The tables that the file names, opened.
    pub(crate) async fn store(&self) -> anyhow::Result<Store> {
        self.store_at(&self.database).await
    }

    /// The same tables at another address, such as for another role.
    pub(super) async fn store_at(&self, database: &SecretString) -> anyhow::Result<Store> {
        let other_index = self.keys.other_index()?;
        let vault = Vault::rotating(&self.keys.vault()?, other_index.as_ref()).context("keys")?;
        let db = Db::connect(database.expose_secret(), SCHEMA).await.context("database")?;
        Ok(Store::new(db, Arc::new(vault)))
    }

    /// Lets these tables work with the keys that the file has now.
    pub(crate) fn renew_keys(&self, store: &Store) -> anyhow::Result<()> {
        let other_index = self.keys.other_index()?;
        store.renew_keys(&self.keys.vault()?, other_index.as_ref()).context("keys")
    }

    /// The address under which patients and practice systems reach it.
    pub(crate) fn public_url(&self) -> &Url {
        &self.public_url
    }

    /// What the platform must be told.
    pub(crate) fn platform(&self) -> anyhow::Result<Config> {
        Ok(Config {
            public_url: self.public_url.clone(),
            token_key: self.keys.token()?,
            login: self.login.login()?,
            issuers: self.issuers.iter().map(IssuerTable::trusted).collect(),
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
            audit: self.audit.trail()?,
            limits: self.limits.limits(),
            proxies: self.proxies()?,
            client_certificates: self.client_certificates.clone(),
        })
    }
}

/// Whether an address is one of this very machine.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}
