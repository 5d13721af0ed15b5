//! Every way to find an appointment; none without its practice or its patient.

use agenda::{Agb, XisId};
use db::{Tx, sql};
use jiff::Timestamp;

use super::{DueReminder, Stored, sealed::read};
use crate::{
    AccountId, AppointmentId, Error, Store,
    wall::{Job, Scoped as _},
};

impl Store {
    /// The practice's appointment with this XIS id (A15).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn appointment_by_xis_id(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        xis_id: &XisId,
    ) -> Result<Option<Stored>, Error> {
        let row = sql("select * from appointment where practice = $1 and xis_id = $2")
            .of_practice(practice)
            .bind(practice.as_str())
            .bind(xis_id.as_str())
            .first(tx, read)
            .await?;
        row.map(|row| self.open_appointment(row)).transpose()
    }

    /// The practice's appointment with this id of ours.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn appointment_of_practice(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        id: AppointmentId,
    ) -> Result<Option<Stored>, Error> {
        let row = sql("select * from appointment where practice = $1 and id = $2")
            .of_practice(practice)
            .bind(practice.as_str())
            .bind(id)
            .first(tx, read)
            .await?;
        row.map(|row| self.open_appointment(row)).transpose()
    }

    /// The patient's appointment with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn appointment_of_patient(
        &self,
        tx: &mut Tx,
        account: AccountId,
        id: AppointmentId,
    ) -> Result<Option<Stored>, Error> {
        let row = sql("select * from appointment where account = $1 and id = $2")
            .of_patient(account)
            .bind(account)
            .bind(id)
            .first(tx, read)
            .await?;
        row.map(|row| self.open_appointment(row)).transpose()
    }

    /// The patient's appointment that this form asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn appointment_of_form(
        &self,
        tx: &mut Tx,
        account: AccountId,
        form: &str,
    ) -> Result<Option<Stored>, Error> {
        let row = sql("select * from appointment where account = $1 and form = $2")
            .of_patient(account)
            .bind(account)
            .bind(form)
            .first(tx, read)
            .await?;
        row.map(|row| self.open_appointment(row)).transpose()
    }

    /// What the patient asked for to take the place of this appointment, the last one last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn replacements_of(
        &self,
        tx: &mut Tx,
        account: AccountId,
        old: AppointmentId,
    ) -> Result<Vec<Stored>, Error> {
        let rows = sql("select * from appointment where account = $1 and replaces = $2
                        order by created_at, id limit 200")
        .of_patient(account)
        .bind(account)
        .bind(old)
        .all(tx, read)
        .await?;
        rows.into_iter().map(|row| self.open_appointment(row)).collect()
    }

    /// The patient's appointments at this practice at this time whose XIS id is not known yet (A11).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn attempts_at(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        account: AccountId,
        start: Timestamp,
    ) -> Result<Vec<Stored>, Error> {
        let rows = sql("select * from appointment
                        where practice = $1 and account = $2 and start_at = $3 and xis_id is null
                        order by created_at")
        .of_practice(practice)
        .bind(practice.as_str())
        .bind(account)
        .bind(start)
        .all(tx, read)
        .await?;
        rows.into_iter().map(|row| self.open_appointment(row)).collect()
    }

    /// The practice's bookings that the XIS has not answered, or whose XIS id is a guess (A11, B11).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_attempts(&self, tx: &mut Tx, practice: &Agb) -> Result<Vec<Stored>, Error> {
        let rows = sql("select * from appointment
                        where practice = $1 and state in ('requested', 'unknown') and xis_id is null
                        union all
                        select * from appointment where practice = $1 and guessed = 1
                        order by created_at limit 200")
        .of_practice(practice)
        .bind(practice.as_str())
        .all(tx, read)
        .await?;
        rows.into_iter().map(|row| self.open_appointment(row)).collect()
    }

    /// Everything of a patient, the latest visit first, at most 200.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn appointments_of(&self, tx: &mut Tx, account: AccountId) -> Result<Vec<Stored>, Error> {
        let rows = sql("select * from appointment where account = $1 order by start_at desc, id limit 200")
            .of_patient(account)
            .bind(account)
            .all(tx, read)
            .await?;
        rows.into_iter().map(|row| self.open_appointment(row)).collect()
    }

    /// What is to be reminded of by now, the longest due first, at most 200.
    ///
    /// Of every patient and practice: the platform's own clock asks, see `notices::reminder`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reminders_due(&self, tx: &mut Tx, now: Timestamp) -> Result<Vec<DueReminder>, Error> {
        let due = sql("select id, account, remind_at from appointment
                       where remind_at <= $1 and account is not null order by remind_at limit 200")
        .of_everybody(Job::Remind)
        .bind(now)
        .all(tx, |row| {
            Ok(DueReminder {
                appointment: row.parsed("id")?,
                account: row.parsed("account")?,
                remind_at: row.get("remind_at")?,
            })
        })
        .await?;
        Ok(due)
    }

    /// How many of a patient's appointments have news that was not seen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unseen_of(&self, tx: &mut Tx, account: AccountId) -> Result<u32, Error> {
        let count = sql("select count(*) as unseen from appointment where account = $1 and unseen = 1")
            .of_patient(account)
            .bind(account)
            .first(tx, |row| row.get("unseen"))
            .await?;
        Ok(count.unwrap_or(0))
    }
}
