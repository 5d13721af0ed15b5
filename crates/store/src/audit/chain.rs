//! What binds lines together: batches, each with the chain over its lines and over everything before them.

use aws_lc_rs::digest::{Context, SHA256};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::{Row, Vault};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::line::{AuditLine, Genuine};

/// Where the trail stands: what the next batch begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Link {
    /// Of the batch before; 0: there is none.
    pub(super) number: i64,
    /// Places below this are behind us.
    pub(super) high: i64,
    pub(super) chain: String,
}

/// A batch of lines, chained to the one before it and sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// 1, 2, 3, …
    pub number: i64,
    pub(super) low: i64,
    pub(super) high: i64,
    /// How many lines it has.
    pub lines: i64,
    pub(super) newest_at: Timestamp,
    pub(super) previous: String,
    pub(super) chain: String,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    pub(super) key_id: i64,
    pub(super) seal: String,
}

/// The end of the chain, as it is kept elsewhere: a trail that lacks it was cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The number of the last batch.
    pub number: i64,
    /// The chain after it.
    pub chain: String,
    /// When it was sealed.
    pub sealed_at: Timestamp,
}

impl Link {
    /// The batch of these lines, which are in the order of their places; `high` is where the next one begins.
    pub(super) fn batch(&self, vault: &Vault, lines: &[AuditLine], high: i64, now: Timestamp) -> Batch {
        let mut batch = Batch {
            number: self.number + 1,
            low: self.high,
            high,
            lines: i64::try_from(lines.len()).unwrap_or(i64::MAX),
            newest_at: lines.iter().map(|line| line.at).max().unwrap_or(now),
            previous: self.chain.clone(),
            chain: chain(&self.chain, self.number + 1, lines),
            sealed_at: now,
            key_id: vault.audit_key().into(),
            seal: String::new(),
        };
        batch.seal = batch.sealed(vault).unwrap_or_default();
        batch
    }
}

/// The chain over what was before and the seals of these lines. Anybody can follow it, without a key.
pub(super) fn chain(previous: &str, number: i64, lines: &[AuditLine]) -> String {
    let mut digest = Context::new(&SHA256);
    let mut add = |part: &str| {
        digest.update(&(part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    };
    add(previous);
    add(&number.to_string());
    lines.iter().for_each(|line| add(&line.seal));
    STANDARD.encode(digest.finish())
}

impl Batch {
    pub(super) fn read(row: &Row) -> Result<Self, db::Error> {
        Ok(Self {
            number: row.get("number")?,
            low: row.get("low")?,
            high: row.get("high")?,
            lines: row.get("lines")?,
            newest_at: row.get("newest_at")?,
            previous: row.get("previous")?,
            chain: row.get("chain")?,
            sealed_at: row.get("sealed_at")?,
            key_id: row.get("key_id")?,
            seal: row.get("seal")?,
        })
    }

    /// The end of the chain, as long as no batch follows.
    #[must_use]
    pub fn head(&self) -> Head {
        Head { number: self.number, chain: self.chain.clone(), sealed_at: self.sealed_at }
    }

    pub(super) fn link(&self) -> Link {
        Link { number: self.number, high: self.high, chain: self.chain.clone() }
    }

    pub(super) fn genuine(&self, vault: &Vault) -> Genuine {
        self.sealed(vault).map_or(Genuine::NoKey, |seal| Genuine::of(&seal, &self.seal))
    }

    fn sealed(&self, vault: &Vault) -> Option<String> {
        let numbers = [self.number, self.low, self.high, self.lines, self.key_id].map(|one| one.to_string());
        let times = [self.newest_at, self.sealed_at].map(|at| at.as_microsecond().to_string());
        let texts = [self.previous.clone(), self.chain.clone()];
        sealed(vault, self.key_id, "audit batch", numbers.iter().chain(&times).chain(&texts))
    }
}

/// The seal over these fields of one kind of row, under this key; `None` without the key.
pub(super) fn sealed<'a>(
    vault: &Vault,
    key_id: i64,
    what: &'a str,
    fields: impl Iterator<Item = &'a String>,
) -> Option<String> {
    let fields: Vec<&str> = std::iter::once(what).chain(fields.map(String::as_str)).collect();
    vault.audit_seal_by(u8::try_from(key_id).ok()?, &fields)
}
