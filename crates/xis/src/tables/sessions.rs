use db::{Error, Row, Tx, sql, token_hash};
use jiff::Timestamp;

use crate::config::Agb;

/// A practitioner who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    /// The practitioner's id at the login provider.
    pub(crate) practitioner: String,
    pub(crate) name: String,
    /// The practices that the practitioner works for.
    pub(crate) practices: Vec<Agb>,
    pub(crate) started_at: Timestamp,
    pub(crate) used_at: Timestamp,
}

/// Begins a session; of the cookie's value only its hash is kept.
///
/// # Errors
/// When the database fails.
pub(crate) async fn insert(tx: &mut Tx, cookie: &str, new: &Session) -> Result<(), Error> {
    let practices: Vec<_> = new.practices.iter().map(Agb::as_str).collect();
    sql("insert into desk_session (token_hash, practitioner, name, practices, started_at, used_at)
         values ($1, $2, $3, $4, $5, $6)")
    .bind(token_hash(cookie))
    .bind(&new.practitioner)
    .bind(&new.name)
    .bind(practices.join(" "))
    .bind(new.started_at)
    .bind(new.used_at)
    .execute(tx)
    .await
    .map(drop)
}

/// The session behind a cookie, however old.
///
/// # Errors
/// When the database fails.
pub(crate) async fn find(tx: &mut Tx, cookie: &str) -> Result<Option<Session>, Error> {
    sql("select * from desk_session where token_hash = $1").bind(token_hash(cookie)).first(tx, read).await
}

/// Notes that a session is in use.
///
/// # Errors
/// When the database fails.
pub(crate) async fn touch(tx: &mut Tx, cookie: &str, now: Timestamp) -> Result<(), Error> {
    sql("update desk_session set used_at = $2 where token_hash = $1")
        .bind(token_hash(cookie))
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

/// Ends a session, and gives whose it was.
///
/// # Errors
/// When the database fails.
pub(crate) async fn delete(tx: &mut Tx, cookie: &str) -> Result<Option<String>, Error> {
    sql("delete from desk_session where token_hash = $1 returning practitioner")
        .bind(token_hash(cookie))
        .first(tx, |row| row.get("practitioner"))
        .await
}

/// Removes the sessions that were last used before this time.
///
/// # Errors
/// When the database fails.
pub(crate) async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    sql("delete from desk_session where used_at < $1").bind(before).execute(tx).await.map(drop)
}

fn read(row: &Row) -> Result<Session, Error> {
    let practices: String = row.get("practices")?;
    Ok(Session {
        practitioner: row.get("practitioner")?,
        name: row.get("name")?,
        practices: practices.split(' ').filter_map(|agb| agb.parse().ok()).collect(),
        started_at: row.get("started_at")?,
        used_at: row.get("used_at")?,
    })
}

#[cfg(test)]
mod story {
    use super::*;
    use crate::test_support::{at_minute, databases, tx};

    #[tokio::test]
    async fn a_session_is_found_by_its_cookie_used_ended_and_swept() {
        let new = &Session {
            practitioner: "jansen".into(),
            name: "Dokter Jansen".into(),
            practices: vec!["01000001".parse().unwrap(), "01000002".parse().unwrap()],
            started_at: at_minute(0),
            used_at: at_minute(0),
        };
        for db in databases().await {
            tx!(db, tx => insert(&mut tx, "one", new).await);
            tx!(db, tx => insert(&mut tx, "two", new).await);
            assert_eq!(tx!(db, tx => find(&mut tx, "one").await).as_ref(), Some(new));
            assert_eq!(tx!(db, tx => find(&mut tx, "another").await), None);
            let kept: Vec<String> = tx!(db, tx => {
                sql("select token_hash from desk_session").all(&mut tx, |row| row.get("token_hash")).await
            });
            assert!(kept.iter().all(|hash| hash != "one" && hash != "two"));

            tx!(db, tx => touch(&mut tx, "one", at_minute(20)).await);
            tx!(db, tx => sweep(&mut tx, at_minute(10)).await);
            let one = tx!(db, tx => find(&mut tx, "one").await).unwrap();
            assert_eq!((one.started_at, one.used_at), (at_minute(0), at_minute(20)));
            assert_eq!(tx!(db, tx => find(&mut tx, "two").await), None);

            assert_eq!(tx!(db, tx => delete(&mut tx, "one").await), Some("jansen".to_owned()));
            assert_eq!(tx!(db, tx => delete(&mut tx, "one").await), None);
        }
    }
}
