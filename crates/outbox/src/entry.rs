use db::{Error, Row, Tx, sql};
use jiff::Timestamp;

use crate::{SIGNAL, lane_key};

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// To be delivered.
    Waiting,
    /// Delivered, or no longer needed.
    Done,
    /// Given up; somebody has to look at it.
    Dead,
}

/// A message as somebody who looks into the queue sees it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Which courier takes it.
    pub topic: String,
    /// Its queue.
    pub lane: String,
    /// Whose it is.
    pub tenant: String,
    /// What the courier needs to know.
    pub payload: String,
    /// Where it stands.
    pub standing: Standing,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last attempt did not succeed.
    pub problem: Option<String>,
    /// When it was written down.
    pub created_at: Timestamp,
    /// When it is tried (again).
    pub due_at: Timestamp,
    /// When it was delivered or given up.
    pub ended_at: Option<Timestamp>,
}

/// No more are listed as stuck at once.
pub const STUCK_AT_MOST: usize = 200;

pub(crate) const STUCK: &str = "select * from (
  select * from outbox where standing = 'dead'
  union all
  select * from outbox where standing = 'waiting' and attempts >= $1
  union all
  select * from outbox o where standing = 'waiting' and attempts = 0 and due_at < $2
    and not exists (select 1 from outbox other
                    where other.lane = o.lane and other.standing = 'waiting' and other.place < o.place)
) as stuck order by created_at, id limit 200";

pub(crate) const DEAD: &str = "select id from outbox where standing = 'dead' and ended_at <= $1
  and (topic = $2 or $2 is null) order by created_at limit 500";

pub(crate) const SWEEP: &str = "delete from outbox where id in
  (select id from outbox where standing = 'done' and ended_at < $1 order by ended_at limit 1000)";

/// Every message of a lane, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_lane(tx: &mut Tx, lane: &str) -> Result<Vec<Entry>, Error> {
    sql("select * from outbox where lane = $1 order by place").bind(lane).all(tx, read).await
}

/// The message with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Entry>, Error> {
    sql("select * from outbox where id = $1").bind(id).first(tx, read).await
}

/// What was given up, has been tried at least `attempts` times (1 or more) and still waits, or has been due since
/// before `overdue` and nobody tried it; oldest first, at most [`STUCK_AT_MOST`]. What stands behind another in its lane is not
/// overdue: it waits for that one.
///
/// # Errors
/// When the database fails.
pub async fn stuck(tx: &mut Tx, attempts: u32, overdue: Timestamp) -> Result<Vec<Entry>, Error> {
    sql(STUCK).bind(attempts.max(1)).bind(overdue).all(tx, read).await
}

/// The ids of what was given up at `until` or before, of one topic or of all; oldest first, at most 500.
///
/// # Errors
/// When the database fails.
pub async fn dead(tx: &mut Tx, topic: Option<&str>, until: Timestamp) -> Result<Vec<String>, Error> {
    sql(DEAD).bind(until).bind(topic.map(str::to_owned)).all(tx, |row| row.get("id")).await
}

/// Makes everything that waits in a lane of this topic due now, whatever it waits for.
///
/// # Errors
/// When the database fails.
pub async fn hasten(tx: &mut Tx, topic: &str, lane: &str, now: Timestamp) -> Result<(), Error> {
    sql("update outbox set due_at = $2
         where lane = $1 and standing = 'waiting' and due_at > $2 and topic = $3")
    .bind(lane)
    .bind(now)
    .bind(topic)
    .execute_later(tx)
    .await?;
    tx.signal_about(SIGNAL, topic).await;
    Ok(())
}

/// Gives a message that waits or was given up a new first attempt, now. Says whether there was one.
///
/// It has its old place in its lane: what stands behind it waits for it, but for a message already under way.
///
/// # Errors
/// When the database fails.
pub async fn retry(tx: &mut Tx, id: &str, now: Timestamp) -> Result<bool, Error> {
    let Some(Entry { lane, topic, .. }) = find(tx, id).await? else { return Ok(false) };
    tx.lock(&lane_key(&lane)).await?;
    // A runner may be about to claim what stands behind it: what it has seen of the lane is true no more.
    sql("update outbox set fence = fence + 1
         where lane = $1 and standing = 'waiting' and (leased_until is null or leased_until <= $2)")
    .bind(lane)
    .bind(now)
    .execute(tx)
    .await?;
    let found = sql("update outbox set standing = 'waiting', attempts = 0, due_at = $2, ended_at = null
                     where id = $1 and standing in ('dead', 'waiting')")
    .bind(id)
    .bind(now)
    .execute(tx)
    .await?;
    tx.signal_about(SIGNAL, &topic).await;
    Ok(found > 0)
}

/// Removes what was delivered before this time, the oldest first, at most 1000 messages. Says how many, so that
/// a caller knows whether to come back.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, Error> {
    sql(SWEEP).bind(before).execute(tx).await
}

fn read(row: &Row) -> Result<Entry, Error> {
    Ok(Entry {
        id: row.get("id")?,
        topic: row.get("topic")?,
        lane: row.get("lane")?,
        tenant: row.get("tenant")?,
        payload: row.get("payload")?,
        standing: row.parsed("standing")?,
        attempts: row.get("attempts")?,
        problem: row.optional("problem")?,
        created_at: row.get("created_at")?,
        due_at: row.get("due_at")?,
        ended_at: row.optional("ended_at")?,
    })
}

impl std::str::FromStr for Standing {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "waiting" => Ok(Self::Waiting),
            "done" => Ok(Self::Done),
            "dead" => Ok(Self::Dead),
            other => Err(format!("{other:?} is no standing of a message")),
        }
    }
}
