//! Asking the practice for what was chosen and looked at once more: the end of booking, and of moving an appointment.

use agenda::{Coding, Failure, Reason, State as Standing};
use axum::response::Redirect;
use serde::Deserialize;
use store::{AccountId, AppointmentId, Choice, SlotChoice, Stored};

use super::{address, at_practice::AtPractice, moving::Moving};
use crate::{
    app::App,
    booking::request::{NotAsked, Request},
    portal::{Problem, card::PATIENCE, seen},
};

/// What stands in the address of a check.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// Whether another page has changed the choice since the form was shown.
    pub(super) changed: Option<String>,
}

/// Everything but the reason that is needed to ask.
pub(super) struct Complete {
    category: Coding,
    slot: SlotChoice,
    /// The key of the form: the same form never books twice.
    pub(super) form: String,
}

impl Complete {
    /// `None` before a time was chosen.
    pub(super) fn of(choice: &Choice) -> Option<Self> {
        let Choice { category, slot, form, .. } = choice.clone();
        Some(Self { category: category?, slot: slot?, form: form? })
    }
}

/// Asks the practice, once for each form, and waits a while for its answer. `form` is the key that was sent.
pub(super) async fn ask(
    app: &App,
    at: &AtPractice,
    (complete, reason): (Complete, Reason),
    form: &str,
) -> Result<Redirect, Problem> {
    if complete.form != form {
        // What the patient saw is not what would be asked.
        return Ok(Redirect::to(&format!("{}?changed=1", at.check())));
    }
    if at.reader.patient.must_log_in_again(app.world.now()) {
        return Ok(Redirect::to(&address::after_login(&at.check())));
    }
    if !app.lines.takes_bookings(at.agb(), app.world.now()) {
        // An attempt that cannot be sent is not written: the patient is told at once, and keeps what was chosen.
        return Err(Problem::not_sent(&at.practice, at.check()));
    }
    let wanted = address::gone(&at.times_beside(&complete.category, &complete.slot), complete.slot.start);
    let next = match request(at, complete, reason).run(app).await {
        Ok((id, answered)) => {
            // Whoever waits no longer leaves the asking to go on by itself.
            let _ = app.world.within(PATIENCE.unsigned_abs(), answered).await;
            let asked = of_id(app, at, id).await?;
            if let Some(stored) = &asked {
                seen::note_own_act(app, &at.reader, stored).await;
            }
            asked.as_ref().map_or_else(|| at.again(), outcome)
        }
        // While the patient was deciding, the time itself has come.
        Err(NotAsked::Rule(_)) => wanted,
        Err(NotAsked::NotMovable) => at.again(),
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&next))
}

/// Where a form led that was sent before.
pub(super) async fn sent_before(
    app: &App,
    account: AccountId,
    form: &str,
) -> Result<Option<Redirect>, store::Error> {
    let store = &app.store;
    let found: Option<Stored> = store
        .read("a form that was sent", |mut tx| async move {
            store.appointment_of_form(&mut tx, account, form).await
        })
        .await?;
    Ok(found.map(|stored| Redirect::to(&outcome(&stored))))
}

/// Where the patient reads what became of it.
fn outcome(stored: &Stored) -> String {
    match stored.appointment.state {
        Standing::Failed { why: Failure::SlotGone, .. } => address::slot_gone(stored),
        _ => format!("/appointments/{}", stored.id),
    }
}

fn request(at: &AtPractice, complete: Complete, reason: Reason) -> Request {
    Request {
        account: at.reader.patient.account.clone(),
        tokens: at.reader.patient.session.tokens.clone(),
        practice: at.practice.clone(),
        category: complete.category,
        slot: complete.slot,
        reason,
        form: complete.form,
        replaces: at.moving.as_ref().map(Moving::id),
    }
}

async fn of_id(app: &App, at: &AtPractice, id: AppointmentId) -> Result<Option<Stored>, store::Error> {
    let (store, account) = (&app.store, at.reader.id());
    store
        .read(
            "an appointment",
            |mut tx| async move { store.appointment_of_patient(&mut tx, account, id).await },
        )
        .await
}
