use std::fmt;

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jsonwebtoken::{
    Algorithm, EncodingKey,
    jwk::{Jwk, PublicKeyUse, ThumbprintHash},
};
use secrecy::SecretString;

/// A private ES256 key that signs tokens; its id is its thumbprint (RFC 7638).
#[derive(Clone)]
pub struct SigningKey {
    pkcs8: Vec<u8>,
    encoding: EncodingKey,
    public: Jwk,
    id: String,
}

/// The key cannot be made, read or used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The text is not a private P-256 key in PEM (PKCS#8).
    #[error("this is not a private P-256 key in PEM (PKCS#8)")]
    Unreadable,
    /// The cryptographic library gave no key.
    #[error("no new key could be generated")]
    NotGenerated,
    /// The cryptographic library gave no signature.
    #[error("the token could not be signed: {0}")]
    NotSigned(String),
}

impl SigningKey {
    /// A new key from the cryptographic library's own random source, which cannot be replaced.
    ///
    /// # Errors
    /// [`KeyError::NotGenerated`] when the system gives no random bytes.
    pub fn generate() -> Result<Self, KeyError> {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
            .map_err(|_| KeyError::NotGenerated)?;
        Self::from_pkcs8(document.as_ref().to_vec())
    }

    /// Reads what [`SigningKey::to_pem`] wrote (`openssl genpkey -algorithm EC` writes the same).
    ///
    /// # Errors
    /// [`KeyError::Unreadable`] for anything else.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let body = pem.trim().strip_prefix(PEM_BEGIN).and_then(|rest| rest.strip_suffix(PEM_END));
        let base64: String = body.ok_or(KeyError::Unreadable)?.split_whitespace().collect();
        Self::from_pkcs8(STANDARD.decode(base64).map_err(|_| KeyError::Unreadable)?)
    }

    /// The private key as PEM (PKCS#8).
    #[must_use]
    pub fn to_pem(&self) -> SecretString {
        let base64 = STANDARD.encode(&self.pkcs8);
        let lines: Vec<&str> =
            base64.as_bytes().chunks(64).filter_map(|line| str::from_utf8(line).ok()).collect();
        format!("{PEM_BEGIN}\n{}\n{PEM_END}\n", lines.join("\n")).into()
    }

    /// The key's id, as in a token's `kid`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn public(&self) -> &Jwk {
        &self.public
    }

    pub(crate) fn encoding(&self) -> &EncodingKey {
        &self.encoding
    }

    fn from_pkcs8(pkcs8: Vec<u8>) -> Result<Self, KeyError> {
        let encoding = EncodingKey::from_ec_der(&pkcs8);
        let mut public =
            Jwk::from_encoding_key(&encoding, Algorithm::ES256).map_err(|_| KeyError::Unreadable)?;
        let id = public.thumbprint(ThumbprintHash::SHA256).map_err(|_| KeyError::Unreadable)?;
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { pkcs8, encoding, public, id })
    }
}

const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_key_survives_its_pem() {
        let key = SigningKey::generate().unwrap();
        let again = SigningKey::from_pem(key.to_pem().expose_secret()).unwrap();
        assert_eq!(key.id(), again.id());
        assert_eq!(key.public(), again.public());
    }

    #[test]
    fn a_key_made_by_openssl_is_read() {
        let pem = "-----BEGIN PRIVATE KEY-----\n\
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2\n\
            OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r\n\
            1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G\n\
            -----END PRIVATE KEY-----\n";
        SigningKey::from_pem(pem).unwrap();
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"] {
            assert_eq!(SigningKey::from_pem(text).unwrap_err(), KeyError::Unreadable);
        }
    }

    #[test]
    fn debug_shows_no_private_part() {
        let key = SigningKey::generate().unwrap();
        let shown = format!("{key:?}");
        assert_eq!(shown, format!("SigningKey {{ id: {:?}, .. }}", key.id()));
    }
}
