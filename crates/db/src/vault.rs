use std::collections::BTreeMap;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey},
    hmac,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// The version of the sealed form: version, key id, nonce, ciphertext with tag.
const FORM: u8 = 1;

/// The secrets that a [`Vault`] works with, each 32 bytes.
#[derive(Clone)]
pub struct Keys {
    /// The id of the key that seals; the others only open.
    pub current: u8,
    /// Keys for sealing, by id.
    pub sealing: BTreeMap<u8, [u8; 32]>,
    /// The key of the blind index.
    pub index: [u8; 32],
    /// The key of the audit rows' seals.
    pub audit: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("current", &self.current).finish_non_exhaustive()
    }
}

/// Stores what must not be read from a stolen disk, and finds it again.
pub struct Vault {
    current: u8,
    sealing: BTreeMap<u8, RandomizedNonceKey>,
    index: hmac::Key,
    audit: hmac::Key,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(..)")
    }
}

/// A sealed value that cannot be opened: another key, another row, or changed.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("a sealed value cannot be opened: the key is missing, or it was moved or changed")]
pub struct Unsealable;

/// Keys that cannot be used.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the current sealing key is not among the sealing keys")]
pub struct KeysUnusable;

impl Vault {
    /// # Errors
    /// When the current key is not among the sealing keys.
    pub fn new(keys: &Keys) -> Result<Self, KeysUnusable> {
        let sealing: BTreeMap<_, _> = keys
            .sealing
            .iter()
            .map(|(id, key)| Ok((*id, RandomizedNonceKey::new(&AES_256_GCM, key).map_err(|_| KeysUnusable)?)))
            .collect::<Result<_, KeysUnusable>>()?;
        if !sealing.contains_key(&keys.current) {
            return Err(KeysUnusable);
        }
        Ok(Self {
            current: keys.current,
            sealing,
            index: hmac::Key::new(hmac::HMAC_SHA256, &keys.index),
            audit: hmac::Key::new(hmac::HMAC_SHA256, &keys.audit),
        })
    }

    /// Encrypts `secret` (AES-256-GCM) for one `place`, say `account.bsn:ID`: elsewhere it cannot be opened.
    ///
    /// # Errors
    /// When the cipher fails, which it does for no value that fits a row.
    pub fn seal(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let key = self.sealing.get(&self.current).ok_or(Unsealable)?;
        let mut body = secret.to_vec();
        let nonce = key.seal_in_place_append_tag(Aad::from(place), &mut body).map_err(|_| Unsealable)?;
        let mut sealed = vec![FORM, self.current];
        sealed.extend_from_slice(nonce.as_ref());
        sealed.append(&mut body);
        Ok(sealed)
    }

    /// What was sealed for this `place`.
    ///
    /// # Errors
    /// When it was sealed with a key that is gone, for another place, or was changed.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let [FORM, key, rest @ ..] = sealed else { return Err(Unsealable) };
        let key = self.sealing.get(key).ok_or(Unsealable)?;
        let (nonce, body) = rest.split_at_checked(NONCE_LEN).ok_or(Unsealable)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Unsealable)?;
        let mut body = body.to_vec();
        let secret = key.open_in_place(nonce, Aad::from(place), &mut body).map_err(|_| Unsealable)?;
        Ok(secret.to_vec())
    }

    /// [`open`](Self::open) for text.
    ///
    /// # Errors
    /// As `open`, and when it is no text.
    pub fn open_text(&self, place: &str, sealed: &[u8]) -> Result<String, Unsealable> {
        String::from_utf8(self.open(place, sealed)?).map_err(|_| Unsealable)
    }

    /// The same text for the same secret and `purpose`, telling nothing of it to who lacks the key.
    #[must_use]
    pub fn blind_index(&self, purpose: &str, secret: &str) -> String {
        STANDARD.encode(tag(&self.index, &[purpose, secret]))
    }

    /// The same text for the same `parts`, as [`blind_index`](Self::blind_index) is for one text.
    #[must_use]
    pub fn fingerprint(&self, purpose: &str, parts: &[&[u8]]) -> String {
        STANDARD.encode(tag(&self.index, &[&[purpose.as_bytes()], parts].concat()))
    }

    /// The seal of an audit row over its fields.
    #[must_use]
    pub fn audit_seal(&self, fields: &[&str]) -> String {
        STANDARD.encode(tag(&self.audit, fields))
    }
}

/// HMAC over the fields, each with its length, so that none can borrow from its neighbour.
fn tag<Field: AsRef<[u8]>>(key: &hmac::Key, fields: &[Field]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(key);
    for field in fields.iter().map(AsRef::as_ref) {
        context.update(&(field.len() as u64).to_be_bytes());
        context.update(field);
    }
    context.sign()
}
