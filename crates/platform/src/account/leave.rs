//! The act: a patient takes a practice off the list, where nothing is still to happen there.

use agenda::{Agb, State};
use jiff::Timestamp;
use store::{AccountId, Actor, Stored, Tx};

use crate::{app::App, audit::Audit, booking::change};

/// What it is called in the audit trail.
const ACTION: &str = "membership end";

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    Gone,
    /// The patient has a visit ahead there: nothing was changed.
    HasVisits,
    /// It is no practice of this patient.
    NotOne,
}

/// Ends it, unless a visit is ahead.
///
/// # Errors
/// When the database fails.
pub(crate) async fn leave(app: &App, account: AccountId, practice: &Agb) -> Result<Left, store::Error> {
    let now = app.world.now();
    app.store
        .tx("leave a practice", |mut tx| async move { act(app, &mut tx, (account, practice), now).await })
        .await
}

async fn act(
    app: &App,
    tx: &mut Tx,
    (account, practice): (AccountId, &Agb),
    now: Timestamp,
) -> Result<Left, store::Error> {
    change::lock_patient(tx, account).await?;
    let (store, actor) = (&app.store, &Actor::Patient(account));
    let line = Audit::of(actor, ACTION).subject(account).practice(practice);
    let visits = store.appointments_of(tx, account).await?;
    if visits.iter().any(|visit| visit.practice == *practice && is_ahead(visit, now)) {
        line.write(app, tx, "refused: a visit is ahead").await?;
        return Ok(Left::HasVisits);
    }
    if !store.remove_membership(tx, account, practice).await? {
        return Ok(Left::NotOne);
    }
    store.drop_draft(tx, account, practice).await?;
    line.write(app, tx, "ended").await?;
    Ok(Left::Gone)
}

/// Whether this visit stands in the practice's agenda, or may come to stand there.
pub(crate) fn is_ahead(visit: &Stored, now: Timestamp) -> bool {
    let stands = visit.appointment.state == State::Booked || visit.appointment.state.is_awaiting();
    stands && visit.appointment.content.end > now
}
