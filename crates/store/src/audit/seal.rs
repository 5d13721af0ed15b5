use db::{Tx, sql, sql_each};
use jiff::Timestamp;

use super::{AuditLine, Batch, chain::Link, tombstone::Tombstone};
use crate::{
    Error, Store,
    wall::{Job, Scoped as _},
};

/// So many lines go into one batch at most, unless one transaction wrote more.
const AT_MOST: u32 = 4_000;

/// What of the lines is to be chained now.
struct Fresh {
    link: Link,
    lines: Vec<AuditLine>,
    /// Where the batch ends.
    high: i64,
}

impl Store {
    /// Chains the lines that were committed since the last batch, some thousands at most; `None`: there are none, or
    /// another process was first.
    ///
    /// A line whose transaction is still under way, or older ones are, waits for a later batch; none is left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seal_audit(&self, now: Timestamp) -> Result<Option<Batch>, Error> {
        let fresh = self.read("audit lines to chain", |mut tx| async move { fresh(&mut tx).await }).await?;
        let Fresh { link, lines, high } = fresh;
        if lines.is_empty() {
            return Ok(None);
        }
        let batch = &link.batch(&self.vault, &lines, high, now);
        let is_first =
            self.tx("seal audit lines", |mut tx| async move { keep(&mut tx, batch).await }).await?;
        Ok(is_first.then(|| batch.clone()))
    }
}

async fn fresh(tx: &mut Tx) -> Result<Fresh, Error> {
    let (link, horizon) = (link(tx).await?, horizon(tx).await?);
    let mut lines = lines(tx, (link.high, horizon), Some(AT_MOST + 1)).await?;
    let mut high = horizon;
    if lines.len() > AT_MOST as usize {
        // The lines of one transaction are at one place, and are not divided.
        let last = lines.last().map_or(high, |line| line.place);
        lines.retain(|line| line.place < last);
        high = last;
        if lines.is_empty() {
            high = last + 1;
            lines = self::lines(tx, (last, high), None).await?;
        }
    }
    Ok(Fresh { link, lines, high })
}

/// Where the chain ends.
pub(super) async fn link(tx: &mut Tx) -> Result<Link, Error> {
    let last = sql("select * from audit_seal order by number desc limit 1").first(tx, Batch::read).await?;
    if let Some(last) = last {
        return Ok(last.link());
    }
    Ok(tombstone(tx).await?.map(|swept| swept.link()).unwrap_or_default())
}

/// What was swept last.
pub(super) async fn tombstone(tx: &mut Tx) -> Result<Option<Tombstone>, Error> {
    let last = sql("select * from audit_tombstone order by number desc limit 1");
    Ok(last.first(tx, Tombstone::read).await?)
}

/// Nothing is ever written below this place any more.
async fn horizon(tx: &mut Tx) -> Result<i64, Error> {
    // Of the view that this reads: what has a place below is in the view, or was undone.
    let horizon = sql_each(
        "select coalesce(max(place), 0) + 1 as horizon from audit",
        "select ahead + pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon from audit_epoch",
    )
    .of_everybody(Job::Audit);
    Ok(horizon.of_everybody(Job::Audit).first(tx, |row| row.get("horizon")).await?.unwrap_or(0))
}

/// The lines from the one place to before the other, in the order in which they are chained.
pub(super) async fn lines(
    tx: &mut Tx,
    (low, high): (i64, i64),
    at_most: Option<u32>,
) -> Result<Vec<AuditLine>, Error> {
    let text = "select * from audit where place >= $1 and place < $2 order by place limit $3";
    let at_most = at_most.map_or(i64::MAX, i64::from);
    let mut lines = sql(text)
        .of_everybody(Job::Audit)
        .bind(low)
        .bind(high)
        .bind(at_most)
        .all(tx, AuditLine::read)
        .await?;
    // Databases do not agree on the order of texts.
    lines.sort_by(|one, other| (one.place, &one.id).cmp(&(other.place, &other.id)));
    Ok(lines)
}

/// Whether this batch is the first with its number: its key is the fence between two that seal at once.
async fn keep(tx: &mut Tx, batch: &Batch) -> Result<bool, Error> {
    let text = "insert into audit_seal (number, low, high, lines, newest_at, previous, chain, sealed_at, key_id, seal)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (number) do nothing";
    let kept = sql(text)
        .bind(batch.number)
        .bind(batch.low)
        .bind(batch.high)
        .bind(batch.lines)
        .bind(batch.newest_at)
        .bind(&batch.previous)
        .bind(&batch.chain)
        .bind(batch.sealed_at)
        .bind(batch.key_id)
        .bind(&batch.seal)
        .execute(tx)
        .await?;
    Ok(kept > 0)
}
