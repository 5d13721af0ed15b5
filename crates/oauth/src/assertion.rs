use std::time::Duration;

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, Header};
use serde::Deserialize;
use world::Chance;

use crate::{
    Claims, KeyError, PublicKeys, SigningKey, TokenRefused,
    public_keys::verify_signature,
    secret::random_text,
    verifier::{LEEWAY, check_times, from_library, token_type, trusted_header},
};

/// The `client_assertion_type` of a JWT (RFC 7523, 2.2).
pub(crate) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// An assertion may be good for no longer, so that what was used need not be remembered for longer either.
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// Ours need no longer than a request takes.
const OURS: Duration = Duration::from_secs(60);
/// No honest id is longer.
const ID_BYTES: usize = 256;

/// A client's proof that it holds its key, verified but for one thing: that it is used for the first time, for which
/// the caller must remember `id` until `forget_at`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientAssertion {
    /// Its own id (`jti`).
    pub id: String,
    /// From when on it is refused for its age alone.
    pub forget_at: Timestamp,
}

/// Why an assertion is no proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssertionRefused {
    /// What any token can have wrong.
    #[error(transparent)]
    Token(#[from] TokenRefused),
    /// Issuer and subject must both be the client itself.
    #[error("the assertion's iss and sub are not both the client")]
    NotItself,
    /// It says to be good for longer than five minutes.
    #[error("the assertion is valid for longer than five minutes")]
    TooLong,
    /// Without an id it could be used again.
    #[error("the assertion has no jti, or a very long one")]
    WithoutId,
}

impl ClientAssertion {
    /// Verifies a client's assertion (RFC 7523, 3) with the client's own keys.
    ///
    /// `audiences` are the names that this authorization server answers to: its issuer and its token endpoint.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn verify(
        assertion: &str,
        client_id: &str,
        audiences: &[&str],
        keys: &PublicKeys,
        now: Timestamp,
    ) -> Result<Self, AssertionRefused> {
        let header = trusted_header(assertion)?;
        // An access token of the same key is no assertion (RFC 8725, 3.11).
        if !matches!(token_type(&header).as_deref(), None | Some("jwt" | "client-authentication+jwt")) {
            return Err(TokenRefused::Type.into());
        }
        let mut refused = TokenRefused::UnknownKey;
        let claims = keys.candidates(&header).find_map(|key| {
            let verified = verify_signature::<Claims>(assertion, key, header.alg);
            verified.map_err(|error| refused = from_library(&error)).ok()
        });
        Self::of(claims.ok_or(refused)?, client_id, audiences, now)
    }

    fn of(
        claims: Claims,
        client_id: &str,
        audiences: &[&str],
        now: Timestamp,
    ) -> Result<Self, AssertionRefused> {
        if claims.iss != client_id || claims.sub != client_id {
            return Err(AssertionRefused::NotItself);
        }
        if !claims.aud.iter().any(|audience| audiences.contains(&audience.as_str())) {
            return Err(TokenRefused::Audience.into());
        }
        check_times(&claims, now)?;
        if now.saturating_add(LONGEST + LEEWAY).is_ok_and(|latest| claims.exp > latest) {
            return Err(AssertionRefused::TooLong);
        }
        let id = claims.jti.filter(|id| !id.is_empty() && id.len() <= ID_BYTES);
        let forget_at = claims.exp.saturating_add(LEEWAY).unwrap_or(Timestamp::MAX);
        Ok(Self { id: id.ok_or(AssertionRefused::WithoutId)?, forget_at })
    }
}

/// An assertion of ours for this audience, good for a minute (RFC 7523, 3).
///
/// # Errors
/// When the key does not sign.
pub(crate) fn mint(
    key: &SigningKey,
    client_id: &str,
    audience: &str,
    chance: &dyn Chance,
    now: Timestamp,
) -> Result<String, KeyError> {
    let claims = Claims::new(client_id, audience, random_text(chance), now, OURS);
    let claims = Claims { iss: client_id.to_owned(), ..claims };
    let mut header = Header::new(Algorithm::ES256);
    header.kid = Some(key.id().to_owned());
    jsonwebtoken::encode(&header, &claims, key.encoding())
        .map_err(|error| KeyError::NotSigned(error.to_string()))
}

/// The client that an assertion says to be of. Nothing is verified yet.
pub(crate) fn says_to_be_of(assertion: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Subject {
        sub: String,
    }
    jsonwebtoken::dangerous::insecure_decode_claims::<Subject>(assertion).ok().map(|said| said.sub)
}
