//! The act: a patient cancels (B8, B9, B10).
//!
//! The wish is written first, then the XIS is asked, in a task of its own, so that a browser that goes away does not
//! end it. Until the XIS agrees the appointment stands. A message in the outbox waits behind it: whatever was not
//! answered is asked again, by the platform for itself.

mod courier;
mod ending;
mod sending;

use agenda::{CancelWindow, Effect, Reason};
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use store::{Account, Actor, AppointmentId, Practice, SessionTokens, Stored, Tx};

pub(crate) use self::courier::Canceller;
use self::sending::Case;
use super::{change, job};
use crate::{app::App, audit::Audit};

/// The outbox topic.
pub(crate) const TOPIC: &str = "cancel";
/// When to ask again, should the first answer not come. At once when nobody is left to hear it.
pub(super) const LOOK_AFTER: SignedDuration = SignedDuration::from_secs(30);

/// What a patient wants to be cancelled.
#[derive(Debug, Clone)]
pub(crate) struct Cancel {
    pub(crate) account: Account,
    pub(crate) tokens: SessionTokens,
    pub(crate) id: AppointmentId,
    /// What the patient writes to the practice.
    pub(crate) words: Option<Reason>,
}

/// What became of it at once.
pub(crate) enum Asked {
    /// The XIS is being asked; `answered` ends when it has answered.
    Now(BoxFuture<'static, ()>),
    /// It was asked before, or is over already.
    Before,
    /// Only calling helps (B10).
    NotCancellable,
    /// The patient has no such appointment.
    NotThere,
}

enum Written {
    Now(Box<Case>),
    Before,
    NotCancellable,
    NotThere,
}

impl Cancel {
    /// Writes the wish and begins to ask the XIS. Whoever asks twice, on however many devices, asks once.
    ///
    /// # Errors
    /// When the database fails; then nothing was asked.
    pub(crate) async fn run(self, app: &App) -> Result<Asked, store::Error> {
        let (this, now) = (&self, app.world.now());
        let written =
            app.store.tx("cancel", |mut tx| async move { this.write(app, &mut tx, now).await }).await?;
        Ok(match written {
            Written::Now(case) => {
                let sender = app.clone();
                Asked::Now(app.world.start(async move { case.send_for_patient(&sender, &self.tokens).await }))
            }
            Written::Before => Asked::Before,
            Written::NotCancellable => Asked::NotCancellable,
            Written::NotThere => Asked::NotThere,
        })
    }

    async fn write(&self, app: &App, tx: &mut Tx, now: Timestamp) -> Result<Written, store::Error> {
        change::lock_patient(tx, self.account.id).await?;
        let found = app.store.appointment_of_patient(tx, self.account.id, self.id).await?;
        let Some(mut stored) = found else { return Ok(Written::NotThere) };
        let Some(practice) = app.store.practice(tx, &stored.practice).await? else {
            return Ok(Written::NotThere);
        };
        let asked = stored.appointment.cancel(self.words.clone(), window(&stored, &practice), now);
        let Ok(outcome) = asked else {
            self.note(app, tx, &stored, "refused: only by calling").await?;
            return Ok(Written::NotCancellable);
        };
        if outcome.effect == Effect::Nothing {
            self.note(app, tx, &stored, "unchanged").await?;
            return Ok(Written::Before);
        }
        change::apply(app, tx, &mut stored, outcome, false, now).await?;
        job::stand_behind(app, tx, TOPIC, &stored, (now + LOOK_AFTER, now)).await?;
        self.note(app, tx, &stored, "sent").await?;
        Ok(Written::Now(Box::new(Case { stored, account: self.account.clone(), practice })))
    }

    async fn note(&self, app: &App, tx: &mut Tx, stored: &Stored, outcome: &str) -> Result<(), store::Error> {
        Audit::of(&Actor::Patient(self.account.id), "appointment cancel")
            .subject(self.account.id)
            .practice(&stored.practice)
            .object(&stored.id)
            .write(app, tx, outcome)
            .await
    }
}

/// Sends a cancellation that is on its way, for the patient who waits. What is not answered is sent again.
pub(super) async fn send(
    app: &App,
    (account, tokens): (&Account, &SessionTokens),
    stored: Stored,
    practice: Practice,
) {
    Case { stored, account: account.clone(), practice }.send_for_patient(app, tokens).await;
}

/// Until when this appointment can be cancelled online, as far as it is known here (B10): the XIS's word goes before
/// the practice's choice. What the XIS cannot find by an id, or cannot be told at all, never can; and what was only taken
/// for the patient's booking ([`guess`](super::guess)) not before it is known which of the two it is (A11).
pub(crate) fn window(stored: &Stored, practice: &Practice) -> CancelWindow {
    window_where_said(stored, practice, stored.cancel_window)
}

/// The same, with what the XIS says of it now.
fn window_where_said(stored: &Stored, practice: &Practice, said: Option<CancelWindow>) -> CancelWindow {
    match (practice.settings.cancel_window(&stored.appointment.content), said) {
        _ if stored.xis_id.is_none() || stored.guessed_from.is_some() => CancelWindow::Closed,
        (CancelWindow::Closed, _) => CancelWindow::Closed,
        (chosen, said) => said.unwrap_or(chosen),
    }
}
