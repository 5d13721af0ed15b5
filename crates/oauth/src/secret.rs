use std::{fmt, str::FromStr};

use aws_lc_rs::{constant_time::verify_slices_are_equal, digest, hmac};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret as _, SecretString};
use world::Chance;

/// A new secret of 256 bits, as text that needs no escaping anywhere.
#[must_use]
pub fn generate_secret(chance: &dyn Chance) -> SecretString {
    random_text(chance).into()
}

/// 256 random bits as 43 characters: also what PKCE, `state` and `nonce` need.
pub(crate) fn random_text(chance: &dyn Chance) -> String {
    let mut bytes = [0; 32];
    chance.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The S256 challenge of a PKCE verifier (RFC 7636, 4.2).
#[must_use]
pub fn code_challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

/// What is stored of a client's secret: its HMAC-SHA256 under a random salt.
///
/// A fast hash is right here because the secret is generated (256 bits), never chosen by a person: there is
/// nothing to guess, and a token request stays cheap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSecretHash {
    salt: [u8; 16],
    tag: [u8; 32],
}

/// The stored text is not a secret's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the hash of a client secret")]
pub struct NotASecretHash;

impl ClientSecretHash {
    /// The hash of `secret` under a salt from `chance`.
    #[must_use]
    pub fn new(secret: &SecretString, chance: &dyn Chance) -> Self {
        let mut salt = [0; 16];
        chance.fill(&mut salt);
        Self { salt, tag: tag(&salt, secret) }
    }

    /// Whether this is the secret; takes the same time for every answer.
    #[must_use]
    pub fn verify(&self, secret: &SecretString) -> bool {
        verify_slices_are_equal(&self.tag, &tag(&self.salt, secret)).is_ok()
    }
}

fn tag(salt: &[u8; 16], secret: &SecretString) -> [u8; 32] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), secret.expose_secret().as_bytes());
    let mut bytes = [0; 32];
    bytes.copy_from_slice(tag.as_ref());
    bytes
}

/// `hmac-sha256.` salt `.` tag, as it is stored.
impl fmt::Display for ClientSecretHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (salt, tag) = (URL_SAFE_NO_PAD.encode(self.salt), URL_SAFE_NO_PAD.encode(self.tag));
        write!(formatter, "{SCHEME}.{salt}.{tag}")
    }
}

impl FromStr for ClientSecretHash {
    type Err = NotASecretHash;

    fn from_str(text: &str) -> Result<Self, NotASecretHash> {
        let mut parts = text.split('.');
        let (Some(SCHEME), Some(salt), Some(tag), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotASecretHash);
        };
        Ok(Self { salt: decode(salt)?, tag: decode(tag)? })
    }
}

const SCHEME: &str = "hmac-sha256";

fn decode<const LENGTH: usize>(text: &str) -> Result<[u8; LENGTH], NotASecretHash> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotASecretHash)?;
    bytes.try_into().map_err(|_| NotASecretHash)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use world::SystemChance;

    use super::*;

    /// ASVS: 7.2.3, 11.5.1
    #[test]
    fn a_secret_has_256_bits_and_each_is_another() {
        let make = |_| generate_secret(&SystemChance).expose_secret().to_owned();
        let secrets: HashSet<String> = (0..1_000).map(make).collect();
        assert_eq!(secrets.len(), 1_000);
        assert!(secrets.iter().all(|one| URL_SAFE_NO_PAD.decode(one).unwrap().len() == 32));
    }

    #[test]
    fn a_hash_knows_its_secret_and_no_other_and_survives_storage() {
        let secret = generate_secret(&SystemChance);
        let stored = ClientSecretHash::new(&secret, &SystemChance).to_string();
        let hash: ClientSecretHash = stored.parse().unwrap();
        assert!(hash.verify(&secret));
        assert!(!hash.verify(&generate_secret(&SystemChance)));
        assert!(!hash.verify(&String::new().into()));
        assert!(!stored.contains(secret.expose_secret()));
    }

    #[test]
    fn the_same_secret_hashes_differently_each_time() {
        let secret = generate_secret(&SystemChance);
        assert_ne!(
            ClientSecretHash::new(&secret, &SystemChance),
            ClientSecretHash::new(&secret, &SystemChance)
        );
    }

    #[test]
    fn other_texts_are_no_hash() {
        for text in ["", "hmac-sha256", "hmac-sha256.AA.AA", "sha1.a.b", "hmac-sha256.a.b.c"] {
            assert_eq!(text.parse::<ClientSecretHash>(), Err(NotASecretHash), "{text}");
        }
    }

    #[test]
    fn the_challenge_is_that_of_rfc_7636_appendix_b() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(code_challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
