use db::{Tx, sql, token_hash};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Error, Store,
    wall::{Job, Scoped as _},
};

/// A login that has gone to the provider and has not come back.
#[derive(Debug, Clone)]
pub struct PendingLogin<P> {
    /// What must be known when it comes back: nonce, code verifier.
    pub pending: P,
    /// Where the patient was going.
    pub return_to: String,
    /// When it began.
    pub started_at: Timestamp,
}

impl Store {
    /// Remembers a login until it comes back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_login<P: Serialize>(
        &self,
        tx: &mut Tx,
        state: &str,
        login: &PendingLogin<P>,
    ) -> Result<(), Error> {
        let hash = token_hash(state);
        sql("insert into login (state_hash, pending, return_to, started_at) values ($1, $2, $3, $4)")
            .of_bearer(&hash)
            .bind(&hash)
            .bind(self.seal(&place(&hash), &login.pending)?)
            .bind(&login.return_to)
            .bind(login.started_at)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// Takes the login with this state: it comes back once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_login<P: DeserializeOwned>(
        &self,
        tx: &mut Tx,
        state: &str,
    ) -> Result<Option<PendingLogin<P>>, Error> {
        let hash = token_hash(state);
        let row = sql("delete from login where state_hash = $1 returning *")
            .of_bearer(&hash)
            .bind(&hash)
            .first(tx, |row| {
                Ok((row.get::<Vec<u8>>("pending")?, row.get("return_to")?, row.get("started_at")?))
            })
            .await?;
        row.map(|(pending, return_to, started_at)| {
            Ok(PendingLogin { pending: self.open(&place(&hash), &pending)?, return_to, started_at })
        })
        .transpose()
    }

    /// Removes the logins that began before this time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_logins(&self, tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
        sql("delete from login where started_at < $1")
            .of_everybody(Job::Sweep)
            .bind(before)
            .execute_later(tx)
            .await?;
        Ok(())
    }
}

fn place(hash: &str) -> String {
    format!("login.pending:{hash}")
}
