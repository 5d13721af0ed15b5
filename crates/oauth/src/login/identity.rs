use std::fmt;

use jiff::Timestamp;
use openidconnect::{OAuth2TokenResponse as _, core::CoreTokenResponse};
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::id_token;

/// Who logged in, by the word of a provider that was verified.
#[derive(Clone)]
pub struct Identity {
    /// The person's id at the provider.
    pub subject: String,
    /// The provider.
    pub issuer: String,
    /// All claims of the ID token.
    pub claims: Map<String, Value>,
    /// The ID token itself.
    pub id_token: SecretString,
    /// The person's access token at the provider, to exchange for others.
    pub access_token: SecretString,
    /// Until when that access token is valid.
    pub expires_at: Timestamp,
    /// How sure the provider is of the person.
    pub acr: Option<String>,
}

impl Identity {
    pub(super) fn new(claims: id_token::Claims, tokens: &CoreTokenResponse, expires_at: Timestamp) -> Self {
        let id_token::Claims { all, standard, text } = claims;
        Self {
            subject: standard.subject().to_string(),
            issuer: standard.issuer().to_string(),
            acr: standard.auth_context_ref().map(|acr| acr.to_string()),
            claims: all,
            id_token: text.into(),
            access_token: tokens.access_token().secret().clone().into(),
            expires_at,
        }
    }

    /// A text claim.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Identity")
            .field("issuer", &self.issuer)
            .field("acr", &self.acr)
            .field("claims", &self.claims.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
