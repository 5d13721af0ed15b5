//! How keys change while the platform works: everything that is sealed or indexed is gone through in small bites, and
//! what stands under a key that goes is put under the one of now.
//!
//! Each bite is a transaction of its own that changes a row only as it was read, so whoever works meanwhile waits for no
//! more than a bite and loses nothing. Nothing is noted of how far it is: whoever begins again finds what is left.

mod holders;
mod indexed;
mod moment;
mod sealed;

use std::fmt::Display;

use jiff::Timestamp;

use crate::{Error, Store};

pub use holders::KeyHolder;
pub use moment::Moment;

/// Where the next bite begins. It is no state to keep: a walk may begin again at any time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    column: usize,
    /// The key of the last row that was looked at.
    after: [String; 2],
}

/// What a bite did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bite {
    /// The column that it was about, such as `account.bsn`.
    pub column: &'static str,
    /// How many rows are under the key of now that were not.
    pub changed: usize,
    /// Where to go on.
    pub next: Place,
}

/// What still needs a key that is not the one of now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needed {
    /// Sealed values that only a former key opens.
    pub sealed: u64,
    /// Waiting messages, invitations and updates that are found by a former key alone, until they expire.
    pub waiting: u64,
    /// When the oldest thing was received whose repeat, for a day, is told by its fingerprint.
    pub oldest_receipt: Option<Timestamp>,
}

impl Place {
    /// After the last of these rows, or at the next column when there was none.
    fn after(self, last: Option<[String; 2]>) -> Self {
        match last {
            Some(after) => Self { after, ..self },
            None => Self { column: self.column + 1, after: Default::default() },
        }
    }
}

impl Store {
    /// Seals the next rows anew, with the key of now; `None` when there are no more.
    ///
    /// # Errors
    /// When the database fails, or a row cannot be opened with any key that is known.
    pub async fn reseal(&self, from: Place) -> Result<Option<Bite>, Error> {
        let Some(column) = sealed::COLUMNS.get(from.column) else { return Ok(None) };
        let after = &from.after;
        let (changed, last) = self
            .tx("seal anew", |mut tx| async move { column.reseal(&self.vault, &mut tx, after).await })
            .await?;
        Ok(Some(Bite { column: column.name, changed, next: from.after(last) }))
    }

    /// Indexes the next rows anew, with the key of now; `None` when there are no more.
    ///
    /// # Errors
    /// As [`reseal`](Self::reseal).
    pub async fn reindex(&self, from: Place) -> Result<Option<Bite>, Error> {
        let Some(column) = indexed::COLUMNS.get(from.column) else { return Ok(None) };
        let after = &from.after;
        let (changed, last) = self
            .tx("index anew", |mut tx| async move { column.reindex(&self.vault, &mut tx, after).await })
            .await?;
        Ok(Some(Bite { column: column.name, changed, next: from.after(last) }))
    }

    /// What still needs a former key. Of an index that has its secret beside it nothing tells by which key it was made:
    /// [`reindex`](Self::reindex) finds out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn needed(&self) -> Result<Needed, Error> {
        self.read("what needs a former key", |mut tx| async move {
            let mut needed =
                Needed { oldest_receipt: indexed::oldest_receipt(&mut tx).await?, ..Needed::default() };
            for column in sealed::COLUMNS {
                needed.sealed += column.left(&self.vault, &mut tx).await?;
            }
            for column in indexed::COLUMNS {
                needed.waiting += column.left(&mut tx).await?;
            }
            Ok::<_, Error>(needed)
        })
        .await
    }
}

/// As the vault knows a row, such as `account.bsn:ID`.
fn place(column: impl Display, [one, other]: &[String; 2]) -> String {
    if other.is_empty() { format!("{column}:{one}") } else { format!("{column}:{one}:{other}") }
}
