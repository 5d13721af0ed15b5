use db::{Keys, KeysUnusable, Tx, sql};
use jiff::Timestamp;

use crate::{Error, Store};

/// A process that works with keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHolder {
    /// The id under which it [works](db::Db::appear) on the database.
    pub process: String,
    /// The key that it seals with.
    pub current: u8,
    /// The keys that it opens with.
    pub known: Vec<u8>,
}

impl Store {
    /// Works with these keys from now on, see [`Vault::renew`](db::Vault::renew).
    ///
    /// # Errors
    /// When they cannot be used; then nothing changes.
    pub fn renew_keys(&self, keys: &Keys, other_index: Option<&[u8; 32]>) -> Result<(), KeysUnusable> {
        self.vault.renew(keys, other_index)
    }

    /// Says with which keys this process works, so that none is taken away or put to use too soon. A process that has not
    /// [appeared](db::Db::appear) says nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_keys(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        let Some(process) = self.db.own_id() else { return Ok(()) };
        let known: Vec<String> = self.vault.known().iter().map(u8::to_string).collect();
        sql("insert into key_holder (process, current, known, held_at) values ($1, $2, $3, $4)
             on conflict (process) do update
             set current = excluded.current, known = excluded.known, held_at = excluded.held_at")
        .bind(process)
        .bind(i64::from(self.vault.current()))
        .bind(known.join(" "))
        .bind(now)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// Who works with which keys. Those who are gone are forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn key_holders(&self) -> Result<Vec<KeyHolder>, Error> {
        let all: Vec<KeyHolder> = self
            .read("who holds keys", |mut tx| async move {
                let holders = sql("select * from key_holder order by process").all(&mut tx, read).await?;
                Ok::<_, Error>(holders)
            })
            .await?;
        let gone = &self.db.gone(all.iter().map(|holder| holder.process.clone()).collect()).await?;
        self.tx("forget who held keys", |mut tx| async move {
            for process in gone {
                sql("delete from key_holder where process = $1").bind(process).execute(&mut tx).await?;
            }
            Ok::<_, Error>(())
        })
        .await?;
        Ok(all.into_iter().filter(|holder| !gone.contains(&holder.process)).collect())
    }
}

fn read(row: &db::Row) -> Result<KeyHolder, db::Error> {
    let known: String = row.get("known")?;
    let current: u32 = row.get("current")?;
    Ok(KeyHolder {
        process: row.get("process")?,
        current: current.try_into().unwrap_or_default(),
        known: known.split(' ').filter_map(|id| id.parse().ok()).collect(),
    })
}
