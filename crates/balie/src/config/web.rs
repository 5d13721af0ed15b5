//! The tables about connections, in and out: `[tls]`, `[outgoing]`, `[limits]`, `trusted_proxies`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use platform::Limits;
use rustls::pki_types::ServerName;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serving::{Tls, TlsFiles};
use world::{ForwardedBy, Outgoing, OwnCertificate};

/// How connections to us are secured. Paths are relative to the configuration file's folder.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TlsTable {
    /// The certificate, and those between it and its root (PEM).
    certificate: PathBuf,
    /// Its private key (PEM).
    key: PathBuf,
    /// Authorities whose certificates practice systems may show (PEM).
    client_ca: Option<PathBuf>,
}

impl TlsTable {
    /// How connections are secured, where they are. `certified` is the setting by which some must show a certificate,
    /// with the host names that it gives; `file` is the configuration file.
    pub(super) fn opened<'a>(
        table: Option<&Self>,
        (certified, hosts): (&str, impl IntoIterator<Item = &'a String>),
        file: &Path,
    ) -> anyhow::Result<Option<Tls>> {
        for host in hosts {
            if table.is_none_or(|tls| tls.client_ca.is_none()) {
                bail!("{certified}: nobody can show a certificate without client_ca in [tls]");
            }
            if ServerName::try_from(host.as_str()).is_err() {
                bail!("{certified}: {host:?} is no host name: give it bare, such as xis.example");
            }
        }
        table.map(|tls| tls.open(file)).transpose()
    }

    fn open(&self, file: &Path) -> anyhow::Result<Tls> {
        let folder = file.parent().unwrap_or_else(|| Path::new(""));
        let files = TlsFiles {
            certificate: folder.join(&self.certificate),
            key: folder.join(&self.key),
            client_ca: self.client_ca.as_ref().map(|path| folder.join(path)),
        };
        Tls::open(files).context("tls")
    }
}

/// Which machines may be called, and how we prove who we are there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutgoingTable {
    /// Networks, hosts and origins that are called though they are not on the public internet or not over https.
    #[serde(default)]
    allow: Vec<String>,
    /// Root certificates (PEM) to trust beside the public ones.
    ca: Option<String>,
    /// For a host, the certificate that is shown to it with its private key (PEM).
    #[serde(default)]
    certificates: BTreeMap<String, SecretString>,
}

impl OutgoingTable {
    pub(crate) fn outgoing(&self) -> anyhow::Result<Outgoing> {
        let allow = self.allow.iter().map(|text| text.parse().context("outgoing.allow"));
        let own = self.certificates.iter().map(|(host, pem)| {
            OwnCertificate::new(host, pem.expose_secret()).context("outgoing.certificates")
        });
        Ok(Outgoing {
            allow: allow.collect::<anyhow::Result<_>>()?,
            roots: self.ca.clone(),
            certificates: own.collect::<anyhow::Result<_>>()?,
        })
    }
}

/// Which header the proxies in `trusted_proxies` write.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ForwardedHeader {
    #[default]
    XForwardedFor,
    Forwarded,
}

impl From<ForwardedHeader> for ForwardedBy {
    fn from(header: ForwardedHeader) -> Self {
        match header {
            ForwardedHeader::XForwardedFor => Self::XForwardedFor,
            ForwardedHeader::Forwarded => Self::Forwarded,
        }
    }
}

/// How many requests a minute are answered; 0: any number.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LimitsTable {
    /// From one address, pages and calls together.
    address: Option<u32>,
    /// Logins begun and ended, from one address.
    login: Option<u32>,
    /// Tokens asked for, from one address.
    token: Option<u32>,
    /// Refusals of callers of whom nothing is known, from one address.
    refusal: Option<u32>,
    /// Pages of one patient who is logged in.
    session: Option<u32>,
    /// Codes from a mail that are typed in, in one session.
    mail_code: Option<u32>,
    /// Links of invitations that are opened, from one address.
    invitation: Option<u32>,
    /// Calls of one XIS client.
    client: Option<u32>,
    /// Calls for one practice.
    practice: Option<u32>,
    /// Patients searched for or invited, for one practice.
    patient: Option<u32>,
    /// Answers that a patient has no account here, for one practice.
    stranger: Option<u32>,
}

