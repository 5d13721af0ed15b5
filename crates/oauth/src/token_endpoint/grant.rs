use std::fmt;

use secrecy::SecretString;

use super::form::Form;
use crate::TokenError;

/// Names of kinds of tokens (RFC 8693, 3).
pub mod token_type {
    /// An access token of whatever form.
    pub const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
    /// An OpenID Connect ID token.
    pub const ID_TOKEN: &str = "urn:ietf:params:oauth:token-type:id_token";
    /// Any JWT.
    pub const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";
}

/// The `grant_type` of a token exchange (RFC 8693, 2.1).
pub const TOKEN_EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";

/// What a client asks a token for.
#[non_exhaustive]
pub enum Grant {
    /// For itself (RFC 6749, 4.4).
    ClientCredentials {
        /// What it wants to do.
        scope: Option<String>,
        /// Where it wants to do it.
        audience: Option<String>,
    },
    /// For the person who just logged in (RFC 6749, 4.1.3).
    AuthorizationCode {
        /// The code that the person's browser brought.
        code: SecretString,
        /// Must equal that of the login.
        redirect_uri: String,
        /// The proof that the same client began the login (RFC 7636).
        code_verifier: SecretString,
    },
    /// For a token of which it holds another form (RFC 8693).
    TokenExchange {
        /// The token at hand.
        subject_token: SecretString,
        /// Its kind, see [`token_type`].
        subject_token_type: String,
        /// For whom the new token is.
        audience: Option<String>,
        /// What the new token should allow.
        scope: Option<String>,
        /// The kind wanted, see [`token_type`].
        requested_token_type: Option<String>,
    },
}

impl Grant {
    pub(super) fn read(form: &mut Form) -> Result<Self, TokenError> {
        match form.require("grant_type", "grant_type is missing")?.as_str() {
            "client_credentials" => Ok(Self::client_credentials(form)),
            "authorization_code" => Self::authorization_code(form),
            TOKEN_EXCHANGE => Self::token_exchange(form),
            _ => Err(TokenError::UnsupportedGrantType),
        }
    }

    fn client_credentials(form: &mut Form) -> Self {
        Self::ClientCredentials { scope: form.take("scope"), audience: form.take("audience") }
    }

    fn authorization_code(form: &mut Form) -> Result<Self, TokenError> {
        Ok(Self::AuthorizationCode {
            code: form.require("code", "code is missing")?.into(),
            redirect_uri: form.require("redirect_uri", "redirect_uri is missing")?,
            code_verifier: form.require("code_verifier", "code_verifier is missing")?.into(),
        })
    }

    fn token_exchange(form: &mut Form) -> Result<Self, TokenError> {
        // Left out silently, these would give a token that means something else than was asked.
        if form.take("actor_token").is_some() {
            return Err(TokenError::InvalidRequest("actor_token is not supported"));
        }
        if form.take("resource").is_some() {
            return Err(TokenError::InvalidTarget);
        }
        Ok(Self::TokenExchange {
            subject_token: form.require("subject_token", "subject_token is missing")?.into(),
            subject_token_type: form.require("subject_token_type", "subject_token_type is missing")?,
            audience: form.take("audience"),
            scope: form.take("scope"),
            requested_token_type: form.take("requested_token_type"),
        })
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClientCredentials { scope, audience } => formatter
                .debug_struct("ClientCredentials")
                .field("scope", scope)
                .field("audience", audience)
                .finish(),
            Self::AuthorizationCode { redirect_uri, .. } => formatter
                .debug_struct("AuthorizationCode")
                .field("redirect_uri", redirect_uri)
                .finish_non_exhaustive(),
            Self::TokenExchange { audience, scope, .. } => formatter
                .debug_struct("TokenExchange")
                .field("audience", audience)
                .field("scope", scope)
                .finish_non_exhaustive(),
        }
    }
}
