mod find;
mod sealed;
mod ties;

use agenda::{Agb, Appointment, CancelWindow, Content, Kind, XisId};
use db::{Tx, sql};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::ties::{Replaces, Ties};
use crate::{AccountId, AppointmentId, Error, Store, facts::state_word, pulse, wall::Scoped as _};

/// An appointment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Our id, the identifier that the XIS gets.
    pub id: AppointmentId,
    /// The practice.
    pub practice: Agb,
    /// The patient; none for a tombstone (A1).
    pub account: Option<AccountId>,
    /// The XIS's id, once it is known.
    pub xis_id: Option<XisId>,
    /// What the rules decide on.
    pub appointment: Appointment,
    /// The slot that was asked for; none when the practice made the appointment.
    pub slot: Option<SlotChoice>,
    /// Until when the XIS says that the patient may cancel it online; none where it does not say (B10).
    pub cancel_window: Option<CancelWindow>,
    /// The last change that the patient was told.
    pub news: Option<News>,
    /// Whether the patient has not seen that change yet.
    pub unseen: bool,
    /// The form that asked for it.
    pub form: Option<String>,
    /// Grows with every stored change; the version that a XIS sees (A16).
    pub revision: u32,
    /// When it came to be.
    pub created_at: Timestamp,
    /// When it was last stored.
    pub changed_at: Timestamp,
    /// `meta.lastUpdated` of the XIS's last update (A16).
    pub xis_updated_at: Option<Timestamp>,
    /// When to remind the patient of it, where that is still to be done.
    pub remind_at: Option<Timestamp>,
    /// What ties it to another appointment.
    pub ties: Ties,
    /// The attempt as it stood before the XIS's id was taken for its own by patient, time and type alone; `None` once
    /// the XIS has said whose that id is (A11).
    pub guessed_from: Option<Box<Appointment>>,
}

/// A change that the patient is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What happened.
    pub kind: Kind,
    /// What it was before, where that matters.
    pub before: Option<Content>,
}

/// The slot that a patient chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotChoice {
    /// The XIS's id of the slot.
    pub id: String,
    /// The id of its schedule.
    pub schedule: String,
    /// What the agenda is called.
    pub agenda: String,
    /// Whether any other agenda would have done as well.
    #[serde(default)]
    pub anyone: bool,
    /// The practitioner's reference, from the slot (C1).
    pub actor: Option<String>,
    /// The practitioner's name.
    pub actor_display: Option<String>,
    /// The first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
}

/// A reminder whose time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueReminder {
    /// Of what.
    pub appointment: AppointmentId,
    /// Whom.
    pub account: AccountId,
    /// When it was to be sent.
    pub remind_at: Timestamp,
}

impl Store {
    /// Stores a new appointment; `false` when its XIS id or its form is taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_appointment(&self, tx: &mut Tx, new: &Stored) -> Result<bool, Error> {
        let insert =
            sql("insert into appointment (id, practice, account, xis_id, state, start_at, end_at, facts,
                                revision, unseen, form, created_at, changed_at, xis_updated_at, remind_at,
                                replaces, guessed)
                         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
                         on conflict do nothing")
            .bind(new.id)
            .bind(new.practice.as_str())
            .bind(new.account.map(|account| account.to_string()))
            .bind(new.xis_id.as_ref().map(XisId::as_str))
            .bind(state_word(&new.appointment.state))
            .bind(new.appointment.content.start)
            .bind(new.appointment.content.end)
            .bind(self.seal_facts(new)?)
            .bind(new.revision)
            .bind(new.unseen)
            .bind(new.form.clone())
            .bind(new.created_at)
            .bind(new.changed_at)
            .bind(new.xis_updated_at)
            .bind(new.remind_at)
            .bind(new.replaces().map(|old| old.to_string()))
            .bind(new.guessed_from.is_some())
            .of_practice(&new.practice);
        let added = match new.account {
            Some(account) => insert.of_patient(account).execute(tx).await?,
            None => insert.execute(tx).await?,
        };
        signal(tx, new).await;
        Ok(added > 0)
    }

    /// Stores an appointment that its practice has.
    ///
    /// # Errors
    /// When the database fails, the practice does not have it, or its XIS id is another's.
    pub async fn save_appointment(&self, tx: &mut Tx, changed: &Stored) -> Result<(), Error> {
        let saved = sql("update appointment set account = $2, xis_id = $3, state = $4, start_at = $5, end_at = $6, facts = $7,
                    revision = $8, unseen = $9, changed_at = $10, xis_updated_at = $11, remind_at = $12,
                    guessed = $14
             where id = $1 and practice = $13")
        .of_practice(&changed.practice)
        .bind(changed.id)
        .bind(changed.account.map(|account| account.to_string()))
        .bind(changed.xis_id.as_ref().map(XisId::as_str))
        .bind(state_word(&changed.appointment.state))
        .bind(changed.appointment.content.start)
        .bind(changed.appointment.content.end)
        .bind(self.seal_facts(changed)?)
        .bind(changed.revision)
        .bind(changed.unseen)
        .bind(changed.changed_at)
        .bind(changed.xis_updated_at)
        .bind(changed.remind_at)
        .bind(changed.practice.as_str())
        .bind(changed.guessed_from.is_some())
        .execute(tx)
        .await?;
        signal(tx, changed).await;
        if saved == 0 { Err(Error::Missing("the appointment to be stored")) } else { Ok(()) }
    }

    /// Notes that nothing is to be reminded of at this time any more; `false` when it was noted before, or when the
    /// reminder was moved meanwhile.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_reminder(&self, tx: &mut Tx, due: &DueReminder) -> Result<bool, Error> {
        let taken = sql("update appointment set remind_at = null
                         where id = $1 and account = $2 and remind_at = $3")
        .of_patient(due.account)
        .bind(due.appointment)
        .bind(due.account)
        .bind(due.remind_at)
        .execute(tx)
        .await?;
        Ok(taken > 0)
    }

    /// Moves the reminder of one of the patient's appointments.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_reminder(
        &self,
        tx: &mut Tx,
        account: AccountId,
        id: AppointmentId,
        remind_at: Option<Timestamp>,
    ) -> Result<(), Error> {
        sql("update appointment set remind_at = $3 where account = $1 and id = $2")
            .of_patient(account)
            .bind(account)
            .bind(id)
            .bind(remind_at)
            .execute_later(tx)
            .await?;
        Ok(())
    }

    /// Notes that the patient has seen this revision; a later one stays unseen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_seen(
        &self,
        tx: &mut Tx,
        account: AccountId,
        id: AppointmentId,
        revision: u32,
    ) -> Result<(), Error> {
        sql("update appointment set unseen = 0 where account = $1 and id = $2 and revision = $3")
            .of_patient(account)
            .bind(account)
            .bind(id)
            .bind(revision)
            .execute_later(tx)
            .await?;
        pulse::signal(tx, account).await;
        Ok(())
    }

    /// Removes a tombstone whose place an appointment takes (A1, A11).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_tombstone(
        &self,
        tx: &mut Tx,
        practice: &Agb,
        id: AppointmentId,
    ) -> Result<(), Error> {
        sql("delete from appointment where practice = $1 and id = $2 and state = 'tombstone'")
            .of_practice(practice)
            .bind(practice.as_str())
            .bind(id)
            .execute_later(tx)
            .await?;
        Ok(())
    }
}

/// Wakes the pages of its patient; a tombstone has none.
async fn signal(tx: &mut Tx, stored: &Stored) {
    if let Some(account) = stored.account {
        pulse::signal(tx, account).await;
    }
}
