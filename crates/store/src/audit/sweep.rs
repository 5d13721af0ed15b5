use db::{Tx, sql};
use jiff::Timestamp;

use super::{Batch, seal::tombstone, tombstone::Tombstone};
use crate::{
    Error, Store,
    wall::{Job, Scoped as _},
};

/// So many lines go at a time, or those of one batch: nobody waits long for the writer.
const LINES: i64 = 2_000;
const BATCHES: i64 = 200;

impl Store {
    /// Takes away the oldest batches of which every line was written before `before`, some at a time, and leaves a
    /// tombstone in their place. Returns how many lines went: none when there is nothing left to sweep.
    ///
    /// # Errors
    /// When the database fails, or the lines are not as many as were sealed: what was tampered with is kept.
    pub async fn sweep_audit(&self, before: Timestamp, now: Timestamp) -> Result<u64, Error> {
        self.tx("sweep the audit trail", |mut tx| async move { self.sweep(&mut tx, before, now).await }).await
    }

    async fn sweep(&self, tx: &mut Tx, before: Timestamp, now: Timestamp) -> Result<u64, Error> {
        tx.lock("sweep the audit trail").await?;
        let batches = old_batches(tx, before).await?;
        let (Some(first), Some(tombstone)) = (batches.first(), Tombstone::of(&self.vault, &batches, now))
        else {
            return Ok(0);
        };
        let low = super::seal::tombstone(tx).await?.map_or(first.low, |swept| swept.high);
        bury(tx, &tombstone).await?;
        let lines = remove(tx, (low, tombstone.high)).await?;
        if lines != tombstone.lines {
            return Err(Error::AuditDiffers { number: tombstone.number });
        }
        sql("delete from audit_seal where number <= $1").bind(tombstone.number).execute(tx).await?;
        Ok(lines.try_into().unwrap_or_default())
    }
}

/// The oldest batches, as far as they are old enough.
async fn old_batches(tx: &mut Tx, before: Timestamp) -> Result<Vec<Batch>, Error> {
    let swept = tombstone(tx).await?.map_or(0, |swept| swept.number);
    let text = "select * from audit_seal where number > $1 order by number limit $2";
    let mut batches = sql(text).bind(swept).bind(BATCHES).all(tx, Batch::read).await?;
    let mut sum = 0;
    let old = batches.iter().take_while(|batch| {
        let is_first = sum == 0;
        sum += batch.lines;
        batch.newest_at < before && (is_first || sum <= LINES)
    });
    let old = old.count();
    batches.truncate(old);
    Ok(batches)
}

async fn bury(tx: &mut Tx, tombstone: &Tombstone) -> Result<(), Error> {
    let text = "insert into audit_tombstone (number, high, lines, newest_at, chain, swept_at, key_id, seal)
                values ($1, $2, $3, $4, $5, $6, $7, $8)";
    sql(text)
        .bind(tombstone.number)
        .bind(tombstone.high)
        .bind(tombstone.lines)
        .bind(tombstone.newest_at)
        .bind(&tombstone.chain)
        .bind(tombstone.swept_at)
        .bind(tombstone.key_id)
        .bind(&tombstone.seal)
        .execute_later(tx)
        .await?;
    Ok(())
}

/// Removes the lines from the one place to before the other, which the tombstone permits.
async fn remove(tx: &mut Tx, (low, high): (i64, i64)) -> Result<i64, Error> {
    let text = "delete from audit where place >= $1 and place < $2";
    let lines = sql(text).of_everybody(Job::Audit).bind(low).bind(high).execute(tx).await?;
    Ok(i64::try_from(lines).unwrap_or(i64::MAX))
}
