//! The act: a patient ends the account. What the law keeps stays (the audit trail); everything else goes at once.

use agenda::{GIVE_UP_MINUTES, State};
use jiff::{SignedDuration, Timestamp};
use store::{Account, Actor, Stored, Tx};

use crate::{app::App, audit::Audit, booking::change};

/// What it is called in the audit trail.
const ACTION: &str = "account delete";

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deleted {
    /// There is no account any more.
    Gone,
    /// A practice's answer is awaited, and nobody else would hear it: nothing was changed.
    AnswerAwaited,
}

/// Ends it, with every session, device, message, draft and notice of the patient.
///
/// # Errors
/// When the database fails.
pub(crate) async fn delete(app: &App, account: &Account) -> Result<Deleted, store::Error> {
    let now = app.world.now();
    app.store.tx("delete an account", |mut tx| async move { act(app, &mut tx, account, now).await }).await
}

async fn act(app: &App, tx: &mut Tx, account: &Account, now: Timestamp) -> Result<Deleted, store::Error> {
    let (store, actor) = (&app.store, &Actor::Patient(account.id));
    // Nobody registers, books or is told anything meanwhile.
    store.lock_registration(tx, &account.bsn).await?;
    change::lock_patient(tx, account.id).await?;
    if store.account(tx, account.id).await?.is_none() {
        return Ok(Deleted::Gone);
    }
    let line = Audit::of(actor, ACTION).subject(account.id).object(&account.id);
    if store.appointments_of(tx, account.id).await?.iter().any(|visit| awaits_answer(visit, now)) {
        line.write(app, tx, "refused: an answer is awaited").await?;
        return Ok(Deleted::AnswerAwaited);
    }
    store.forget_account(tx, account, now).await?;
    for lanes in ["notice", "trial", "address"] {
        outbox::withdraw(tx, &format!("{lanes}:{}", account.id)).await?;
    }
    line.write(app, tx, "deleted").await?;
    Ok(Deleted::Gone)
}

/// Whether something is on its way to the practice that may still come to a visit, or to the end of one.
fn awaits_answer(visit: &Stored, now: Timestamp) -> bool {
    let is_cancelling = visit.appointment.is_cancelling() && visit.appointment.content.end > now;
    match visit.appointment.state {
        State::Requested { .. } => true,
        State::Unknown { since, .. } => {
            now.duration_since(since) < SignedDuration::from_mins(GIVE_UP_MINUTES)
        }
        _ => is_cancelling,
    }
}
