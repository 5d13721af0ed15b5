use std::{collections::HashMap, path::PathBuf, time::Duration};

use oauth::{IssuerUrl, SigningKey};
use secrecy::SecretString;
use url::Url;
use world::Proxies;

use crate::{limits::Limits, notices::push::VapidKey};

/// What the platform must be told before it can start.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address under which patients and XISs reach it, such as `https://afspraken.example`.
    pub public_url: Url,
    /// Signs the tokens that XISs get from `/oauth2/token`.
    pub token_key: SigningKey,
    /// Where patients log in.
    pub login: Login,
    /// Authorization servers of others, by whose tokens practice systems may call as well.
    pub issuers: Vec<TrustedIssuer>,
    /// How mail goes out.
    pub mail: Mail,
    /// When patients are told.
    pub notices: Notices,
    /// How notifications go to patients' devices; none: they do not.
    pub push: Option<Push>,
    /// How many open pages may listen for news at once, in this process.
    pub open_pages: usize,
    /// How long the audit trail is kept, and where its head goes.
    pub audit: AuditTrail,
    /// How much is answered in a minute (D15).
    pub limits: Limits,
    /// The proxies in front of us.
    pub proxies: Proxies,
    /// XIS clients that must show a certificate, with the host name that it must be for (mutual TLS).
    pub client_certificates: HashMap<String, String>,
}

/// How long the audit trail is kept, and where its head goes.
#[derive(Debug, Clone)]
pub struct AuditTrail {
    /// So many years at least; the standard asks for five.
    pub keep_years: u8,
    /// The file that holds the newest head: kept where who can change the database cannot, it shows a tail that was cut.
    pub head_file: Option<PathBuf>,
}

impl Default for AuditTrail {
    fn default() -> Self {
        Self { keep_years: 5, head_file: None }
    }
}

/// An authorization server of a practice system's vendor, trusted for one client.
#[derive(Debug, Clone)]
pub struct TrustedIssuer {
    /// Its name: the `iss` of its tokens, to the letter. Its keys are found by its metadata.
    pub issuer: String,
    /// The `aud` that its tokens must have; none: the address of our FHIR server.
    pub audience: Option<String>,
    /// Who the practice system is there: the token's `client_id`, or its `sub` without one.
    pub subject: String,
    /// The client of ours that it stands for.
    pub client: String,
}

/// Where patients log in, and who the platform is there.
#[derive(Debug, Clone)]
pub struct Login {
    /// The OpenID provider, to the letter: with or without a slash at the end it is another one.
    pub issuer: IssuerUrl,
    /// The platform's id there.
    pub client_id: String,
    /// How the platform proves it.
    pub client_secret: SecretString,
    /// What is asked of it beside `openid`.
    pub scopes: Vec<String>,
    /// How sure it must be of a patient; none: any way to log in there is enough.
    pub assurance: Option<Assurance>,
    /// Claim of the ID token that holds the BSN.
    pub bsn_claim: String,
    /// Claim of the ID token that holds the patient's name.
    pub name_claim: String,
    /// Where tokens for a XIS are asked for, unless the practice has its own endpoint (D4).
    pub token_endpoint: Url,
}

/// How sure the provider must be of who logs in.
#[derive(Debug, Clone)]
pub struct Assurance {
    /// Its values of `acr`, the least sure first.
    pub levels: Vec<String>,
    /// The least that is enough: one of them.
    pub least: String,
}

impl Assurance {
    /// The values that are enough; none where the least is none of the levels.
    pub(crate) fn enough(&self) -> Option<&[String]> {
        let from = self.levels.iter().position(|level| *level == self.least)?;
        self.levels.get(from..)
    }
}

/// When patients are told.
#[derive(Debug, Clone, Copy)]
pub struct Notices {
    /// A change so soon after a patient was told of the one before is told together with what follows, when this time
    /// is over; zero: every change at once.
    pub merge_window: Duration,
}

impl Default for Notices {
    fn default() -> Self {
        Self { merge_window: Duration::from_secs(180) }
    }
}

/// How notifications go to patients' devices.
#[derive(Debug, Clone)]
pub struct Push {
    /// By which push services know the platform.
    pub key: VapidKey,
    /// Where they can ask about what it sends: a `mailto:` or `https:` address.
    pub subject: String,
    /// Origins of push services that are reached whatever they are, such as `http://127.0.0.1:9000` in a test; all
    /// others by https on the public internet only.
    pub allow: Vec<Url>,
}

/// How mail goes out.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Host of the SMTP server.
    pub host: String,
    /// Port of the SMTP server.
    pub port: u16,
    /// How the connection is secured.
    pub security: SmtpSecurity,
    /// User name and password, where the server asks for them.
    pub credentials: Option<(String, SecretString)>,
    /// A root certificate (PEM) that is trusted for this server beside the public ones.
    pub ca: Option<String>,
    /// The sender, such as `Balie <afspraken@balie.example>`.
    pub from: String,
}

/// How the connection to the mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte.
    Tls,
    /// STARTTLS, and nothing is sent without it.
    StartTls,
    /// None: for a server on this machine.
    None,
}

impl Config {
    /// Whether patients reach us over https: only then cookies can be `Secure` and `__Host-`.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// The address of a path here. `path` begins with a slash.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }
}
