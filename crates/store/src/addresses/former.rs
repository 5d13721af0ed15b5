use db::{Tx, sql};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{AccountId, Error, Store, wall::Scoped as _};

/// Where a patient had mail before. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct FormerAddress {
    /// Whose it was.
    pub account: AccountId,
    /// The address.
    pub address: String,
}

impl std::fmt::Debug for FormerAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FormerAddress").field("account", &self.account).finish_non_exhaustive()
    }
}

impl Store {
    /// Keeps an address that was left, for the mail that says so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_former_address(
        &self,
        tx: &mut Tx,
        id: Uuid,
        former: &FormerAddress,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("insert into former_address (id, account, address, left_at) values ($1, $2, $3, $4)")
            .of_patient(former.account)
            .bind(id.to_string())
            .bind(former.account)
            .bind(self.seal(&place(id), &former.address)?)
            .bind(now)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// The address that was left, until it was told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn former_address(&self, tx: &mut Tx, id: Uuid) -> Result<Option<FormerAddress>, Error> {
        let row = sql("select account, address from former_address where id = $1")
            .of_bearer(&id.to_string())
            .bind(id.to_string())
            .first(tx, |row| Ok((row.parsed("account")?, row.get::<Vec<u8>>("address")?)))
            .await?;
        row.map(|(account, sealed)| {
            let address = self.open(&place(id), &sealed)?;
            Ok(FormerAddress { account, address })
        })
        .transpose()
    }

    /// The addresses that this patient left and that were not told yet, with when they were left.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn former_addresses_of(
        &self,
        tx: &mut Tx,
        account: AccountId,
    ) -> Result<Vec<(String, Timestamp)>, Error> {
        let rows =
            sql("select id, address, left_at from former_address where account = $1 order by left_at, id")
                .of_patient(account)
                .bind(account)
                .all(tx, |row| {
                    Ok((row.parsed::<Uuid>("id")?, row.get::<Vec<u8>>("address")?, row.get("left_at")?))
                })
                .await?;
        rows.into_iter().map(|(id, sealed, left_at)| Ok((self.open(&place(id), &sealed)?, left_at))).collect()
    }

    /// Forgets an address that was left.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_former_address(&self, tx: &mut Tx, id: Uuid) -> Result<(), Error> {
        let id = id.to_string();
        sql("delete from former_address where id = $1").of_bearer(&id).bind(&id).execute_later(tx).await?;
        Ok(())
    }
}

fn place(id: Uuid) -> String {
    format!("former_address.address:{id}")
}
