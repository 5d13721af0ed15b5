use agenda::Agb;
use db::{Tx, sql};
use jiff::Timestamp;

use crate::{AccountId, Error, Practice, Store, practices};

/// That a patient belongs to a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The patient's id at the XIS (C15).
    pub xis_patient: Option<String>,
    /// When the XIS last said so (C16).
    pub checked_at: Option<Timestamp>,
}

impl Store {
    /// Makes a patient a member of a practice, if not one already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_membership(&self, tx: &mut Tx, account: AccountId, practice: &Agb) -> Result<(), Error> {
        sql("insert into membership (account, practice) values ($1, $2) on conflict (account, practice) do nothing")
            .bind(account)
            .bind(practice.as_str())
            .execute(tx)
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
            .bind(account)
            .bind(practice.as_str())
            .bind(xis_patient)
            .bind(now)
            .execute(tx)
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
        .bind(account)
        .all(tx, practices::read)
        .await?;
        found.into_iter().collect()
    }
}
