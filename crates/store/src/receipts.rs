use db::{Tx, sql};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Error, Store};

impl Store {
    /// A keyed fingerprint of what a XIS sent: equal for equal `parts`, and telling nothing of them.
    #[must_use]
    pub fn fingerprint(&self, purpose: &str, parts: &[&[u8]]) -> String {
        self.vault.fingerprint(purpose, parts)
    }

    /// Notes that what has this fingerprint becomes `id`. When the same came after `since`, nothing is noted and
    /// the id that it got then is given back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_receipt(
        &self,
        tx: &mut Tx,
        fingerprint: &str,
        id: Uuid,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Uuid>, Error> {
        let noted = sql("insert into receipt (fingerprint, id, received_at) values ($1, $2, $3)
             on conflict (fingerprint) do update
             set id = excluded.id, received_at = excluded.received_at where receipt.received_at <= $4")
        .bind(fingerprint)
        .bind(id.to_string())
        .bind(now)
        .bind(since)
        .execute(tx)
        .await?;
        if noted > 0 {
            return Ok(None);
        }
        let earlier = sql("select id from receipt where fingerprint = $1")
            .bind(fingerprint)
            .first(tx, |row| row.parsed("id"))
            .await?;
        earlier.map(Some).ok_or(Error::Missing("the receipt that stood in the way"))
    }

    /// Removes the receipts from before this time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_receipts(&self, tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
        sql("delete from receipt where received_at <= $1").bind(before).execute(tx).await?;
        Ok(())
    }
}
