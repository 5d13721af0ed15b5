use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey},
    digest, hmac,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::AuditKeys;

/// The version of the sealed form: version, key id, nonce, ciphertext with tag.
const FORM: u8 = 1;

/// What a [`token_hash`] begins with.
pub const TOKEN_HASH: &str = "sha256:";

/// The secrets that a [`Vault`] works with, each 32 bytes.
#[derive(Clone)]
pub struct Keys {
    /// The id of the key that seals; the others only open.
    pub current: u8,
    /// Keys for sealing, by id.
    pub sealing: BTreeMap<u8, [u8; 32]>,
    /// The key of the blind index.
    pub index: [u8; 32],
    /// The keys of the audit rows' seals.
    pub audit: AuditKeys,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("current", &self.current).finish_non_exhaustive()
    }
}

/// Stores what must not be read from a stolen disk, and finds it again. Its keys can be [renewed](Self::renew) while it
/// is in use.
pub struct Vault(RwLock<Arc<Ring>>);

struct Ring {
    current: u8,
    sealing: BTreeMap<u8, RandomizedNonceKey>,
    index: hmac::Key,
    /// While keys rotate: the index key that comes, or the one that goes.
    other_index: Option<hmac::Key>,
    audit_current: u8,
    audit: BTreeMap<u8, hmac::Key>,
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
#[error("the current sealing key is not among the sealing keys, or there is no audit key")]
pub struct KeysUnusable;

impl Vault {
    /// # Errors
    /// When the current key is not among the sealing keys.
    pub fn new(keys: &Keys) -> Result<Self, KeysUnusable> {
        Self::rotating(keys, None)
    }

    /// One that finds what was indexed with another key too: the one that comes, or the one that goes.
    ///
    /// # Errors
    /// When the current key is not among the sealing keys.
    pub fn rotating(keys: &Keys, other_index: Option<&[u8; 32]>) -> Result<Self, KeysUnusable> {
        Ok(Self(RwLock::new(Arc::new(Ring::new(keys, other_index)?))))
    }

    /// Works with these keys from now on. What is under way ends with the former ones.
    ///
    /// # Errors
    /// When the current key is not among the sealing keys; then nothing changes.
    pub fn renew(&self, keys: &Keys, other_index: Option<&[u8; 32]>) -> Result<(), KeysUnusable> {
        let ring = Arc::new(Ring::new(keys, other_index)?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = ring;
        Ok(())
    }

    /// The id of the key that seals.
    #[must_use]
    pub fn current(&self) -> u8 {
        self.ring().current
    }

    /// The ids of the keys that open.
    #[must_use]
    pub fn known(&self) -> Vec<u8> {
        self.ring().sealing.keys().copied().collect()
    }

    /// Encrypts `secret` (AES-256-GCM) for one `place`, say `account.bsn:ID`: elsewhere it cannot be opened.
    ///
    /// # Errors
    /// When the cipher fails, which it does for no value that fits a row.
    pub fn seal(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let ring = self.ring();
        let key = ring.sealing.get(&ring.current).ok_or(Unsealable)?;
        let mut body = secret.to_vec();
        let nonce = key.seal_in_place_append_tag(Aad::from(place), &mut body).map_err(|_| Unsealable)?;
        let mut sealed = vec![FORM, ring.current];
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
        let ring = self.ring();
        let key = ring.sealing.get(key).ok_or(Unsealable)?;
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
        let [current, _] = self.blind_indexes(purpose, secret);
        current
    }

    /// Under which texts a secret may stand: with the key of now, and with the other one while keys rotate. Otherwise
    /// the two are the same.
    #[must_use]
    pub fn blind_indexes(&self, purpose: &str, secret: &str) -> [String; 2] {
        self.fingerprints(purpose, &[secret.as_bytes()])
    }

    /// As [`blind_indexes`](Self::blind_indexes) is for one text, for `parts`.
    #[must_use]
    pub fn fingerprints(&self, purpose: &str, parts: &[&[u8]]) -> [String; 2] {
        let (ring, fields) = (self.ring(), [&[purpose.as_bytes()], parts].concat());
        let print = |key| STANDARD.encode(tag(key, &fields));
        let current = print(&ring.index);
        let other = ring.other_index.as_ref().map_or_else(|| current.clone(), print);
        [current, other]
    }

    /// The id of the key that seals audit rows.
    #[must_use]
    pub fn audit_key(&self) -> u8 {
        self.ring().audit_current
    }

    /// The seal of an audit row over its fields, under the first key.
    #[must_use]
    pub fn audit_seal(&self, fields: &[&str]) -> String {
        self.audit_seal_by(1, fields).unwrap_or_default()
    }

    /// The seal of an audit row over its fields, under the key with this id; `None` without it.
    #[must_use]
    pub fn audit_seal_by(&self, key: u8, fields: &[&str]) -> Option<String> {
        self.ring().audit.get(&key).map(|key| STANDARD.encode(tag(key, fields)))
    }

    fn ring(&self) -> Arc<Ring> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Ring {
    fn new(keys: &Keys, other_index: Option<&[u8; 32]>) -> Result<Self, KeysUnusable> {
        let sealing: BTreeMap<_, _> = keys
            .sealing
            .iter()
            .map(|(id, key)| Ok((*id, RandomizedNonceKey::new(&AES_256_GCM, key).map_err(|_| KeysUnusable)?)))
            .collect::<Result<_, KeysUnusable>>()?;
        if !sealing.contains_key(&keys.current) {
            return Err(KeysUnusable);
        }
        let hmac = |key: &[u8; 32]| hmac::Key::new(hmac::HMAC_SHA256, key);
        Ok(Self {
            current: keys.current,
            sealing,
            index: hmac(&keys.index),
            other_index: other_index.map(hmac),
            audit_current: keys.audit.current,
            audit: keys.audit.all.iter().map(|(id, key)| (*id, hmac(key))).collect(),
        })
    }
}

/// What is kept of a random token, to know it again. It needs no key: nobody guesses 32 random bytes.
#[must_use]
pub fn token_hash(token: &str) -> String {
    format!("{TOKEN_HASH}{}", STANDARD.encode(digest::digest(&digest::SHA256, token.as_bytes())))
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
