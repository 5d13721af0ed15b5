use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;

use crate::Claims;

/// So many tokens are remembered; more than that ask at the same time nowhere.
const TOKENS: usize = 4096;

/// Tokens whose signature was found to be right, by their digest: none of them can be read here.
#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<[u8; 32], Entry>>);

struct Entry {
    claims: Claims,
    /// From then on the signature is looked at again.
    until: Timestamp,
}

impl Known {
    /// What this very token says, where that was verified and is still believed.
    pub(super) fn claims(&self, token: &str, now: Timestamp) -> Option<Claims> {
        let entries = self.entries();
        let entry = entries.get(&key(token)).filter(|entry| now < entry.until)?;
        Some(entry.claims.clone())
    }

    pub(super) fn add(&self, token: &str, claims: &Claims, until: Timestamp, now: Timestamp) {
        let mut entries = self.entries();
        if entries.len() >= TOKENS {
            entries.retain(|_, entry| now < entry.until);
        }
        if entries.len() < TOKENS {
            entries.insert(key(token), Entry { claims: claims.clone(), until });
        }
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<[u8; 32], Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(token: &str) -> [u8; 32] {
    let mut key = [0; 32];
    key.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
    key
}
