//! The server's side of a token request: read it, answer it, refuse it.

mod client;
mod error;
mod form;
mod grant;
mod response;

use std::fmt;

use http::HeaderMap;
use secrecy::SecretString;

pub use error::TokenError;
pub use grant::{Grant, TOKEN_EXCHANGE, token_type};
pub use response::TokenResponse;

use form::Form;

/// A token request as it came in; nothing in it has been verified.
pub struct TokenRequest {
    /// Who says to ask.
    pub client_id: String,
    /// The proof.
    pub proof: ClientProof,
    /// What is asked.
    pub grant: Grant,
}

impl TokenRequest {
    /// Reads a request to a token endpoint (RFC 6749, 3.2).
    ///
    /// The client authenticates with `client_secret_basic`, `client_secret_post` or `private_key_jwt`, and never with
    /// two of them. A parameter without a value counts as left out, one that comes twice is refused.
    ///
    /// # Errors
    /// The [`TokenError`] to answer with.
    pub fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, TokenError> {
        let mut form = Form::read(headers, body)?;
        let (client_id, proof) = client::authentication(headers, &mut form)?;
        Ok(Self { client_id, proof, grant: Grant::read(&mut form)? })
    }
}

/// How a client proves who it is.
#[derive(Clone)]
pub enum ClientProof {
    /// With its secret.
    Secret(SecretString),
    /// With a JWT that it signed (RFC 7523).
    Assertion(SecretString),
}

impl fmt::Debug for ClientProof {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Secret(_) => "Secret(..)",
            Self::Assertion(_) => "Assertion(..)",
        })
    }
}

impl fmt::Debug for TokenRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenRequest")
            .field("client_id", &self.client_id)
            .field("proof", &self.proof)
            .field("grant", &self.grant)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
