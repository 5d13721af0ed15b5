use db::sql_each;

use crate::{Error, Store};

/// A moment on the database's own clock, in microseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(i64);

/// On SQLite one writes at a time: whoever writes next comes after everybody who wrote before.
const NOW: [&str; 2] =
    ["select 0 as moment", "select (extract(epoch from clock_timestamp()) * 1000000)::bigint as moment"];

/// Of other roles than our own the database does not say since when they are at it; they do not work with our keys.
const SINCE_BEFORE: [&str; 2] = [
    "select 0 * $1 as n",
    "select count(*) as n from pg_stat_activity
     where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
       and extract(epoch from xact_start) * 1000000 <= $1",
];

impl Store {
    /// What time it is: see [`is_past`](Self::is_past).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn moment(&self) -> Result<Moment, Error> {
        let [sqlite, postgres] = NOW;
        let now = self.read("what time it is", |mut tx| async move {
            let now = sql_each(sqlite, postgres).first(&mut tx, |row| row.get("moment")).await?;
            now.ok_or(Error::Missing("the time of the database"))
        });
        Ok(Moment(now.await?))
    }

    /// Whether every transaction has ended that was under way at this moment. What one of them was to write may have been
    /// sealed or indexed with the keys that its process had when it began, and nobody sees it before it ends. On SQLite
    /// this is always so for whoever writes next.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_past(&self, Moment(at): Moment) -> Result<bool, Error> {
        let [sqlite, postgres] = SINCE_BEFORE;
        let under_way: Option<i64> = self
            .read("what began before", |mut tx| async move {
                let statement = sql_each(sqlite, postgres).bind(at);
                Ok::<_, Error>(statement.first(&mut tx, |row| row.get("n")).await?)
            })
            .await?;
        Ok(under_way == Some(0))
    }
}
