//! OAuth 2.0 and OpenID Connect, both ends of each: issuing tokens and verifying them, asking for tokens and
//! exchanging them, answering a token request and logging a person in.
//!
//! Owns the protocols: RFC 6749 (OAuth 2.0), 6750 (bearer tokens), 7523 (clients that sign), 7636 (PKCE), 7638 (key
//! thumbprints),
//! 8414 (metadata), 8693 (token exchange), 9068 (JWT access tokens) and OpenID Connect Core and Discovery.
//! Leaves to others: who the clients are, what a scope allows, where anything is stored, and every URL but the
//! well-known ones. Knows no patient and no practice. Time, chance and outgoing HTTP are arguments.

mod assertion;
mod bearer;
mod claims;
mod client_keys;
mod issuer;
mod issuer_url;
mod key;
mod login;
mod metadata;
mod obtain;
mod public_keys;
mod remembered;
mod remote;
mod secret;
mod token_endpoint;
mod verifier;
mod way_back;

#[cfg(test)]
mod test_support;

pub use assertion::{AssertionRefused, ClientAssertion};
pub use bearer::{BearerProblem, bearer};
pub use claims::{Actor, Claims};
pub use client_keys::NotClientKeys;
pub use issuer::Issuer;
pub use issuer_url::{IssuerUrl, NotAnIssuer};
pub use key::{KeyError, SigningKey};
pub use login::{Callback, Identity, Login, LoginConfig, LoginRefused, Pending};
pub use metadata::ServerMetadata;
pub use obtain::{AccessToken, Credential, TokenCache, TokenClient, TokenUnavailable};
pub use public_keys::PublicKeys;
pub use remote::IssuerUnavailable;
pub use secret::{ClientSecretHash, NotASecretHash, code_challenge, generate_secret};
pub use token_endpoint::{
    ClientProof, Grant, TOKEN_EXCHANGE, TokenError, TokenRequest, TokenResponse, token_type,
};
pub use verifier::{TokenRefused, Verifier};
pub use way_back::is_own_path;
