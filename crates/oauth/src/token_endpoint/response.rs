use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Serialize, Serializer};

use super::error::answer;
use crate::{TokenError, token_type};

/// A token, given (RFC 6749, 5.1).
#[derive(Debug, Clone, Serialize)]
pub struct TokenResponse {
    #[serde(serialize_with = "exposed")]
    access_token: SecretString,
    token_type: &'static str,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(serialize_with = "exposed_if_any", skip_serializing_if = "Option::is_none")]
    id_token: Option<SecretString>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_token_type: Option<&'static str>,
}

impl TokenResponse {
    /// A bearer token that is valid for `lifetime`.
    #[must_use]
    pub fn bearer(access_token: impl Into<SecretString>, lifetime: Duration) -> Self {
        Self {
            access_token: access_token.into(),
            token_type: "Bearer",
            expires_in: lifetime.as_secs(),
            scope: None,
            id_token: None,
            issued_token_type: None,
        }
    }

    /// The same, saying which scope was given.
    #[must_use]
    pub fn with_scope(self, scope: Option<String>) -> Self {
        Self { scope, ..self }
    }

    /// The same with an ID token: the answer to a login.
    #[must_use]
    pub fn with_id_token(self, id_token: impl Into<SecretString>) -> Self {
        Self { id_token: Some(id_token.into()), ..self }
    }

    /// The same as the answer to a token exchange, which names the kind of token given (RFC 8693, 2.2.1).
    #[must_use]
    pub fn exchanged(self) -> Self {
        Self { issued_token_type: Some(token_type::ACCESS_TOKEN), ..self }
    }

    /// The whole answer.
    #[must_use]
    pub fn response(&self) -> Response<Bytes> {
        match serde_json::to_string(self) {
            Ok(body) => answer(StatusCode::OK, body),
            Err(_) => TokenError::TemporarilyUnavailable.response(),
        }
    }
}

fn exposed<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

fn exposed_if_any<S: Serializer>(secret: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(|secret| secret.expose_secret()).serialize(serializer)
}
