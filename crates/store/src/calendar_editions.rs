use db::{Row, Tx, sql};
use jiff::Timestamp;

use crate::{AccountId, AppointmentId, Error, Store, wall::Scoped as _};

/// Which edition of an appointment a calendar is sent: a repeat is the same edition, to the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarEdition {
    /// Grows by one with each other content; the first is 0.
    pub sequence: u32,
    /// When this content was first to be sent.
    pub made_at: Timestamp,
}

impl Store {
    /// What the patient's calendar was last sent of an appointment, if it ever was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn calendar_edition(
        &self,
        tx: &mut Tx,
        account: AccountId,
        appointment: AppointmentId,
    ) -> Result<Option<CalendarEdition>, Error> {
        let last =
            sql("select sequence, made_at from calendar_edition where appointment = $1 and account = $2")
                .of_patient(account)
                .bind(appointment)
                .bind(account)
                .first(tx, read)
                .await?;
        Ok(last)
    }

    /// Claims the edition with this content: the last one where that says the same, or else the next.
    ///
    /// It is claimed before it is mailed, so that a number never stands for two contents in the mail.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_calendar_edition(
        &self,
        tx: &mut Tx,
        account: AccountId,
        appointment: AppointmentId,
        content: &str,
        now: Timestamp,
    ) -> Result<CalendarEdition, Error> {
        sql("insert into calendar_edition (appointment, account, sequence, fingerprint, made_at)
             values ($1, $2, 0, $3, $4)
             on conflict (appointment, account) do update
             set sequence = calendar_edition.sequence
                   + case when calendar_edition.fingerprint = excluded.fingerprint then 0 else 1 end,
                 made_at = case when calendar_edition.fingerprint = excluded.fingerprint
                   then calendar_edition.made_at else excluded.made_at end,
                 fingerprint = excluded.fingerprint
             returning sequence, made_at")
        .of_patient(account)
        .bind(appointment)
        .bind(account)
        .bind(self.vault.blind_index("calendar", content))
        .bind(now)
        .first(tx, read)
        .await?
        .ok_or(Error::Missing("the calendar edition just claimed"))
    }
}

fn read(row: &Row) -> Result<CalendarEdition, db::Error> {
    Ok(CalendarEdition { sequence: row.get("sequence")?, made_at: row.get("made_at")? })
}
