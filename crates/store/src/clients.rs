use db::{Row, Tx, sql, token_hash};
use jiff::{SignedDuration, Timestamp};

use crate::{Error, Store};

/// How far the clocks of two processes may be apart: what one remembers, another does not forget too early.
const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(1);

/// A practice system that may ask for tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Its id.
    pub id: String,
    /// What its secret is checked against; none where it only signs.
    pub secret_hash: Option<String>,
    /// The public keys that it signs with, as the JSON of a key set; none where it only has a secret.
    pub keys: Option<String>,
    /// When it was added.
    pub created_at: Timestamp,
    /// Since when it may not ask for tokens any more.
    pub revoked_at: Option<Timestamp>,
}

impl Store {
    /// Adds a client, or gives the one that is there a new secret and its rights back. Of what it proved itself with
    /// before it was revoked nothing comes back.
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
             on conflict (id) do update set secret_hash = excluded.secret_hash,
               keys = case when xis_client.revoked_at is null then xis_client.keys end, revoked_at = null")
        .bind(id)
        .bind(secret_hash)
        .bind(now)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// Gives a client these public keys, as the JSON of a key set, and its rights back; adds it when it is new. A secret
    /// from before it was revoked does not come back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_client_keys(
        &self,
        tx: &mut Tx,
        id: &str,
        keys: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("insert into xis_client (id, secret_hash, keys, created_at) values ($1, '', $2, $3)
             on conflict (id) do update set keys = excluded.keys,
               secret_hash = case when xis_client.revoked_at is null then xis_client.secret_hash else '' end,
               revoked_at = null")
        .bind(id)
        .bind(keys)
        .bind(now)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// Takes a client's secret away: from now on it must sign.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_client_secret(&self, tx: &mut Tx, id: &str) -> Result<(), Error> {
        sql("update xis_client set secret_hash = '' where id = $1").bind(id).execute_later(tx).await?;
        Ok(())
    }

    /// Remembers that a client used the assertion with this id, until a minute after it is refused for its age; `false`
    /// when it was used before. What need not be remembered any more is forgotten first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_assertion(
        &self,
        tx: &mut Tx,
        client: &str,
        (id, forget_at): (&str, Timestamp),
        now: Timestamp,
    ) -> Result<bool, Error> {
        sql("delete from client_assertion where forget_at < $1").bind(now - CLOCKS_APART).execute(tx).await?;
        let used = sql("insert into client_assertion (client, jti_hash, forget_at) values ($1, $2, $3)
             on conflict (client, jti_hash) do nothing")
        .bind(client)
        .bind(token_hash(id))
        .bind(forget_at)
        .execute(tx)
        .await?;
        Ok(used > 0)
    }

    /// Takes a client's rights away, and all that it proves itself with; `false` when there is none with this id, or it
    /// had no rights.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_client(&self, tx: &mut Tx, id: &str, now: Timestamp) -> Result<bool, Error> {
        let revoked = sql("update xis_client set revoked_at = $2, secret_hash = '', keys = null
                           where id = $1 and revoked_at is null")
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
        secret_hash: Some(row.get("secret_hash")?).filter(|hash: &String| !hash.is_empty()),
        keys: row.optional("keys")?,
        created_at: row.get("created_at")?,
        revoked_at: row.optional("revoked_at")?,
    })
}
