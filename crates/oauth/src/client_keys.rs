use jsonwebtoken::{
    DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse, ThumbprintHash},
};
use serde_json::Value;

use crate::PublicKeys;

/// A client has a key that it signs with, and while it changes that one more.
const MOST: usize = 2;
/// The shortest RSA key that is believed, as base64url of its modulus: 2048 bits.
const SHORTEST_MODULUS: usize = 342;

/// The text is no public key of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotClientKeys {
    /// Neither PEM nor JSON of a public key.
    #[error("this is no public key: give PEM (BEGIN PUBLIC KEY), a JWK or a key set")]
    Unreadable,
    /// A private key, which nobody but the client may have.
    #[error("this is a private key: keep it, and give the public one")]
    Private,
    /// A key of another kind.
    #[error("the key must be of P-256 (ES256), or RSA of at least 2048 bits (RS256, PS256)")]
    Unfit,
    /// More keys than a client may have.
    #[error("a client has two keys at most")]
    TooMany,
}

impl PublicKeys {
    /// Reads the keys that a client signs with: PEM, one JWK, or a key set (RFC 7517). A key without an id gets its
    /// thumbprint (RFC 7638).
    ///
    /// # Errors
    /// When there is none, one that cannot be used here, or more than two.
    pub fn of_client(text: &str) -> Result<Self, NotClientKeys> {
        let text = text.trim();
        let keys = if text.starts_with("-----") { vec![from_pem(text)?] } else { from_json(text)? };
        match keys.len() {
            0 => Err(NotClientKeys::Unreadable),
            1..=MOST => Ok(Self::from_jwks(keys.into_iter().map(fit).collect::<Result<_, _>>()?)),
            _ => Err(NotClientKeys::TooMany),
        }
    }

    /// These keys, and of the ones `before` as many as a client may have: it changes from one to the other.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        let mut keys: Vec<Jwk> = self.jwks().to_vec();
        let is_new = |old: &Jwk| keys.iter().all(|key| key.common.key_id != old.common.key_id);
        let old: Vec<Jwk> = before.jwks().iter().filter(|old| is_new(old)).cloned().collect();
        keys.extend(old);
        keys.truncate(MOST);
        Self::from_jwks(keys)
    }

    /// The keys' ids, as in a token's `kid`.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        self.jwks().iter().filter_map(|key| key.common.key_id.clone()).collect()
    }
}

fn from_pem(text: &str) -> Result<Jwk, NotClientKeys> {
    if text.contains("PRIVATE KEY") {
        return Err(NotClientKeys::Private);
    }
    let pem = text.as_bytes();
    let key = DecodingKey::from_ec_pem(pem).or_else(|_| DecodingKey::from_rsa_pem(pem));
    let key = key.and_then(|key| Jwk::from_decoding_key(&key, None));
    key.map_err(|_| NotClientKeys::Unreadable)
}

fn from_json(text: &str) -> Result<Vec<Jwk>, NotClientKeys> {
    let document: Value = serde_json::from_str(text).map_err(|_| NotClientKeys::Unreadable)?;
    let all = document.get("keys").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![document]);
    if all.iter().any(|key| key.get("d").is_some()) {
        return Err(NotClientKeys::Private);
    }
    let read = |key| serde_json::from_value(key).map_err(|_| NotClientKeys::Unreadable);
    all.into_iter().map(read).collect()
}

/// The key with an id, when tokens may be signed with it.
fn fit(mut key: Jwk) -> Result<Jwk, NotClientKeys> {
    let is_fit = match &key.algorithm {
        AlgorithmParameters::RSA(rsa) => rsa.n.len() >= SHORTEST_MODULUS,
        AlgorithmParameters::EllipticCurve(curve) => curve.curve == EllipticCurve::P256,
        _ => false,
    };
    let for_signatures =
        key.common.public_key_use.as_ref().is_none_or(|used| *used == PublicKeyUse::Signature);
    if !is_fit || !for_signatures || DecodingKey::from_jwk(&key).is_err() {
        return Err(NotClientKeys::Unfit);
    }
    if key.common.key_id.is_none() {
        key.common.key_id = key.thumbprint(ThumbprintHash::SHA256).ok();
    }
    Ok(key)
}

#[cfg(test)]
mod tests;
