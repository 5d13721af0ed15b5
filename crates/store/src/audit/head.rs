//! Whether the end of the chain, as it is kept elsewhere, is in the trail still.

use db::{Tx, sql};

use super::{Batch, Head, line::Genuine, seal::tombstone};
use crate::{Error, Store};

impl Store {
    /// Whether the batch of this head is in the trail as it was then, or was swept. Where it is not, the end of the trail
    /// was cut off, or an older state of the database was put back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn holds_head(&self, head: &Head) -> Result<bool, Error> {
        self.read("a head of the audit trail", |mut tx| async move { self.holds(&mut tx, head).await }).await
    }

    async fn holds(&self, tx: &mut Tx, head: &Head) -> Result<bool, Error> {
        let batch = sql("select * from audit_seal where number = $1").bind(head.number);
        if let Some(batch) = batch.first(tx, Batch::read).await? {
            return Ok(batch.chain == head.chain);
        }
        // One of somebody else's making takes nobody's place.
        let swept = tombstone(tx).await?.filter(|swept| swept.genuine(&self.vault) == Genuine::Yes);
        Ok(swept.is_some_and(|swept| {
            swept.number > head.number || (swept.number == head.number && swept.chain == head.chain)
        }))
    }
}
