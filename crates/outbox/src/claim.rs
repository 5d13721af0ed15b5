//! Which messages a runner takes, and how it makes them its own.

use db::{Db, Error, Tx, sql, sql_each};
use jiff::Timestamp;

use crate::{
    Parcel,
    turns::{Candidate, Held, in_turns},
};

/// How many of those that are due longest are looked at, so that turns can go round between their tenants.
pub(crate) const CANDIDATES: usize = 64;

/// A parcel with the number and the end of its claim.
#[derive(Clone)]
pub(crate) struct Claim {
    pub(crate) parcel: Parcel,
    pub(crate) fence: i64,
    pub(crate) until: Timestamp,
}

/// What a runner got.
pub(crate) struct Claimed {
    pub(crate) claims: Vec<Claim>,
    /// There may be more: as many were due as were asked for.
    pub(crate) more: bool,
    /// A rival was faster with some of what was due.
    pub(crate) rivalled: bool,
}

/// Takes of this topic the first message of each lane that is due and that nobody holds, in turns between
/// tenants.
pub(crate) async fn claim(
    db: &Db,
    topic: &str,
    (now, until): (Timestamp, Timestamp),
    (at_most, held): (usize, &Held),
) -> Result<Claimed, Error> {
    let due = db.read("look into the outbox", |mut tx| async move { due(&mut tx, topic, now).await }).await?;
    let chosen: Vec<_> = in_turns(due, held).into_iter().take(at_most).collect();
    if chosen.is_empty() {
        return Ok(Claimed { claims: Vec::new(), more: false, rivalled: false });
    }
    let (chosen, owner) = (&chosen, &db.own_id());
    let claims = db
        .tx("claim from the outbox", |mut tx| async move {
            let mut claims = Vec::new();
            for candidate in chosen {
                claims.extend(take(&mut tx, candidate, owner, now, until).await?);
            }
            Ok::<_, Error>(claims)
        })
        .await?;
    let rivalled = claims.len() < chosen.len();
    Ok(Claimed { claims, more: chosen.len() == at_most, rivalled })
}

