//! The act: the XIS has answered our request, or was found to have done so.

use agenda::{Answer, Confirmation, State, Update, UpdateStatus};
use jiff::Timestamp;
use store::{AccountId, Actor, Stored, Tx};

use super::{change, guess, response};
use crate::{app::App, audit::Audit, xis_client::Seen};

/// C3: whether what the XIS shows is approved or waits for the practice.
pub(super) fn confirmation(seen: &Seen, approval: bool) -> Confirmation {
    Confirmation::read(seen.status.as_deref(), seen.practitioner_status.as_deref(), approval)
}

/// What a booking that was looked for turns out to be. Of one that has ended it is not known how: the practice's own
/// answer may be parked (B11).
pub(super) fn found(seen: &Seen, approval: bool) -> Answer {
    if seen.is_over() { Answer::Unknown } else { confirmation(seen, approval).answer(seen.content.clone()) }
}

/// Stores the answer, with what the XIS showed of the appointment.
pub(super) async fn answered(
    app: &App,
    request: &Stored,
    answer: Answer,
    seen: Option<&Seen>,
) -> Result<(), store::Error> {
    let Some(account) = request.account else { return Ok(()) };
    let (now, answer) = (app.world.now(), &answer);
    app.store
        .tx("answer", |mut tx| async move {
            act(app, &mut tx, (account, request), answer.clone(), seen, now).await
        })
        .await
}

async fn act(
    app: &App,
    tx: &mut Tx,
    (account, request): (AccountId, &Stored),
    answer: Answer,
    seen: Option<&Seen>,
    now: Timestamp,
) -> Result<(), store::Error> {
    let xis_id = seen.and_then(|seen| seen.xis_id.as_ref());
    if let Some(xis_id) = xis_id {
        tx.lock(&format!("appointment:{}:{xis_id}", request.practice)).await?;
    }
    change::lock_patient(tx, account).await?;
    let Some(mut stored) = app.store.appointment_of_patient(tx, account, request.id).await? else {
        return Ok(());
    };
    if seen.is_some_and(|seen| seen.has_our_identifier) {
        app.store.note_returned_identifier(tx, &stored.practice).await?;
    }
    let is_confirmed = guess::weigh(app, tx, &mut stored, (&answer, seen), now).await?;
    let adoption = adopt(app, tx, &mut stored, seen).await?;
    stored.cancel_window = seen.and_then(|seen| seen.cancel_window).or(stored.cancel_window);
    let adopted = adoption != Adoption::None;
    let Ok(outcome) = stored.appointment.answered(answer, now) else { return Ok(()) };
    let effect = outcome.effect;
    change::apply(app, tx, &mut stored, outcome, adopted || is_confirmed, now).await?;
    if adopted {
        response::apply_parked(app, tx, &mut stored, now).await?;
    }
    if adoption == Adoption::Ended || seen.is_some_and(Seen::is_over) {
        end(app, tx, &mut stored, now).await?;
    }
    if matches!(stored.appointment.state, State::Booked | State::Pending) {
        match stored.replaces() {
            Some(old) => app.store.drop_reschedule_draft(tx, account, old).await?,
            None => app.store.drop_draft(tx, account, &stored.practice).await?,
        }
    }
    Audit::of(&Actor::Platform("booking"), "appointment answer")
        .subject(account)
        .practice(&stored.practice)
        .object(&stored.id)
        .write(app, tx, change::word(effect))
        .await
}

/// What came of the XIS's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Adoption {
    /// There is none, or it was known.
    None,
    /// It is known now.
    New,
    /// It is known now, and the XIS has cancelled it while its answer was on the way (A1).
    Ended,
}

/// The cancellation that came before the answer; of what the practice declined, that answer stands.
async fn end(app: &App, tx: &mut Tx, stored: &mut Stored, now: Timestamp) -> Result<(), store::Error> {
    let content = stored.appointment.content.clone();
    let cancelled = Update { status: UpdateStatus::Cancelled, content };
    match stored.appointment.xis_update(cancelled, now) {
        Ok(outcome) => change::apply(app, tx, stored, outcome, false, now).await,
        Err(_) => Ok(()),
    }
}

/// Takes over the XIS's id, unless an update has brought it already.
async fn adopt(
    app: &App,
    tx: &mut Tx,
    stored: &mut Stored,
    seen: Option<&Seen>,
) -> Result<Adoption, store::Error> {
    let Some(xis_id) = seen.and_then(|seen| seen.xis_id.clone()) else { return Ok(Adoption::None) };
    if stored.xis_id.is_some() {
        return Ok(Adoption::None);
    }
    let adoption = match app.store.appointment_by_xis_id(tx, &stored.practice, &xis_id).await? {
        Some(other) if other.appointment.state == State::Tombstone => {
            app.store.remove_tombstone(tx, &stored.practice, other.id).await?;
            Adoption::Ended
        }
        Some(other) => {
            tracing::error!(practice = %stored.practice, id = %stored.id, other = %other.id, "the XIS gave one id to two appointments");
            return Ok(Adoption::None);
        }
        None => Adoption::New,
    };
    stored.xis_id = Some(xis_id);
    Ok(adoption)
}
