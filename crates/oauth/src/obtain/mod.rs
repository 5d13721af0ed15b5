//! The client's side of a token request: ask, exchange, keep.

mod cache;
mod client;

use jiff::Timestamp;
use secrecy::SecretString;

pub use cache::TokenCache;
pub(crate) use client::printable;
pub use client::{Credential, TokenClient, TokenUnavailable};

/// A token that was given to us.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// The token itself, for the Authorization header.
    pub secret: SecretString,
    /// Until when its issuer says that it is valid.
    pub expires_at: Timestamp,
    /// What it allows, where the issuer says so.
    pub scope: Option<String>,
}

#[cfg(test)]
mod tests;