/// Due, held by nobody, and nothing of its lane before it or under way.
macro_rules! may_be_delivered {
    ($alias:literal) => {
        concat!(
            $alias,
            ".standing = 'waiting' and ",
            $alias,
            ".due_at <= $1 and (",
            $alias,
            ".leased_until is null or ",
            $alias,
            ".leased_until <= $1)
            and not exists (select 1 from outbox other where other.lane = ",
            $alias,
            ".lane
              and other.standing = 'waiting' and (other.place < ",
            $alias,
            ".place or other.leased_until > $1))"
        )
    };
}

pub(crate) const DUE_LONGEST: &str = concat!(
    "select id, tenant, fence from outbox o where o.topic = $2 and ",
    may_be_delivered!("o"),
    " order by due_at limit 64"
);

/// Steps from tenant to tenant, one look into the index for each, however much they have waiting.
pub(crate) const FIRST_OF_EVERY_TENANT: &str = concat!(
    "with recursive every (tenant) as (
       select min(tenant) from outbox where standing = 'waiting' and topic = $2
       union all
       select (select min(o.tenant) from outbox o
               where o.standing = 'waiting' and o.topic = $2 and o.tenant > every.tenant)
       from every where every.tenant is not null
     )
     select o.id, o.tenant, o.fence from every join outbox o on o.id =
       (select i.id from outbox i where i.topic = $2 and i.tenant = every.tenant and ",
    may_be_delivered!("i"),
    " order by i.due_at limit 1)
     order by o.due_at"
);

/// What may be delivered now: those that are due longest, and where that is not all, the first of every tenant
/// before them, so that a backlog of one hides nobody else.
async fn due(tx: &mut Tx, topic: &str, now: Timestamp) -> Result<Vec<Candidate>, Error> {
    let longest = sql(DUE_LONGEST).bind(now).bind(topic).all(tx, candidate).await?;
    if longest.len() < CANDIDATES {
        return Ok(longest);
    }
    let mut candidates = sql(FIRST_OF_EVERY_TENANT).bind(now).bind(topic).all(tx, candidate).await?;
    candidates.extend(longest);
    Ok(candidates)
}

fn candidate(row: &db::Row) -> Result<Candidate, Error> {
    Ok(Candidate { id: row.get("id")?, tenant: row.get("tenant")?, fence: row.get("fence")? })
}

/// Leases one message, unless something has happened to it since it was looked at.
async fn take(
    tx: &mut Tx,
    candidate: &Candidate,
    owner: &Option<String>,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<Claim>, Error> {
    // PostgreSQL: do not wait for a rival that is taking the same row. SQLite has one writer at a time.
    sql_each(
        "update outbox set owner = $3, leased_until = $4, fence = fence + 1, attempts = attempts + 1
         where id = $1 and fence = $2 and standing = 'waiting' and due_at <= $5
           and (leased_until is null or leased_until <= $5)
         returning *",
        "update outbox set owner = $3, leased_until = $4, fence = fence + 1, attempts = attempts + 1
         where id = (select id from outbox
                     where id = $1 and fence = $2 and standing = 'waiting' and due_at <= $5
                       and (leased_until is null or leased_until <= $5)
                     for update skip locked)
         returning *",
    )
    .bind(&candidate.id)
    .bind(candidate.fence)
    .bind(owner.clone())
    .bind(until)
    .bind(now)
    .first(tx, read)
    .await
}

fn read(row: &db::Row) -> Result<Claim, Error> {
    Ok(Claim {
        parcel: Parcel {
            id: row.get("id")?,
            tenant: row.get("tenant")?,
            lane: row.get("lane")?,
            payload: row.get("payload")?,
            created_at: row.get("created_at")?,
            attempt: row.get("attempts")?,
        },
        fence: row.get("fence")?,
        until: row.get("leased_until")?,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Message, TABLE, TOPICS, enqueue, retry};

    async fn claimed(db: &Db, seen: &[Candidate], now: Timestamp) -> Vec<String> {
        let claims = db.tx("claim", |mut tx| async move {
            let mut claims = Vec::new();
            for candidate in seen {
                claims.extend(take(&mut tx, candidate, &None, now, now + Duration::from_secs(60)).await?);
            }
            Ok::<_, Error>(claims)
        });
        claims.await.unwrap().into_iter().map(|claim| claim.parcel.id).collect()
    }

    #[tokio::test]
    async fn what_was_seen_before_the_lane_changed_is_not_claimed() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::connect(&format!("sqlite:{}/c.db", folder.path().display()), "c").await.unwrap();
        let step = |version, sql| db::Migration { version, name: "outbox", sql };
        db.migrate(&[step(1, TABLE), step(2, TOPICS)]).await.unwrap();
        let now: Timestamp = "2026-05-12T08:00:00Z".parse().unwrap();
        let seen = db.tx("a former one was given up", |mut tx| async move {
            for id in ["1", "2"] {
                let (id, payload) = (id.to_owned(), String::new());
                let message = Message { id, topic: "news", lane: "lane", tenant: "a", payload, due_at: now };
                enqueue(&mut tx, message, now).await?;
            }
            sql("update outbox set standing = 'dead' where id = '1'").execute(&mut tx).await?;
            due(&mut tx, "news", now).await
        });
        let seen = seen.await.unwrap();
        assert_eq!(seen.iter().map(|candidate| candidate.id.as_str()).collect::<Vec<_>>(), ["2"]);

        db.tx("put it back", |mut tx| async move { retry(&mut tx, "1", now).await }).await.unwrap();
        assert!(claimed(&db, &seen, now).await.is_empty());
        let seen = db.read("look again", |mut tx| async move { due(&mut tx, "news", now).await });
        let seen = seen.await.unwrap();
        assert_eq!(claimed(&db, &seen, now).await, ["1"]);
        assert!(claimed(&db, &seen, now).await.is_empty(), "a rival was faster");
    }
}
