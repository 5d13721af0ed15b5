use std::time::Duration;

use oauth::SigningKey;
use secrecy::SecretString;
use url::Url;

use crate::notices::push::VapidKey;

/// What the platform must be told before it can start.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address under which patients and XISs reach it, such as `https://afspraken.example`.
    pub public_url: Url,
    /// Signs the tokens that XISs get from `/oauth2/token`.
    pub token_key: SigningKey,
    /// Where patients log in.
    pub login: Login,
    /// How mail goes out.
    pub mail: Mail,
    /// When patients are told.
    pub notices: Notices,
    /// How notifications go to patients' devices; none: they do not.
    pub push: Option<Push>,
    /// How many open pages may listen for news at once, in this process.
    pub open_pages: usize,
}

/// Where patients log in, and who the platform is there.
#[derive(Debug, Clone)]
pub struct Login {
    /// The OpenID provider.
    pub issuer: Url,
    /// The platform's id there.
    pub client_id: String,
    /// How the platform proves it.
    pub client_secret: SecretString,
    /// Claim of the ID token that holds the BSN.
    pub bsn_claim: String,
    /// Claim of the ID token that holds the patient's name.
    pub name_claim: String,
    /// Where tokens for a XIS are asked for, unless the practice has its own endpoint (D4).
    pub token_endpoint: Url,
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
