//! Voluntary Application Server Identification (RFC 8292): a push service knows whose message it is.

use std::fmt;

use aws_lc_rs::{
    agreement::{ECDH_P256, PrivateKey},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use secrecy::SecretString;
use serde::Serialize;
use world::Chance;

/// `{"typ":"JWT","alg":"ES256"}`
const HEADER: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9";

/// The private key by which push services know the platform: a scalar of P-256, in base64url.
///
/// Devices subscribe for its public half, so another key makes every subscription useless.
#[derive(Clone)]
pub struct VapidKey {
    private: [u8; 32],
    public: Vec<u8>,
}

/// A text that is no such key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not base64url of a private P-256 key of 32 bytes")]
pub struct NotAVapidKey;

/// A token that could not be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the token for the push service could not be signed")]
pub(in crate::notices) struct Unsigned;

impl VapidKey {
    /// A new key.
    ///
    /// # Errors
    /// When chance gives what is no key, which happens once in four billion times.
    pub fn generate(chance: &dyn Chance) -> Result<Self, NotAVapidKey> {
        let mut private = [0; 32];
        chance.fill(&mut private);
        Self::of(private)
    }

    /// The key in this text, as [`to_text`](Self::to_text) and other tools for Web Push write it.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_text(text: &str) -> Result<Self, NotAVapidKey> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim().trim_end_matches('=')).map_err(|_| NotAVapidKey)?;
        Self::of(bytes.try_into().map_err(|_| NotAVapidKey)?)
    }

    /// The private key in base64url.
    #[must_use]
    pub fn to_text(&self) -> SecretString {
        URL_SAFE_NO_PAD.encode(self.private).into()
    }

    /// The public key in base64url: what a browser must be told to subscribe.
    #[must_use]
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.public)
    }

    fn of(private: [u8; 32]) -> Result<Self, NotAVapidKey> {
        let key = PrivateKey::from_private_key(&ECDH_P256, &private).map_err(|_| NotAVapidKey)?;
        let public = key.compute_public_key().map_err(|_| NotAVapidKey)?.as_ref().to_vec();
        Ok(Self { private, public })
    }

    /// What the header `Authorization` says to the push service at `origin`, good until `expires_at`.
    pub(super) fn authorization(
        &self,
        origin: &str,
        subject: &str,
        expires_at: Timestamp,
    ) -> Result<String, Unsigned> {
        let claims = Claims { aud: origin, exp: expires_at.as_second(), sub: subject };
        let claims = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&claims).map_err(|_| Unsigned)?);
        let signed = format!("{HEADER}.{claims}");
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let key = EcdsaKeyPair::from_private_key_and_public_key(algorithm, &self.private, &self.public)
            .map_err(|_| Unsigned)?;
        let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| Unsigned)?;
        let signature = URL_SAFE_NO_PAD.encode(signature.as_ref());
        Ok(format!("vapid t={signed}.{signature}, k={}", self.public()))
    }
}

#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    exp: i64,
    sub: &'a str,
}

impl fmt::Debug for VapidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VapidKey").field("public", &self.public()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
    use secrecy::ExposeSecret as _;
    use world::SystemChance;

    use super::*;

    /// RFC 8292, 2.4.
    const EXAMPLE: &str = "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3\
        B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1ha\
        Wx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_H\
        LGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, \
        k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dR\
        uU_RCPCfA5aq9ojSwk5Y2EmClBPs";

    /// What a push service checks; gives what was signed.
    fn verified(authorization: &str) -> String {
        let (token, key) = authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, bytes(key));
        key.verify(signed.as_bytes(), &bytes(signature)).unwrap();
        signed.to_owned()
    }

    #[test]
    fn what_we_sign_is_what_rfc_8292_signs() {
        let key = VapidKey::generate(&SystemChance).unwrap();
        let expires_at = Timestamp::from_second(1_453_523_768).unwrap();
        let ours =
            key.authorization("https://push.example.net", "mailto:push@example.com", expires_at).unwrap();
        assert_eq!(verified(&ours), verified(EXAMPLE));
        assert!(ours.ends_with(&format!(", k={}", key.public())));
    }

    #[test]
    fn a_key_survives_its_text() {
        let key = VapidKey::generate(&SystemChance).unwrap();
        let again = VapidKey::from_text(key.to_text().expose_secret()).unwrap();
        assert_eq!(key.public(), again.public());
        assert!(!format!("{key:?}").contains(key.to_text().expose_secret()));
    }

    #[test]
    fn the_key_pair_of_rfc_8291_is_one() {
        let key = VapidKey::from_text("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw\n").unwrap();
        let public =
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
        assert_eq!(key.public(), public);
    }

    #[test]
    fn other_texts_are_refused() {
        let zero = URL_SAFE_NO_PAD.encode([0; 32]);
        let beyond_the_curve = URL_SAFE_NO_PAD.encode([255; 32]);
        for text in ["", "geheim", "-----BEGIN PRIVATE KEY-----", &zero, &beyond_the_curve] {
            assert_eq!(VapidKey::from_text(text).unwrap_err(), NotAVapidKey, "{text}");
        }
    }
}
