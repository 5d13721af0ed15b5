use jsonwebtoken::{
    Algorithm, DecodingKey, Header, Validation,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, PublicKeyUse},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::SigningKey;

/// The public keys of an issuer (RFC 7517).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKeys(JwkSet);

impl PublicKeys {
    /// Reads a key set; keys of a kind we do not know are left out.
    ///
    /// # Errors
    /// When the document is not a key set at all.
    pub fn from_json(document: &[u8]) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Document {
            keys: Vec<Value>,
        }
        let document: Document = serde_json::from_slice(document)?;
        let keys = document.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect();
        Ok(Self(JwkSet { keys }))
    }

    /// The document that `jwks_uri` serves.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({ "keys": self.0.keys })
    }

    pub(crate) fn from_jwks(keys: Vec<Jwk>) -> Self {
        Self(JwkSet { keys })
    }

    pub(crate) fn jwks(&self) -> &[Jwk] {
        &self.0.keys
    }

    pub(crate) fn of(key: &SigningKey) -> Self {
        Self(JwkSet { keys: vec![key.public().clone()] })
    }

    /// The keys that may have signed it: the one that the header names, without a name every one that fits.
    pub(crate) fn candidates(&self, header: &Header) -> impl Iterator<Item = &Jwk> {
        let is_named = |key: &&Jwk| header.kid.is_none() || key.common.key_id == header.kid;
        self.0.keys.iter().filter(|key| fits(key, header.alg)).filter(is_named)
    }

    /// The key that the token's header names; without a name the only one that fits.
    pub(crate) fn find(&self, header: &Header) -> Option<&Jwk> {
        let mut fitting = self.0.keys.iter().filter(|key| fits(key, header.alg));
        match &header.kid {
            Some(id) => fitting.find(|key| key.common.key_id.as_ref() == Some(id)),
            None => fitting.next().filter(|_| fitting.next().is_none()),
        }
    }
}

/// Whether this key may verify this algorithm: right kind, meant for signatures, not claimed by another
/// algorithm. A secret (HMAC) key never fits, so a public key cannot be passed off as one.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let right_kind = match &key.algorithm {
        AlgorithmParameters::RSA(_) => matches!(algorithm, Algorithm::RS256 | Algorithm::PS256),
        AlgorithmParameters::EllipticCurve(curve) => {
            algorithm == Algorithm::ES256 && curve.curve == EllipticCurve::P256
        }
        _ => false,
    };
    let for_signatures =
        key.common.public_key_use.as_ref().is_none_or(|used| *used == PublicKeyUse::Signature);
    let unclaimed = key.common.key_algorithm.is_none_or(|claimed| claimed == algorithm.into());
    right_kind && for_signatures && unclaimed
}

/// The claims of `token` when `key` signed it with `algorithm`; nothing else is checked.
pub(crate) fn verify_signature<T: serde::de::DeserializeOwned>(
    token: &str,
    key: &Jwk,
    algorithm: Algorithm,
) -> Result<T, jsonwebtoken::errors::Error> {
    let mut signature_only = Validation::new(algorithm);
    // The library would read the system clock; the caller checks every claim against its own time.
    signature_only.validate_exp = false;
    signature_only.validate_aud = false;
    signature_only.required_spec_claims.clear();
    Ok(jsonwebtoken::decode(token, &DecodingKey::from_jwk(key)?, &signature_only)?.claims)
}
