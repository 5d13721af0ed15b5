use db::{Row, Tx, sql};
use jiff::Timestamp;

use crate::{Error, Store};

/// A practice system that may ask for tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Its id.
    pub id: String,
    /// What its secret is checked against.
    pub secret_hash: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// Since when it may not ask for tokens any more.
    pub revoked_at: Option<Timestamp>,
}

impl Store {
    /// Adds a client, or gives the one that is there a new secret and its rights back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_client(
        &self,
        tx: &mut Tx,
        id: &str,
        secret_hash: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("insert into xis_client (id, secret_hash, created_at) values ($1, $2, $3)
             on conflict (id) do update set secret_hash = excluded.secret_hash, revoked_at = null")
        .bind(id)
        .bind(secret_hash)
        .bind(now)
        .execute(tx)
        .await?;
        Ok(())
    }

    /// Takes a client's rights away; `false` when there is none with this id, or it had none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_client(&self, tx: &mut Tx, id: &str, now: Timestamp) -> Result<bool, Error> {
        let revoked = sql("update xis_client set revoked_at = $2 where id = $1 and revoked_at is null")
            .bind(id)
            .bind(now)
            .execute(tx)
            .await?;
        Ok(revoked > 0)
    }

    /// The client with this id, revoked or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn client(&self, tx: &mut Tx, id: &str) -> Result<Option<Client>, Error> {
        Ok(sql("select * from xis_client where id = $1").bind(id).first(tx, read).await?)
    }

    /// Every client, for the operator.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clients(&self, tx: &mut Tx) -> Result<Vec<Client>, Error> {
        Ok(sql("select * from xis_client order by id").all(tx, read).await?)
    }
}

fn read(row: &Row) -> Result<Client, db::Error> {
    Ok(Client {
        id: row.get("id")?,
        secret_hash: row.get("secret_hash")?,
        created_at: row.get("created_at")?,
        revoked_at: row.optional("revoked_at")?,
    })
}
