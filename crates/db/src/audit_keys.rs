use std::collections::BTreeMap;

use crate::KeysUnusable;

/// The keys of the audit rows' seals, by id: the newest seals, the others tell whether what they sealed is as it was.
#[derive(Clone)]
pub struct AuditKeys {
    pub(crate) current: u8,
    pub(crate) all: BTreeMap<u8, [u8; 32]>,
}

impl AuditKeys {
    /// The key with the highest id seals.
    ///
    /// # Errors
    /// When there is none.
    pub fn new(all: BTreeMap<u8, [u8; 32]>) -> Result<Self, KeysUnusable> {
        let current = *all.last_key_value().ok_or(KeysUnusable)?.0;
        Ok(Self { current, all })
    }
}

/// The only one, with id 1.
impl From<[u8; 32]> for AuditKeys {
    fn from(key: [u8; 32]) -> Self {
        Self { current: 1, all: [(1, key)].into() }
    }
}

impl std::fmt::Debug for AuditKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AuditKeys").field("current", &self.current).finish_non_exhaustive()
    }
}
