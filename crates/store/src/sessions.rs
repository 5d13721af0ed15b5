use std::fmt;

use db::{Tx, sql, token_hash};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Error, Store, pulse,
    wall::{Job, Scoped as _},
};

/// A patient who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose session it is.
    pub account: AccountId,
    /// What the login gave.
    pub tokens: SessionTokens,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was last used.
    pub used_at: Timestamp,
}

/// The tokens of a login. The ID token is not among them: it says who the patient is, and has done its work.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionTokens {
    /// To be exchanged for a token for a XIS.
    pub access_token: String,
    /// Until when.
    pub access_expires_at: Timestamp,
}

impl fmt::Debug for SessionTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionTokens")
            .field("access_expires_at", &self.access_expires_at)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Begins a session; of the cookie's value only a hash is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_session(&self, tx: &mut Tx, cookie: &str, session: &Session) -> Result<(), Error> {
        let hash = token_hash(cookie);
        sql("insert into session (token_hash, account, tokens, started_at, used_at) values ($1, $2, $3, $4, $5)")
            .of_patient(session.account)
            .bind(&hash)
            .bind(session.account)
            .bind(self.seal(&place(&hash), &session.tokens)?)
            .bind(session.started_at)
            .bind(session.used_at)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// The session behind a cookie, however old.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, tx: &mut Tx, cookie: &str) -> Result<Option<Session>, Error> {
        let hash = token_hash(cookie);
        let row = sql("select * from session where token_hash = $1")
            .of_bearer(&hash)
            .bind(&hash)
            .first(tx, |row| {
                let times = (row.get("started_at")?, row.get("used_at")?);
                Ok((row.parsed("account")?, row.get::<Vec<u8>>("tokens")?, times))
            })
            .await?;
        row.map(|(account, tokens, (started_at, used_at))| {
            Ok(Session { account, tokens: self.open(&place(&hash), &tokens)?, started_at, used_at })
        })
        .transpose()
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn touch_session(&self, tx: &mut Tx, cookie: &str, now: Timestamp) -> Result<(), Error> {
        let hash = token_hash(cookie);
        sql("update session set used_at = $2 where token_hash = $1")
            .of_bearer(&hash)
            .bind(&hash)
            .bind(now)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// Ends a session, and with it the pages of it that listen. Says whose it was, however old.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session(&self, tx: &mut Tx, cookie: &str) -> Result<Option<AccountId>, Error> {
        let hash = token_hash(cookie);
        let account = sql("delete from session where token_hash = $1 returning account")
            .of_bearer(&hash)
            .bind(&hash)
            .first(tx, |row| row.parsed("account"))
            .await?;
        if let Some(account) = account {
            pulse::signal(tx, account).await;
        }
        Ok(account)
    }

    /// Removes the sessions that were last used before this time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_sessions(&self, tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
        sql("delete from session where used_at < $1")
            .of_everybody(Job::Sweep)
            .bind(before)
            .execute_later(tx)
            .await?;
        Ok(())
    }
}

fn place(hash: &str) -> String {
    format!("session.tokens:{hash}")
}
