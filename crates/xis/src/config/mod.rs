//! What an operator sets, each key documented where it is defined.

mod accent;
mod agb;
mod api_version;
mod keys;
mod login;

use oauth::IssuerUrl;
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

pub use accent::Accent;
pub use agb::{Agb, NotAnAgb};
pub use api_version::{ApiVersion, NoSuchVersion};
pub use login::{Login, LoginUnclear};

/// Everything that one XIS needs to know.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the outside reaches this XIS; its FHIR server is at `/fhir/r4` below it.
    pub public_url: Url,
    /// The database: `sqlite:PATH` or `postgres://USER@HOST/NAME`.
    pub database: SecretString,
    /// The PostgreSQL schema that holds the tables.
    #[serde(default = "default_schema")]
    pub schema: String,
    /// Who issues the tokens that are accepted here: the `iss` claim, to the letter.
    pub issuer: IssuerUrl,
    /// For whom those tokens are meant: the `aud` claim.
    pub audience: String,
    /// The claim of a patient's token that holds the citizen number (D4).
    #[serde(default = "default_bsn_claim")]
    pub bsn_claim: String,
    /// Where practitioners log in.
    pub login: Option<Login>,
    /// Pages without a login, open to whoever reaches them. Only for tests on one machine; `balie xis` then listens
    /// on no other address than a loopback one.
    #[serde(default)]
    pub without_login: bool,
    /// The practices that are served.
    pub practices: Vec<Practice>,
    /// What the stored citizen numbers and the audit rows are protected with.
    #[serde(deserialize_with = "keys::deserialize")]
    pub keys: db::Keys,
    /// What this XIS does wrong on purpose. Only for tests; without it, nothing.
    #[serde(default)]
    pub faults: crate::faults::Settings,
}

impl Config {
    /// Where practitioners log in; `None` where the pages are open on purpose.
    ///
    /// # Errors
    /// When that is not said, or said in two ways.
    pub fn login(&self) -> Result<Option<&Login>, LoginUnclear> {
        match (&self.login, self.without_login) {
            (Some(login), false) => Ok(Some(login)),
            (None, true) => Ok(None),
            (None, false) => Err(LoginUnclear::Missing),
            (Some(_), true) => Err(LoginUnclear::Both),
        }
    }
}

/// One practice and the platform that its patients use.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// Its AGB code, eight digits.
    pub agb: Agb,
    /// Its name, as patients know it.
    pub name: String,
    /// Where it is.
    pub city: String,
    /// The number that patients call.
    #[serde(default)]
    pub phone: Option<String>,
    /// The time zone of its agenda, by its IANA name.
    #[serde(default = "default_time_zone")]
    pub time_zone: String,
    /// Which version of the contract its agenda is offered in, 1 or 2 (D13).
    #[serde(default)]
    pub api_version: ApiVersion,
    /// Whether a practitioner approves what a patient books (C3).
    #[serde(default)]
    pub approval: bool,
    /// The accent colour of its pages.
    #[serde(default)]
    pub accent: Accent,
    /// Whom to tell when a practitioner changes an appointment.
    pub platform: Platform,
}

/// How the platform is reached.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// The base of its FHIR server, for example `https://platform.example/fhir/r4`.
    pub fhir_base: Url,
    /// Where tokens are asked for (OAuth 2.0 client credentials).
    pub token_endpoint: Url,
    /// Who this practice is there.
    pub client_id: String,
    /// How it proves that.
    pub client_secret: SecretString,
    /// The audience to ask a token for, where the token endpoint wants one.
    #[serde(default)]
    pub audience: Option<String>,
    /// The scope to ask for, where the token endpoint wants one.
    #[serde(default)]
    pub scope: Option<String>,
    /// Send an AppointmentResponse with FHIR's form of `actor` in place of the contract's (B1).
    #[serde(default)]
    pub fhir_responses: bool,
}

fn default_schema() -> String {
    "xis".to_owned()
}

fn default_bsn_claim() -> String {
    "bsn".to_owned()
}

fn default_time_zone() -> String {
    "Europe/Amsterdam".to_owned()
}
