//! An id that was taken for our booking's by patient, time and type alone, until the XIS says whose it is (A11).
//!
//! A practice may plan a patient at the very time for which the patient's own booking is on its way. Nothing tells the
//! two apart until the XIS names our booking: by its answer, by our identifier, or when it is looked for. Until then the
//! patient cannot cancel or move it online: the wish would be about one of the two.

use agenda::{Answer, Effect, Kind, State};
use jiff::Timestamp;
use store::{Actor, AppointmentId, Stored, Ties, Tx};

use super::change;
use crate::{app::App, audit::Audit, xis_client::Seen};

/// What an answer says of the guess: whether it confirms it.
pub(super) async fn weigh(
    app: &App,
    tx: &mut Tx,
    stored: &mut Stored,
    (answer, seen): (&Answer, Option<&Seen>),
    now: Timestamp,
) -> Result<bool, store::Error> {
    match seen.and_then(Seen::own_id) {
        Some(id) if stored.xis_id.as_ref() == Some(id) => confirm(app, tx, stored).await,
        Some(_) => part(app, tx, stored, now).await.map(|()| false),
        // Booked under an id that it does not say, or nobody knows: it is looked for.
        None if matches!(answer, Answer::Approved(_) | Answer::Pending(_) | Answer::Unknown) => Ok(false),
        // Ours came to nothing, so what the practice planned is the patient's visit.
        None => confirm(app, tx, stored).await,
    }
}

/// It was right, if there was one, which this says. The patient is told nothing, but can cancel the visit now, so it
/// is to be [applied](change::apply) even where nothing else changes.
pub(super) async fn confirm(app: &App, tx: &mut Tx, stored: &mut Stored) -> Result<bool, store::Error> {
    if stored.guessed_from.take().is_none() {
        return Ok(false);
    }
    app.store.save_appointment(tx, stored).await?;
    Ok(true)
}

/// The XIS knows our booking by another id: what was taken for it is a visit of its own, which the practice made, and
/// our booking is where it was.
pub(super) async fn part(
    app: &App,
    tx: &mut Tx,
    stored: &mut Stored,
    now: Timestamp,
) -> Result<(), store::Error> {
    let Some(attempt) = stored.guessed_from.take() else { return Ok(()) };
    let mut practices = Stored {
        id: AppointmentId::new(app.new_id()),
        xis_id: stored.xis_id.take(),
        slot: None,
        cancel_window: stored.cancel_window.take(),
        form: None,
        revision: 1,
        created_at: now,
        changed_at: now,
        xis_updated_at: stored.xis_updated_at.take(),
        ties: Ties::default(),
        ..stored.clone()
    };
    practices.appointment.reason = None;
    stored.appointment = *attempt;
    app.store.save_appointment(tx, stored).await?;
    let visit = &practices.appointment;
    let is_to_come = visit.state == State::Booked && visit.content.start > now;
    // Of one that is over the patient was told already.
    let effect = if is_to_come { Effect::Told(Kind::New) } else { Effect::Stored };
    let is_new = change::add(app, tx, &mut practices, effect, now).await?;
    debug_assert!(is_new, "no other has its id: the booking gave it up in this transaction");
    Audit::of(&Actor::Platform("booking"), "appointment parted")
        .subject(practices.account)
        .practice(&practices.practice)
        .object(&practices.id)
        .write(app, tx, change::word(effect))
        .await
}
