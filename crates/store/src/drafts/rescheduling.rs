//! What a patient is choosing to move an appointment to.

use db::{Tx, sql};
use jiff::Timestamp;

use super::{Choice, ChoiceFacts, Draft};
use crate::{AccountId, AppointmentId, Error, Store, wall::Scoped as _};

impl Store {
    /// What the patient is choosing to move this appointment to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reschedule_draft(
        &self,
        tx: &mut Tx,
        account: AccountId,
        appointment: AppointmentId,
    ) -> Result<Option<Draft>, Error> {
        let row =
            sql("select choice, changed_at from reschedule_draft where appointment = $1 and account = $2")
                .of_patient(account)
                .bind(appointment)
                .bind(account)
                .first(tx, |row| Ok((row.get::<Vec<u8>>("choice")?, row.get("changed_at")?)))
                .await?;
        row.map(|(choice, changed_at)| {
            let facts: ChoiceFacts = self.open(&place(appointment), &choice)?;
            Ok(Draft { choice: facts.into(), changed_at })
        })
        .transpose()
    }

    /// What the patient is choosing to move appointments to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reschedule_drafts_of(
        &self,
        tx: &mut Tx,
        account: AccountId,
    ) -> Result<Vec<(AppointmentId, Draft)>, Error> {
        let rows = sql("select appointment, choice, changed_at from reschedule_draft where account = $1
                        order by changed_at, appointment")
        .of_patient(account)
        .bind(account)
        .all(tx, |row| {
            Ok((row.parsed("appointment")?, row.get::<Vec<u8>>("choice")?, row.get("changed_at")?))
        })
        .await?;
        rows.into_iter()
            .map(|(appointment, choice, changed_at)| {
                let facts: ChoiceFacts = self.open(&place(appointment), &choice)?;
                Ok((appointment, Draft { choice: facts.into(), changed_at }))
            })
            .collect()
    }

    /// Stores what the patient is choosing to move this appointment to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_reschedule_draft(
        &self,
        tx: &mut Tx,
        account: AccountId,
        appointment: AppointmentId,
        choice: &Choice,
        now: Timestamp,
    ) -> Result<(), Error> {
        sql("insert into reschedule_draft (appointment, account, choice, changed_at) values ($1, $2, $3, $4)
             on conflict (appointment) do update set choice = excluded.choice, changed_at = excluded.changed_at
             where reschedule_draft.account = excluded.account")
        .of_patient(account)
        .bind(appointment)
        .bind(account)
        .bind(self.seal(&place(appointment), &ChoiceFacts::from(choice))?)
        .bind(now)
        .execute_later(tx)
        .await?;
        Ok(())
    }

    /// Forgets what the patient was choosing to move this appointment to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_reschedule_draft(
        &self,
        tx: &mut Tx,
        account: AccountId,
        appointment: AppointmentId,
    ) -> Result<(), Error> {
        sql("delete from reschedule_draft where appointment = $1 and account = $2")
            .of_patient(account)
            .bind(appointment)
            .bind(account)
            .execute_later(tx)
            .await?;
        Ok(())
    }
}

fn place(appointment: AppointmentId) -> String {
    format!("reschedule_draft.choice:{appointment}")
}
