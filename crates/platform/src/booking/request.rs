//! The act: a patient asks for an appointment.
//!
//! The attempt is written first; then the XIS is asked, in a task of its own, so that a browser that goes away
//! does not end it. A reconcile job waits behind it, should this process not live to hear the answer (C18).

mod asking;

use agenda::{Appointment, Coding, Content, Participant, Reason, Refusal};
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use store::{Account, Actor, AppointmentId, Practice, SessionTokens, SlotChoice, Stored, Tx};

use super::{change, reconcile};
use crate::{app::App, audit::Audit};

/// When to look whether the booking ended, should nobody be left to hear the answer.
const LOOK_AFTER: SignedDuration = SignedDuration::from_secs(30);

/// What a patient asks for.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) account: Account,
    pub(crate) tokens: SessionTokens,
    pub(crate) practice: Practice,
    pub(crate) category: Coding,
    pub(crate) slot: SlotChoice,
    pub(crate) reason: Reason,
    /// The key of the confirming form: the same form never books twice.
    pub(crate) form: String,
}

/// Why it was not even asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotAsked {
    /// The time has come too near.
    #[error(transparent)]
    Rule(#[from] Refusal),
    /// A form's key is random, and given to one patient.
    #[error("the form's key belongs to another patient")]
    ForeignForm,
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Database(#[from] store::DatabaseError),
}

impl Request {
    /// Writes the attempt, begins to ask, and returns its id at once. `answered` comes when the XIS has answered.
    pub(crate) async fn run(self, app: &App) -> Result<(AppointmentId, BoxFuture<'static, ()>), NotAsked> {
        let now = app.world.now();
        let (this, id) = (&self, AppointmentId::new(app.new_id()));
        let (stored, is_new) =
            app.store.tx("request", |mut tx| async move { this.write(app, &mut tx, id, now).await }).await?;
        let id = stored.id;
        let asker = app.clone();
        let answered = app.world.start(async move {
            if is_new {
                self.ask(&asker, &stored).await;
            }
        });
        Ok((id, answered))
    }

    /// The attempt; or the one that this form made before, which is not asked again.
    async fn write(
        &self,
        app: &App,
        tx: &mut Tx,
        id: AppointmentId,
        now: Timestamp,
    ) -> Result<(Stored, bool), NotAsked> {
        change::lock_patient(tx, self.account.id).await?;
        if let Some(found) = app.store.appointment_of_form(tx, self.account.id, &self.form).await? {
            return Ok((found, false));
        }
        let approval = self.practice.settings.approval;
        let outcome = Appointment::request(self.content(), self.reason.clone(), approval, now)?;
        let mut stored = self.stored(id, outcome.after, now);
        if !change::add(app, tx, &mut stored, outcome.effect, now).await? {
            return Err(NotAsked::ForeignForm);
        }
        reconcile::look_at(app, tx, &stored, now + LOOK_AFTER, now).await?;
        Audit::of(&Actor::Patient(self.account.id), "appointment request")
            .subject(self.account.id)
            .practice(&self.practice.agb)
            .object(&id)
            .write(app, tx, "requested")
            .await?;
        Ok((stored, true))
    }

    fn content(&self) -> Content {
        let practitioner = Participant {
            reference: self.slot.actor.clone(),
            display: self.slot.actor_display.clone(),
            is_patient: false,
        };
        Content {
            start: self.slot.start,
            end: self.slot.end,
            categories: vec![self.category.clone()],
            participants: vec![practitioner],
            comment: None,
        }
    }

    fn stored(&self, id: AppointmentId, appointment: Appointment, now: Timestamp) -> Stored {
        Stored {
            id,
            practice: self.practice.agb.clone(),
            account: Some(self.account.id),
            xis_id: None,
            appointment,
            slot: Some(self.slot.clone()),
            cancel_window: None,
            news: None,
            unseen: false,
            form: Some(self.form.clone()),
            revision: 1,
            created_at: now,
            changed_at: now,
            xis_updated_at: None,
            remind_at: None,
        }
    }
}
