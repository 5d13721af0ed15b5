use db::{Tx, sql};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Error, Store,
    wall::{Job, Scoped as _},
};

/// What tells what a XIS sent, and nothing of it to who lacks the key: under the key of now, and under the other one
/// while keys rotate.
pub type Fingerprint = [String; 2];

impl Store {
    /// A keyed fingerprint of what a XIS sent: equal for equal `parts`, and telling nothing of them.
    #[must_use]
    pub fn fingerprint(&self, purpose: &str, parts: &[&[u8]]) -> Fingerprint {
        self.vault.fingerprints(purpose, parts)
    }

    /// Notes that what has this fingerprint becomes `id`. When the same came after `since`, nothing is noted and
    /// the id that it got then is given back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_receipt(
        &self,
        tx: &mut Tx,
        fingerprint: &Fingerprint,
        id: Uuid,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Uuid>, Error> {
        let [current, other] = fingerprint;
        if current != other
            && let Some(earlier) = self.receipt_under(tx, fingerprint, since).await?
        {
            return Ok(Some(earlier));
        }
        let noted = sql("insert into receipt (fingerprint, id, received_at) values ($1, $2, $3)
             on conflict (fingerprint) do update
             set id = excluded.id, received_at = excluded.received_at where receipt.received_at <= $4")
        .of_bearers(fingerprint)
        .bind(current)
        .bind(id.to_string())
        .bind(now)
        .bind(since)
        .execute(tx)
        .await?;
        if noted > 0 {
            return Ok(None);
        }
        let earlier = sql("select id from receipt where fingerprint = $1")
            .of_bearers(fingerprint)
            .bind(current)
            .first(tx, |row| row.parsed("id"))
            .await?;
        earlier.map(Some).ok_or(Error::Missing("the receipt that stood in the way"))
    }

    /// What this became after `since`, under the key of now or the other one. Whoever knows either waits meanwhile.
    async fn receipt_under(
        &self,
        tx: &mut Tx,
        fingerprint: &Fingerprint,
        since: Timestamp,
    ) -> Result<Option<Uuid>, Error> {
        let mut sorted = fingerprint.clone();
        sorted.sort();
        for one in &sorted {
            tx.lock(&format!("receipt:{one}")).await?;
        }
        let [current, other] = fingerprint;
        let found = sql("select id from receipt where fingerprint in ($1, $2) and received_at > $3")
            .of_bearers(fingerprint)
            .bind(current)
            .bind(other)
            .bind(since)
            .first(tx, |row| row.parsed("id"))
            .await?;
        Ok(found)
    }

    /// Removes the receipts from before this time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_receipts(&self, tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
        sql("delete from receipt where received_at <= $1")
            .of_everybody(Job::Sweep)
            .bind(before)
            .execute_later(tx)
            .await?;
        Ok(())
    }
}
