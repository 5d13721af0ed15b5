use agenda::{Agb, Bsn};
use db::{Tx, sql};

use super::{Account, read};
use crate::{AccountId, Error, Practice, Store, practices, wall::Scoped as _};

impl Store {
    /// The account with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(&self, tx: &mut Tx, id: AccountId) -> Result<Option<Account>, Error> {
        let row = sql("select * from account where id = $1").of_patient(id).bind(id).first(tx, read).await?;
        row.map(|row| self.open_account(&row)).transpose()
    }

    /// The account of the patient with this BSN.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_of(&self, tx: &mut Tx, bsn: &Bsn) -> Result<Option<Account>, Error> {
        let indexes = self.bsn_indexes(bsn);
        let [index, other] = &indexes;
        let row = sql("select * from account where bsn_index in ($1, $2)")
            .of_bearers(&indexes)
            .bind(index)
            .bind(other)
            .first(tx, read)
            .await?;
        row.map(|row| self.open_account(&row)).transpose()
    }

    /// Whose account it is with this BSN.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_id_of(&self, tx: &mut Tx, bsn: &Bsn) -> Result<Option<AccountId>, Error> {
        let indexes = self.bsn_indexes(bsn);
        let [index, other] = &indexes;
        let found = sql("select id from account where bsn_index in ($1, $2)")
            .of_bearers(&indexes)
            .bind(index)
            .bind(other)
            .first(tx, |row| row.parsed("id"))
            .await?;
        Ok(found)
    }

    /// The account with this id and the practice with this code, on one trip to the database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn patient_at(
        &self,
        tx: &mut Tx,
        id: AccountId,
        agb: &Agb,
    ) -> Result<Option<(Account, Practice)>, Error> {
        let found = sql("select account.*, practice.agb, practice.client, practice.name, practice.settings,
                                practice.returns_identifier
                         from account join practice on practice.agb = $2 where account.id = $1")
        .of_patient(id)
        .bind(id)
        .bind(agb.as_str())
        .first(tx, |row| Ok((read(row)?, practices::read(row)?)))
        .await?;
        found.map(|(account, practice)| Ok((self.open_account(&account)?, practice?))).transpose()
    }

    /// The account that this link to stop reminders is for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_by_unsubscribe(&self, tx: &mut Tx, token: &str) -> Result<Option<AccountId>, Error> {
        let id = sql("select id from account where unsubscribe = $1")
            .of_bearer(token)
            .bind(token)
            .first(tx, |row| row.parsed("id"))
            .await?;
        Ok(id)
    }
}
