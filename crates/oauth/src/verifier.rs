mod known;

use std::{fmt, sync::Arc, time::Duration};

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, Header, errors::ErrorKind};
use serde::Deserialize;
use world::Http;

use self::known::Known;
use crate::{
    Claims, IssuerUnavailable, IssuerUrl, PublicKeys, public_keys::verify_signature, remembered::Remembered,
    remote::read_public_keys,
};

/// The only signatures that are believed: never `none`, never a shared secret.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256];
/// How far two clocks may be apart.
pub(crate) const LEEWAY: Duration = Duration::from_secs(60);
/// No honest token is longer.
const TOKEN_BYTES: usize = 16 * 1024;
/// So long a signature of an issuer elsewhere is believed without a look at its keys: one that it takes back is refused
/// soon. Our own keys do not change while we run.
const BELIEVED: Duration = Duration::from_secs(60);

/// Verifies access tokens of one issuer for one audience.
pub struct Verifier {
    issuer: IssuerUrl,
    audience: String,
    keys: Keys,
    known: Known,
}

enum Keys {
    Local(PublicKeys),
    Remote { http: Arc<dyn Http>, published: Remembered<PublicKeys> },
}

/// Why a token is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenRefused {
    /// Not a signed JWT with the claims that a token needs.
    #[error("the token cannot be read")]
    Malformed,
    /// Signed in a way that is not believed.
    #[error("the token is not signed with RS256, PS256 or ES256")]
    Algorithm,
    /// A token of another kind, for example an ID token.
    #[error("the token is not an access token")]
    Type,
    /// Its key is not among the issuer's.
    #[error("the token is signed with a key that its issuer does not publish")]
    UnknownKey,
    /// The signature is not the key's.
    #[error("the token's signature is wrong")]
    Signature,
    /// Another issuer's.
    #[error("the token has another issuer")]
    Issuer,
    /// Meant for someone else.
    #[error("the token is meant for another audience")]
    Audience,
    /// Past its time.
    #[error("the token has expired")]
    Expired,
    /// Before its time.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// It may be good, but there is no way to know now: answer 503, not 401.
    #[error(transparent)]
    IssuerUnavailable(#[from] IssuerUnavailable),
}

impl Verifier {
    /// For tokens that this program issues itself: keys at hand, and only type `at+jwt`.
    #[must_use]
    pub fn local(issuer: IssuerUrl, audience: impl Into<String>, keys: PublicKeys) -> Self {
        Self { issuer, audience: audience.into(), keys: Keys::Local(keys), known: Known::default() }
    }

    /// For tokens of an issuer elsewhere: its keys are read from its metadata, kept, and read again after an
    /// hour, or at most once in 30 seconds when a token names a key that is not among them.
    #[must_use]
    pub fn remote(issuer: IssuerUrl, audience: impl Into<String>, http: Arc<dyn Http>) -> Self {
        let keys = Keys::Remote { http, published: Remembered::new() };
        Self { issuer, audience: audience.into(), keys, known: Known::default() }
    }

    /// What the token says, when it is this issuer's, meant for this audience and valid at `now`. The signature of a token
    /// that comes again is not looked at again.
    ///
    /// # Errors
    /// The first thing that is wrong with it, or that the issuer cannot be asked.
    pub async fn verify(&self, token: &str, now: Timestamp) -> Result<Claims, TokenRefused> {
        if let Some(claims) = self.known.claims(token, now) {
            check_times(&claims, now)?;
            return Ok(claims);
        }
        let header = trusted_header(token)?;
        self.check_type(&header)?;
        let claims = self.signed_claims(token, &header, now).await?;
        self.check_claims(&claims, now)?;
        self.known.add(token, &claims, self.believed_until(&claims, now), now);
        Ok(claims)
    }

    fn believed_until(&self, claims: &Claims, now: Timestamp) -> Timestamp {
        let until_read_again = match self.keys {
            Keys::Local(_) => Timestamp::MAX,
            Keys::Remote { .. } => now.saturating_add(BELIEVED).unwrap_or(now),
        };
        claims.exp.saturating_add(LEEWAY).unwrap_or(claims.exp).min(until_read_again)
    }

