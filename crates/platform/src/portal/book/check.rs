//! `/book/{agb}/check`: is it all right? And then the practice is asked.

use agenda::{Coding, Failure, Reason, State as Standing};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use store::{AccountId, AppointmentId, Choice, SlotChoice, Stored};

use super::{address, at_practice::AtPractice, summary::Chosen};
use crate::{
    app::App,
    booking::request::{NotAsked, Request},
    portal::{Problem, answer, card::PATIENCE, filled::Filled, shell::Shell, times_said},
};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// Whether another page has changed the choice since the form was shown.
    changed: Option<String>,
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    /// The key of the form: the same form never books twice.
    form: String,
}

#[derive(Template)]
#[template(path = "portal/book/check.html")]
struct CheckPage {
    shell: Shell,
    chosen: Chosen,
    reason: String,
    form: String,
    approval: bool,
    changed: bool,
    times_said: String,
}

/// Everything that is needed to ask.
struct Complete {
    category: Coding,
    slot: SlotChoice,
    reason: Reason,
    form: String,
}

pub(super) async fn show(
    State(app): State<App>,
    at: AtPractice,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let choice = at.choice(&app).await?;
    let (complete, chosen) = match (complete(&at, &choice), Chosen::of(&at, &choice, app.world.now())) {
        (Ok(complete), Some(chosen)) => (complete, chosen),
        (Err(missing), _) => return Ok(Redirect::to(&missing).into_response()),
        (Ok(_), None) => return Ok(Redirect::to(&address::types(at.agb())).into_response()),
    };
    let shell = at.shell();
    let view = CheckPage {
        chosen,
        reason: complete.reason.as_str().to_owned(),
        form: complete.form,
        approval: at.practice.settings.approval,
        changed: asked.changed.is_some(),
        times_said: times_said(&shell, Some(&at.zone())),
        shell,
    };
    Ok(answer::page(StatusCode::OK, &view))
}

/// Asks the practice, once for each form, and waits a while for its answer.
pub(super) async fn send(
    State(app): State<App>,
    at: AtPractice,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Problem> {
    // The choice first: the first tap of two may end, and take it away, between the two questions.
    let choice = at.choice(&app).await?;
    if let Some(before) = of_form(&app, at.reader.id(), &sent.form).await? {
        return Ok(Redirect::to(&outcome(&before)).into_response());
    }
    let complete = match complete(&at, &choice) {
        Ok(complete) => complete,
        Err(missing) => return Ok(Redirect::to(&missing).into_response()),
    };
    if complete.form != sent.form {
        // What the patient saw is not what would be asked.
        return Ok(Redirect::to(&format!("{}?changed=1", address::check(at.agb()))).into_response());
    }
    if !app.lines.takes_bookings(at.agb(), app.world.now()) {
        // An attempt that cannot be sent is not written: the patient is told at once, and keeps what was chosen.
        return Err(Problem::not_sent(&at.practice, address::check(at.agb())));
    }
    let wanted = address::gone(
        &address::times(at.agb(), &complete.category, &complete.slot.schedule),
        complete.slot.start,
    );
    let next = match request(&at, complete).run(&app).await {
        Ok((id, answered)) => {
            // Whoever waits no longer leaves the asking to go on by itself.
            let _ = app.world.within(PATIENCE.unsigned_abs(), answered).await;
            of_id(&app, &at, id).await?.as_ref().map_or_else(|| address::types(at.agb()), outcome)
        }
        // While the patient was deciding, the time itself has come.
        Err(NotAsked::Rule(_)) => wanted,
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&next).into_response())
}

/// Where the patient reads what became of it.
pub(super) fn outcome(stored: &Stored) -> String {
    match stored.appointment.state {
        Standing::Failed { why: Failure::SlotGone, .. } => address::slot_gone(stored),
        _ => format!("/appointments/{}", stored.id),
    }
}

fn request(at: &AtPractice, complete: Complete) -> Request {
    Request {
        account: at.reader.patient.account.clone(),
        tokens: at.reader.patient.session.tokens.clone(),
        practice: at.practice.clone(),
        category: complete.category,
        slot: complete.slot,
        reason: complete.reason,
        form: complete.form,
        replaces: None,
    }
}

/// What was chosen, or the address of the first step that is missing.
fn complete(at: &AtPractice, choice: &Choice) -> Result<Complete, String> {
    let agb = at.agb();
    let (category, slot) =
        choice.category.clone().zip(choice.slot.clone()).ok_or_else(|| address::types(agb))?;
    let form = choice.form.clone().ok_or_else(|| address::types(agb))?;
    let reason = choice.reason.as_deref().unwrap_or_default().parse().map_err(|_| address::reason(agb))?;
    Ok(Complete { category, slot, reason, form })
}

/// What this form asked for.
pub(super) async fn of_form(
    app: &App,
    account: AccountId,
    form: &str,
) -> Result<Option<Stored>, store::Error> {
    let store = &app.store;
    store
        .read("a form that was sent", |mut tx| async move {
            store.appointment_of_form(&mut tx, account, form).await
        })
        .await
}

/// One of the patient's appointments.
pub(super) async fn of_id(
    app: &App,
    at: &AtPractice,
    id: AppointmentId,
) -> Result<Option<Stored>, store::Error> {
    let (store, account) = (&app.store, at.reader.id());
    store
        .read(
            "an appointment",
            |mut tx| async move { store.appointment_of_patient(&mut tx, account, id).await },
        )
        .await
}
