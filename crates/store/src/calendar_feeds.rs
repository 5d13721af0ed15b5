use db::{Tx, sql, token_hash};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{AccountId, Error, Store, wall::Scoped as _};

/// The address at which a patient's own calendar fetches visits; its secret is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarFeed {
    /// Another for each address.
    pub id: Uuid,
    /// When it was made.
    pub made_at: Timestamp,
    /// When a calendar was last there.
    pub fetched_at: Option<Timestamp>,
}

impl Store {
    /// The patient's address, if there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn calendar_feed(
        &self,
        tx: &mut Tx,
        account: AccountId,
    ) -> Result<Option<CalendarFeed>, Error> {
        let feed = sql("select id, made_at, fetched_at from calendar_feed where account = $1")
            .of_patient(account)
            .bind(account)
            .first(tx, |row| {
                let (made_at, fetched_at) = (row.get("made_at")?, row.optional("fetched_at")?);
                Ok(CalendarFeed { id: row.parsed("id")?, made_at, fetched_at })
            })
            .await?;
        Ok(feed)
    }

    /// Gives the patient an address with this secret, in the place of any other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_calendar_feed(
        &self,
        tx: &mut Tx,
        account: AccountId,
        (id, secret): (Uuid, &str),
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("insert into calendar_feed (account, id, secret_hash, made_at) values ($1, $2, $3, $4)
             on conflict (account) do update
             set id = excluded.id, secret_hash = excluded.secret_hash, made_at = excluded.made_at,
                 fetched_at = null")
        .of_patient(account)
        .bind(account)
        .bind(id.to_string())
        .bind(token_hash(secret))
        .bind(now)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// Takes the patient's address away; `false` when there was none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_calendar_feed(&self, tx: &mut Tx, account: AccountId) -> Result<bool, Error> {
        let ended = sql("delete from calendar_feed where account = $1")
            .of_patient(account)
            .bind(account)
            .execute(tx)
            .await?;
        Ok(ended > 0)
    }

    /// Whose address has this secret, and since when; notes that a calendar was there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fetch_calendar_feed(
        &self,
        tx: &mut Tx,
        secret: &str,
        now: Timestamp,
    ) -> Result<Option<(AccountId, Timestamp)>, Error> {
        let hash = token_hash(secret);
        let found =
            sql("update calendar_feed set fetched_at = $2 where secret_hash = $1 returning account, made_at")
                .of_bearer(&hash)
                .bind(&hash)
                .bind(now)
                .first(tx, |row| Ok((row.parsed("account")?, row.get("made_at")?)))
                .await?;
        Ok(found)
    }
}