    /// Whether the token says to be of this verifier's issuer. Nothing is verified by that.
    #[must_use]
    pub fn is_named_by(&self, token: &str) -> bool {
        #[derive(Deserialize)]
        struct Issuer {
            iss: String,
        }
        let said = jsonwebtoken::dangerous::insecure_decode_claims::<Issuer>(token);
        said.is_ok_and(|said| said.iss == self.issuer.as_str())
    }

    fn check_type(&self, header: &Header) -> Result<(), TokenRefused> {
        match (&self.keys, token_type(header).as_deref()) {
            (_, Some("at+jwt")) | (Keys::Remote { .. }, Some("jwt") | None) => Ok(()),
            _ => Err(TokenRefused::Type),
        }
    }

    async fn signed_claims(
        &self,
        token: &str,
        header: &Header,
        now: Timestamp,
    ) -> Result<Claims, TokenRefused> {
        let verified = |keys: &PublicKeys| {
            let key = keys.find(header).ok_or(TokenRefused::UnknownKey)?;
            verify_signature(token, key, header.alg).map_err(|error| from_library(&error))
        };
        let (http, published) = match &self.keys {
            Keys::Local(keys) => return verified(keys),
            Keys::Remote { http, published } => (http, published),
        };
        let read = || read_public_keys(&self.issuer, http.as_ref());
        let known = published.current(now, read()).await?;
        match verified(&known) {
            Err(TokenRefused::UnknownKey) => match published.newer_than(&known, now, read()).await? {
                Some(newer) => verified(&newer),
                None => Err(TokenRefused::UnknownKey),
            },
            outcome => outcome,
        }
    }

    fn check_claims(&self, claims: &Claims, now: Timestamp) -> Result<(), TokenRefused> {
        if claims.iss != self.issuer.as_str() {
            return Err(TokenRefused::Issuer);
        }
        if !claims.aud.contains(&self.audience) {
            return Err(TokenRefused::Audience);
        }
        check_times(claims, now)
    }
}

/// The header of a token of bearable length, with a signature that can be believed.
pub(crate) fn trusted_header(token: &str) -> Result<Header, TokenRefused> {
    if token.len() > TOKEN_BYTES {
        return Err(TokenRefused::Malformed);
    }
    let header = jsonwebtoken::decode_header(token).map_err(|error| from_library(&error))?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(TokenRefused::Algorithm);
    }
    // An extension that must be understood (RFC 7515, 4.1.11), and we understand none.
    if header.crit.is_some() { Err(TokenRefused::Malformed) } else { Ok(header) }
}

/// The token's type in lower case, without the part that may be left out (RFC 7515, 4.1.9).
pub(crate) fn token_type(header: &Header) -> Option<String> {
    let token_type = header.typ.as_deref()?.to_ascii_lowercase();
    Some(token_type.trim_start_matches("application/").to_owned())
}

/// Whether it is time for these claims, give or take what two clocks may be apart.
pub(crate) fn check_times(claims: &Claims, now: Timestamp) -> Result<(), TokenRefused> {
    let latest = now.saturating_add(LEEWAY).unwrap_or(now);
    let earliest = now.saturating_sub(LEEWAY).unwrap_or(now);
    if claims.exp <= earliest {
        return Err(TokenRefused::Expired);
    }
    if [claims.nbf, claims.iat].into_iter().flatten().any(|from| from > latest) {
        return Err(TokenRefused::NotYetValid);
    }
    Ok(())
}

pub(crate) fn from_library(error: &jsonwebtoken::errors::Error) -> TokenRefused {
    match error.kind() {
        ErrorKind::InvalidSignature => TokenRefused::Signature,
        ErrorKind::InvalidAlgorithm | ErrorKind::InvalidAlgorithmName | ErrorKind::UnsupportedAlgorithm => {
            TokenRefused::Algorithm
        }
        _ => TokenRefused::Malformed,
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Verifier")
            .field("issuer", &self.issuer)
            .field("audience", &self.audience)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
