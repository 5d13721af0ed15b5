use oauth::SigningKey;
use secrecy::SecretString;
use url::Url;

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