impl LimitsTable {
    pub(crate) fn limits(&self) -> Limits {
        let usual = Limits::default();
        Limits {
            address: self.address.unwrap_or(usual.address),
            login: self.login.unwrap_or(usual.login),
            token: self.token.unwrap_or(usual.token),
            refusal: self.refusal.unwrap_or(usual.refusal),
            session: self.session.unwrap_or(usual.session),
            mail_code: self.mail_code.unwrap_or(usual.mail_code),
            invitation: self.invitation.unwrap_or(usual.invitation),
            client: self.client.unwrap_or(usual.client),
            practice: self.practice.unwrap_or(usual.practice),
            patient: self.patient.unwrap_or(usual.patient),
            stranger: self.stranger.unwrap_or(usual.stranger),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_set_is_as_usual() {
        let table: LimitsTable = toml::from_str("client = 7\naddress = 0").unwrap();
        assert_eq!(table.limits(), Limits { client: 7, address: 0, ..Limits::default() });
        assert!(toml::from_str::<LimitsTable>("cleint = 7").is_err());
    }

    #[test]
    fn what_may_be_called_is_read_and_what_is_none_is_named() {
        let table: OutgoingTable = toml::from_str("allow = ['10.1.0.0/16', 'xis.example']").unwrap();
        assert_eq!(table.outgoing().unwrap().allow.len(), 2);
        let table: OutgoingTable = toml::from_str("allow = ['https://xis.example/fhir']").unwrap();
        let error = format!("{:#}", table.outgoing().unwrap_err());
        assert!(error.starts_with("outgoing.allow: \"https://xis.example/fhir\" is no network"), "{error}");
        let table: OutgoingTable = toml::from_str("certificates = { 'xis.example' = 'geheim' }").unwrap();
        let error = format!("{:#}", table.outgoing().unwrap_err());
        assert!(error.starts_with("outgoing.certificates") && !error.contains("geheim"), "{error}");
        for host in ["https://xis.example", "xis.example:8443", "*.xis.example", "", "a b"] {
            let table: OutgoingTable =
                toml::from_str(&format!("certificates = {{ '{host}' = 'geheim' }}")).unwrap();
            let error = format!("{:#}", table.outgoing().unwrap_err());
            assert!(error.contains(&format!("{host:?} is no host")) && !error.contains("geheim"), "{error}");
        }
    }

    #[test]
    fn whoever_must_show_a_certificate_can() {
        let opened = |tls: &str, host: &str| {
            let table = (!tls.is_empty()).then(|| toml::from_str::<TlsTable>(tls).unwrap());
            let opened = TlsTable::opened(table.as_ref(), ("callers", [&host.to_owned()]), Path::new(""));
            format!("{:#}", opened.unwrap_err())
        };
        let files = "certificate = 'no-such.pem'\nkey = 'no-such.pem'\n";
        for tls in ["", files] {
            let error = opened(tls, "platform.example");
            assert_eq!(error, "callers: nobody can show a certificate without client_ca in [tls]");
        }
        let complete = &format!("{files}client_ca = 'no-such.pem'");
        for host in ["https://platform.example", "platform.example:443", "*.example", "", "a b"] {
            let error = opened(complete, host);
            assert!(error.starts_with(&format!("callers: {host:?} is no host name")), "{error}");
        }
        assert!(opened(complete, "platform.example").contains("no-such.pem cannot be read"));
        assert!(TlsTable::opened(None, ("callers", []), Path::new("")).unwrap().is_none());
    }
}
