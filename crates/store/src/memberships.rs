use agenda::{Agb, Bsn};
use db::{Tx, sql};
use jiff::Timestamp;

use crate::{
    AccountId, Error, Practice, Store, practices,
    wall::{Scope, Scoped as _},
};

/// That a patient belongs to a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The patient's id at the XIS (C15).
    pub xis_patient: Option<String>,
    /// When the XIS last said so (C16).
    pub checked_at: Option<Timestamp>,
}

/// Whom a practice looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// By BSN.
    Bsn(Bsn),
    /// By the id of an account here (D5).
    Account(AccountId),
}

impl Store {
    /// The patient of this practice whom it looks for. One query whoever it is: a patient of another practice takes as
    /// long as one whom nobody knows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn patient_of_practice(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        whom: &Whom,
    ) -> Result<Option<AccountId>, Error> {
        let query = match whom {
            Whom::Account(id) => sql("select account from membership where practice = $1 and account = $2")
                .of_practice(practice)
                .bind(practice.as_str())
                .bind(*id),
            Whom::Bsn(bsn) => {
                let indexes = self.bsn_indexes(bsn);
                let [index, other] = &indexes;
                sql("select m.account from membership m join account a on a.id = m.account
                     where m.practice = $1 and a.bsn_index in ($2, $3)")
                .within(Scope::BearersAt(practice, &indexes))
                .bind(practice.as_str())
                .bind(index)
                .bind(other)
            }
        };
        Ok(query.first(tx, |row| row.parsed("account")).await?)
    }

    /// Ends a patient's membership of a practice; `false` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_membership(
        &self,
        tx: &mut Tx,
        account: AccountId,
        practice: &Agb,
    ) -> Result<bool, Error> {
        let removed = sql("delete from membership where account = $1 and practice = $2")
            .of_patient(account)
            .bind(account)
            .bind(practice.as_str())
            .execute(tx)
            .await?;
        Ok(removed > 0)
    }

    /// Makes a patient a member of a practice, if not one already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_membership(&self, tx: &mut Tx, account: AccountId, practice: &Agb) -> Result<(), Error> {
        sql("insert into membership (account, practice) values ($1, $2) on conflict (account, practice) do nothing")
            .of_patient(account)
            .of_practice(practice)
            .bind(account)
            .bind(practice.as_str())
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// Remembers under which id the XIS knows the patient.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_xis_patient(
        &self,
        tx: &mut Tx,
        account: AccountId,
        practice: &Agb,
        xis_patient: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("update membership set xis_patient = $3, checked_at = $4 where account = $1 and practice = $2")
            .of_patient(account)
            .of_practice(practice)
            .bind(account)
            .bind(practice.as_str())
            .bind(xis_patient)
            .bind(now)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// The patient's membership of a practice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn membership(
        &self,
        tx: &mut Tx,
        account: AccountId,
        practice: &Agb,
    ) -> Result<Option<Membership>, Error> {
        let found =
            sql("select xis_patient, checked_at from membership where account = $1 and practice = $2")
                .of_patient(account)
                .of_practice(practice)
                .bind(account)
                .bind(practice.as_str())
                .first(tx, |row| {
                    Ok(Membership {
                        xis_patient: row.optional("xis_patient")?,
                        checked_at: row.optional("checked_at")?,
                    })
                })
                .await?;
        Ok(found)
    }

    /// The practices of a patient.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn practices_of(&self, tx: &mut Tx, account: AccountId) -> Result<Vec<Practice>, Error> {
        let found = sql("select p.* from practice p join membership m on m.practice = p.agb
                         where m.account = $1 order by p.name, p.agb")
        .of_patient(account)
        .bind(account)
        .all(tx, practices::read)
        .await?;
        found.into_iter().collect()
    }
}
