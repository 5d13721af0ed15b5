//! What somebody has under way, and how it comes free when nobody is left to end it.

use std::time::Duration;

use db::{Db, Error, Row, Tx, sql};
use jiff::Timestamp;

use crate::{Pauses, SIGNAL, claim::Claim};

pub(crate) const OWNERS: &str = "select distinct owner from outbox where owner is not null";
pub(crate) const OF_OWNER: &str =
    "select id, topic, attempts, fence from outbox where owner = $1 and standing = 'waiting'";

/// A message that nobody works on any more.
struct Orphan {
    id: String,
    topic: String,
    attempts: u32,
    fence: i64,
}

impl Orphan {
    /// None after the first attempt without an end. Then as after a failure: it may be what ended its processes.
    fn pause(&self, pauses: &Pauses) -> Duration {
        match self.attempts {
            0 | 1 => Duration::ZERO,
            more => pauses.after(more - 1, 0).unwrap_or_default(),
        }
    }
}

/// Frees what those had under way who are [gone](Db::gone).
pub(crate) async fn free_those_of_the_gone(db: &Db, pauses: &Pauses, now: Timestamp) -> Result<(), Error> {
    let owners = db.read("who has messages under way", |mut tx| async move {
        sql(OWNERS).all(&mut tx, |row| row.get::<String>("owner")).await
    });
    let mut owners = owners.await?;
    let own = db.own_id();
    owners.retain(|owner| own.as_ref() != Some(owner));
    if owners.is_empty() {
        return Ok(());
    }
    for owner in &db.gone(owners).await? {
        let freed = db.tx("free messages", |mut tx| async move {
            let orphans = sql(OF_OWNER).bind(owner).all(&mut tx, read).await?;
            for orphan in &orphans {
                free(&mut tx, &orphan.id, orphan.fence, now + orphan.pause(pauses)).await?;
                tx.signal_about(SIGNAL, &orphan.topic).await;
            }
            Ok::<_, Error>(orphans.len())
        });
        let freed = freed.await?;
        tracing::info!(owner, freed, "a process is gone; what it had under way is free again");
    }
    Ok(())
}

/// Gives claimed messages back as if they had not been claimed, but for the attempt: it may have had an effect.
pub(crate) async fn give_back(db: &Db, claims: &[Claim], now: Timestamp) -> Result<(), Error> {
    db.tx("give messages back", |mut tx| async move {
        for claim in claims {
            free(&mut tx, &claim.parcel.id, claim.fence, now).await?;
        }
        Ok(())
    })
    .await
}

/// Puts claimed messages back as if they had not been claimed: nobody has begun with them.
pub(crate) async fn put_back(db: &Db, claims: &[Claim]) -> Result<(), Error> {
    db.tx("put messages back", |mut tx| async move {
        for claim in claims {
            sql("update outbox set owner = null, leased_until = null, fence = fence + 1, attempts = attempts - 1
                 where id = $1 and fence = $2 and standing = 'waiting'")
            .bind(&claim.parcel.id)
            .bind(claim.fence)
            .execute(&mut tx)
            .await?;
        }
        Ok(())
    })
    .await
}

/// Keeps a message that was just left behind to `owner`, who does by itself what it is about: others get it at `until`, or
/// when the owner is gone.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx, id: &str, owner: Option<String>, until: Timestamp) -> Result<(), Error> {
    sql("update outbox set owner = $2, leased_until = $3, fence = fence + 1 where id = $1")
        .bind(id)
        .bind(owner)
        .bind(until)
        .execute(tx)
        .await?;
    Ok(())
}

async fn free(tx: &mut Tx, id: &str, fence: i64, due_at: Timestamp) -> Result<(), Error> {
    sql("update outbox set owner = null, leased_until = null, fence = fence + 1, due_at = $3
         where id = $1 and fence = $2 and standing = 'waiting'")
    .bind(id)
    .bind(fence)
    .bind(due_at)
    .execute(tx)
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Orphan, Error> {
    Ok(Orphan {
        id: row.get("id")?,
        topic: row.get("topic")?,
        attempts: row.get("attempts")?,
        fence: row.get("fence")?,
    })
}
