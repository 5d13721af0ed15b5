use agenda::{CancelWindow, Cancellation, Reason, State, XisId};
use fhir::{AppointmentStatus, incoming};
use jiff::Timestamp;
use store::{Account, Actor, Language, Practice, SessionTokens, Stored, Tx};

use super::{change, ending::Ending, window_where_said};
use crate::{
    app::App,
    audit::Audit,
    fhir_api::reading,
    words::say,
    xis_client::{Declined, OnBehalfOf, Trouble, XisClient},
};

/// A cancellation that is on its way, and everything that is needed to send it.
pub(super) struct Case {
    pub(super) stored: Stored,
    pub(super) account: Account,
    pub(super) practice: Practice,
}

/// Why it is on its way still.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    #[error(transparent)]
    Trouble(#[from] Trouble),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// What the XIS said.
struct Heard {
    ending: Ending,
    /// Until when it lets patients cancel, where it says so (B10).
    window: Option<CancelWindow>,
}

impl Case {
    /// Asks the XIS and stores what it answers. May be done again: what was lost is found out by reading first.
    pub(super) async fn send(&self, app: &App, behalf: OnBehalfOf<'_>) -> Result<(), Unanswered> {
        let heard = &self.ask(app, behalf).await?;
        let now = app.world.now();
        Ok(app
            .store
            .tx("cancellation answer", |mut tx| async move { self.end(app, &mut tx, heard, now).await })
            .await?)
    }

    /// Sends it for the patient at the keyboard; the outbox sends again what was not answered.
    pub(super) async fn send_for_patient(&self, app: &App, tokens: &SessionTokens) {
        let behalf = OnBehalfOf::Patient(self.account.id, tokens);
        if let Err(error) = self.send(app, behalf).await {
            tracing::warn!(%error, id = %self.stored.id, "a cancellation was not answered; it is sent again");
        }
    }

    async fn ask(&self, app: &App, behalf: OnBehalfOf<'_>) -> Result<Heard, Unanswered> {
        let wish = (&self.stored.appointment.cancellation, &self.stored.xis_id);
        let (Some(Cancellation::Sent { at, words }), Some(xis_id)) = wish else {
            return Ok(Heard { ending: Ending::Refused, window: None });
        };
        let client = XisClient::new(app, &self.practice, behalf)?;
        let found = self.shown(&client, xis_id).await?;
        let window = found.as_ref().and_then(|found| reading::cancel_window(found, &self.practice.settings));
        let ending = match &found {
            Some(found) if is_cancelled(found) => Ending::CancelledThere,
            Some(_) if !self.is_wanted(app).await? => Ending::Kept,
            Some(found) if self.is_cancellable(found, window, *at) => {
                self.decline(&client, xis_id, &sentence(words.as_ref())).await?
            }
            _ => Ending::Refused,
        };
        Ok(Heard { ending, window })
    }

    /// Whether what it gives way to still stands, where it gives way to something. It is asked last of all: what
    /// was sent before is found by reading.
    async fn is_wanted(&self, app: &App) -> Result<bool, store::Error> {
        let Some(new) = self.stored.ties.gives_way_to else { return Ok(true) };
        let (store, account) = (&app.store, self.account.id);
        let new = store
            .read("what it gives way to", |mut tx| async move {
                store.appointment_of_patient(&mut tx, account, new).await
            })
            .await?;
        Ok(new.is_some_and(|new: Stored| new.appointment.state == State::Booked))
    }

    async fn decline(
        &self,
        client: &XisClient<'_>,
        xis_id: &XisId,
        sentence: &str,
    ) -> Result<Ending, Trouble> {
        match client.decline(xis_id, &self.account.bsn, sentence).await? {
            Declined::Cancelled => Ok(Ending::Agreed),
            // An earlier attempt may have got through after all: then this is no refusal.
            Declined::Refused => {
                let found = self.shown(client, xis_id).await?;
                let is_cancelled = found.as_ref().is_some_and(is_cancelled);
                Ok(if is_cancelled { Ending::CancelledThere } else { Ending::Refused })
            }
        }
    }

    /// The appointment as the XIS shows it; `None` too where it will not show it.
    async fn shown(
        &self,
        client: &XisClient<'_>,
        xis_id: &XisId,
    ) -> Result<Option<incoming::Appointment>, Trouble> {
        match client.appointment_of(xis_id, &self.account.bsn).await {
            Err(trouble) if trouble.is_refusal() => Ok(None),
            found => found,
        }
    }

    /// B10, by what the XIS shows, at the moment when the patient asked.
    fn is_cancellable(
        &self,
        found: &incoming::Appointment,
        said: Option<CancelWindow>,
        asked_at: Timestamp,
    ) -> bool {
        let stands = matches!(status(found), Some(AppointmentStatus::Booked | AppointmentStatus::Proposed));
        let start = found.start.and_then(|start| start.resolve(Some(&self.practice.settings.zone())));
        let start = start.unwrap_or(self.stored.appointment.content.start);
        let window = window_where_said(&self.stored, &self.practice, said.or(self.stored.cancel_window));
        stands && window.closes_at(start).is_some_and(|closes_at| asked_at < closes_at)
    }

    /// What was heard meanwhile from elsewhere stands: an answer never undoes it (A10).
    async fn end(&self, app: &App, tx: &mut Tx, heard: &Heard, now: Timestamp) -> Result<(), store::Error> {
        let (account, id) = (self.account.id, self.stored.id);
        change::lock_patient(tx, account).await?;
        let Some(mut stored) = app.store.appointment_of_patient(tx, account, id).await? else {
            return Ok(());
        };
        let Some(outcome) = heard.ending.outcome(&stored, now) else { return Ok(()) };
        let effect = outcome.effect;
        let is_refused = outcome.after.is_cancelling_refused();
        let window = heard.window.or(stored.cancel_window);
        let has_new_window = window != stored.cancel_window;
        stored.cancel_window = window;
        change::apply(app, tx, &mut stored, outcome, has_new_window, now).await?;
        Audit::of(&Actor::Platform("booking"), "appointment cancel answer")
            .subject(account)
            .practice(&stored.practice)
            .object(&stored.id)
            .write(app, tx, heard.ending.word(is_refused, effect))
            .await
    }
}

fn is_cancelled(found: &incoming::Appointment) -> bool {
    matches!(status(found), Some(AppointmentStatus::Cancelled | AppointmentStatus::EnteredInError))
}

fn status(found: &incoming::Appointment) -> Option<AppointmentStatus> {
    found.status.as_deref().and_then(AppointmentStatus::from_code)
}

/// What the practice reads: an AppointmentResponse always carries a sentence (C14), in the practice's language.
fn sentence(words: Option<&Reason>) -> String {
    words.map_or_else(|| say(Language::Dutch, "cancel-without-words", &[]), |words| words.as_str().to_owned())
}
