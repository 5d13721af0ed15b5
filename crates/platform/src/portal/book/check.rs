//! `/book/{agb}/check`: is it all right? And then the practice is asked.

use agenda::Reason;
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use store::Choice;

use super::{
    address,
    asking::{self, Asked, Complete},
    at_practice::AtPractice,
    summary::Chosen,
};
use crate::{
    app::App,
    portal::{Problem, answer, filled::Filled, shell::Shell, times_said},
};

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

pub(super) async fn show(
    State(app): State<App>,
    at: AtPractice,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let choice = at.choice(&app).await?;
    let (complete, reason, chosen) = match (complete(&at, &choice), Chosen::of(&at, &choice, app.world.now()))
    {
        (Ok((complete, reason)), Some(chosen)) => (complete, reason, chosen),
        (Err(missing), _) => return Ok(Redirect::to(&missing).into_response()),
        (Ok(_), None) => return Ok(Redirect::to(&address::types(at.agb())).into_response()),
    };
    let shell = at.shell();
    let view = CheckPage {
        chosen,
        reason: reason.as_str().to_owned(),
        form: complete.form,
        approval: at.practice.settings.approval,
        changed: asked.changed.is_some(),
        times_said: times_said(&shell, Some(&at.zone())),
        shell,
    };
    Ok(answer::page(StatusCode::OK, &view))
}

pub(super) async fn send(
    State(app): State<App>,
    at: AtPractice,
    Filled(sent): Filled<Sent>,
) -> Result<Redirect, Problem> {
    // The choice first: the first tap of two may end, and take it away, between the two questions.
    let choice = at.choice(&app).await?;
    if let Some(before) = asking::sent_before(&app, at.reader.id(), &sent.form).await? {
        return Ok(before);
    }
    match complete(&at, &choice) {
        Ok(asked) => asking::ask(&app, &at, asked, &sent.form).await,
        Err(missing) => Ok(Redirect::to(&missing)),
    }
}

/// What was chosen, or the address of the first step that is missing.
fn complete(at: &AtPractice, choice: &Choice) -> Result<(Complete, Reason), String> {
    let complete = Complete::of(choice).ok_or_else(|| address::types(at.agb()))?;
    let reason = choice.reason.as_deref().unwrap_or_default().parse();
    Ok((complete, reason.map_err(|_| address::reason(at.agb()))?))
}
