use std::num::NonZeroU16;

use oauth::IssuerUrl;
use secrecy::SecretString;
use serde::Deserialize;

/// Where practitioners log in, and for how long.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The OpenID provider, such as the practice's own sign-on.
    pub issuer: IssuerUrl,
    /// Who this XIS is there.
    pub client_id: String,
    /// How it proves that. The provider sends people back to `/login/callback`.
    pub client_secret: SecretString,
    /// What is asked besides `openid`.
    #[serde(default = "default_scopes")]
    pub scopes: Vec<String>,
    /// How sure the provider must be of the person: the `acr` that are good enough. Empty: whatever it says.
    #[serde(default)]
    pub assurance: Vec<String>,
    /// Claim of the ID token with the AGB codes of the practices that the practitioner works for: a list, or a text
    /// with spaces in between.
    #[serde(default = "default_practices_claim")]
    pub practices_claim: String,
    /// Claim of the ID token that holds the practitioner's name.
    #[serde(default = "default_name_claim")]
    pub name_claim: String,
    /// A session ends when it was not used for so long.
    #[serde(default = "default_idle_minutes")]
    pub idle_minutes: NonZeroU16,
    /// A session ends so long after the login, used or not.
    #[serde(default = "default_longest_hours")]
    pub longest_hours: NonZeroU16,
}

/// Whether the pages have a login is not said, or said in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoginUnclear {
    /// Neither.
    #[error(
        "nothing says where practitioners log in: add [xis.login] with issuer, client_id and client_secret, or, for \
         tests on this machine alone, without_login = true"
    )]
    Missing,
    /// Both.
    #[error("[xis.login] and without_login = true contradict each other: leave one out")]
    Both,
}

fn default_scopes() -> Vec<String> {
    vec!["profile".to_owned()]
}

fn default_practices_claim() -> String {
    "practices".to_owned()
}

fn default_name_claim() -> String {
    "name".to_owned()
}

fn default_idle_minutes() -> NonZeroU16 {
    const { NonZeroU16::new(30).unwrap() }
}

fn default_longest_hours() -> NonZeroU16 {
    const { NonZeroU16::new(12).unwrap() }
}
