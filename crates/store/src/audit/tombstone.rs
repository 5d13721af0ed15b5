use db::{Row, Vault};
use jiff::Timestamp;

use super::{
    chain::{Batch, Link, sealed},
    line::Genuine,
};

/// What is left of batches that were kept long enough: the chain goes on after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tombstone {
    pub(super) number: i64,
    pub(super) high: i64,
    pub(super) lines: i64,
    pub(super) newest_at: Timestamp,
    pub(super) chain: String,
    pub(super) swept_at: Timestamp,
    pub(super) key_id: i64,
    pub(super) seal: String,
}

impl Tombstone {
    /// Of these batches, of which there is at least one.
    pub(super) fn of(vault: &Vault, batches: &[Batch], now: Timestamp) -> Option<Self> {
        let last = batches.last()?;
        let mut tombstone = Self {
            number: last.number,
            high: last.high,
            lines: batches.iter().map(|batch| batch.lines).sum(),
            newest_at: batches.iter().map(|batch| batch.newest_at).max()?,
            chain: last.chain.clone(),
            swept_at: now,
            key_id: vault.audit_key().into(),
            seal: String::new(),
        };
        tombstone.seal = tombstone.sealed(vault)?;
        Some(tombstone)
    }

    pub(super) fn read(row: &Row) -> Result<Self, db::Error> {
        Ok(Self {
            number: row.get("number")?,
            high: row.get("high")?,
            lines: row.get("lines")?,
            newest_at: row.get("newest_at")?,
            chain: row.get("chain")?,
            swept_at: row.get("swept_at")?,
            key_id: row.get("key_id")?,
            seal: row.get("seal")?,
        })
    }

    pub(super) fn link(&self) -> Link {
        Link { number: self.number, high: self.high, chain: self.chain.clone() }
    }

    pub(super) fn genuine(&self, vault: &Vault) -> Genuine {
        self.sealed(vault).map_or(Genuine::NoKey, |seal| Genuine::of(&seal, &self.seal))
    }

    fn sealed(&self, vault: &Vault) -> Option<String> {
        let numbers = [self.number, self.high, self.lines, self.key_id].map(|one| one.to_string());
        let times = [self.newest_at, self.swept_at].map(|at| at.as_microsecond().to_string());
        let texts = [self.chain.clone()];
        sealed(vault, self.key_id, "audit tombstone", numbers.iter().chain(&times).chain(&texts))
    }
}
