//! The act: a patient asks for an appointment.
//!
//! The attempt is written first; then the XIS is asked, in a task of its own, so that a browser that goes away
//! does not end it. A reconcile job waits behind it, should this process not live to hear the answer (C18).

mod asking;

use agenda::{Appointment, Coding, Content, Participant, Reason, Refusal, Replacing};
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use store::{Account, Actor, AppointmentId, Practice, Replaces, SessionTokens, SlotChoice, Stored, Ties, Tx};

use super::{change, reconcile, reschedule};
use crate::{app::App, audit::Audit};

/// When to look whether the booking ended, should the answer not come. At once when nobody is left to hear it.
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
    /// The visit whose place it is to take.
    pub(crate) replaces: Option<AppointmentId>,
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
    /// The visit that it was to replace cannot be cancelled online, or not any more (B10).
    #[error("the appointment cannot be moved online, or not any more")]
    NotMovable,
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
                reschedule::cancel_old(&asker, (&self.account, &self.tokens), &stored).await;
            }
        });
        Ok((id, answered))
    }

    /// The attempt; or the one that this form made before, or that is to take the same place: that is not asked again.
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
        if let Some(running) = self.running(app, tx, now).await? {
            return Ok((running, false));
        }
        let approval = self.practice.settings.approval;
        let outcome = Appointment::request(self.content(), self.reason.clone(), approval, now)?;
        let mut stored = self.stored(id, outcome.after, now);
        if !change::add(app, tx, &mut stored, outcome.effect, now).await? {
            return Err(NotAsked::ForeignForm);
        }
        reconcile::stand_behind(app, tx, &stored, now + LOOK_AFTER, now).await?;
        let action = if self.replaces.is_some() { "appointment reschedule" } else { "appointment request" };
        Audit::of(&Actor::Patient(self.account.id), action)
            .subject(self.account.id)
            .practice(&self.practice.agb)
            .object(&id)
            .write(app, tx, "requested")
            .await?;
        Ok((stored, true))
    }

    /// What is to take the same place already, on another device or in another window.
    async fn running(&self, app: &App, tx: &mut Tx, now: Timestamp) -> Result<Option<Stored>, NotAsked> {
        let Some(old) = self.replaces else { return Ok(None) };
        let running = reschedule::running(app, tx, self.account.id, old).await?;
        if running.is_some() {
            return Ok(running);
        }
        let old = app.store.appointment_of_patient(tx, self.account.id, old).await?;
        let is_movable = old.is_some_and(|old| reschedule::is_movable(&old, &self.practice, now));
        if is_movable { Ok(None) } else { Err(NotAsked::NotMovable) }
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
            ties: Ties {
                replaces: self.replaces.map(|old| Replaces { old, how_far: Replacing::Asked }),
                ..Ties::default()
            },
            guessed_from: None,
        }
    }
}
