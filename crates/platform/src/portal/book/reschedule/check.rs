//! `/appointments/{id}/reschedule/check`: from this time to that one? And then the practice is asked.

use agenda::{Reason, ReasonError};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use store::{Choice, Language};

use super::super::{
    asking::{self, Asked, Complete},
    at_practice::AtPractice,
    late, moving, reason,
    summary::Chosen,
};
use crate::{
    app::App,
    portal::{
        Problem, answer,
        card::{Moment, what},
        filled::Filled,
        language,
        reader::Reader,
        shell::Shell,
        times_said,
    },
    words::say,
    xis_client::Deadline,
};

/// The form, so that the choice of a language can be sent with it and loses nothing.
const FORM: &str = "reschedule-form";

/// What the form sends.
#[derive(Deserialize)]
pub(in crate::portal::book) struct Sent {
    /// The key of the form: the same form never moves anything twice.
    #[serde(default)]
    form: String,
    #[serde(default)]
    reason: String,
    /// The reader chose a language meanwhile.
    language: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/book/reschedule.html")]
struct CheckPage {
    shell: Shell,
    was: Moment,
    /// What it was, where the new one is something else.
    was_what: Option<String>,
    chosen: Chosen,
    from_to: String,
    old: String,
    action: String,
    written: String,
    problem: Option<String>,
    hint: String,
    form: String,
    approval: bool,
    changed: bool,
    times_said: String,
}

pub(in crate::portal::book) async fn show(
    State(app): State<App>,
    at: AtPractice,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let choice = at.choice(&app).await?;
    Ok(page(&app, &at, &choice, None, asked.changed.is_some()))
}

/// Keeps what was written, also when the session has ended meanwhile, and asks the practice, once for each form and for
/// each appointment.
pub(in crate::portal::book) async fn send(
    State(app): State<App>,
    reader: Result<Reader, Response>,
    Path(id): Path<String>,
    jar: CookieJar,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Problem> {
    match reader {
        Ok(reader) => receive(&app, reader, &id, jar, sent).await,
        Err(elsewhere) => {
            let draft = id.parse().ok().map(late::Draft::Moving);
            late::keep_or(elsewhere, (&app, &jar), draft, &sent.reason).await
        }
    }
}

async fn receive(
    app: &App,
    mut reader: Reader,
    id: &str,
    jar: CookieJar,
    sent: Sent,
) -> Result<Response, Problem> {
    let deadline = Deadline::of_page(app.world.now());
    if let Some(before) = asking::sent_before(app, reader.id(), &sent.form).await? {
        return Ok(before.into_response());
    }
    let switched = language::switch(app, &mut reader, jar, sent.language.as_deref()).await?;
    let at = match moving::at_practice(app, reader, id, deadline).await {
        Ok(at) => at,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let choice = Choice { reason: Some(sent.reason), ..at.choice(app).await? };
    at.keep(app, &choice).await?;
    if let Some(jar) = switched {
        return Ok((jar, page(app, &at, &choice, None, false)).into_response());
    }
    match choice.reason.as_deref().unwrap_or_default().parse::<Reason>() {
        Ok(reason) => Ok(ask(app, &at, &choice, reason, &sent.form).await?.into_response()),
        Err(error) => Ok(page(app, &at, &choice, Some(error), false)),
    }
}

async fn ask(
    app: &App,
    at: &AtPractice,
    choice: &Choice,
    reason: Reason,
    form: &str,
) -> Result<Redirect, Problem> {
    match Complete::of(choice) {
        Some(complete) => asking::ask(app, at, (complete, reason), form).await,
        None => {
            // The first tap of two may have ended meanwhile, and taken the choice away.
            let before = asking::sent_before(app, at.reader.id(), form).await?;
            Ok(before.unwrap_or_else(|| Redirect::to(&at.again())))
        }
    }
}

/// The question, with what was written; the first step where nothing was chosen.
fn page(app: &App, at: &AtPractice, choice: &Choice, error: Option<ReasonError>, changed: bool) -> Response {
    let view = CheckPage::of(app, at, choice, error, changed);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    view.map_or_else(|| Redirect::to(&at.again()).into_response(), |view| answer::page(status, &view))
}

impl CheckPage {
    fn of(
        app: &App,
        at: &AtPractice,
        choice: &Choice,
        error: Option<ReasonError>,
        changed: bool,
    ) -> Option<Self> {
        let (moving, complete) = (at.moving.as_ref()?, Complete::of(choice)?);
        let chosen = Chosen::of(at, choice, app.world.now())?;
        let (was, language) = (moving.now(at, app), at.reader.language());
        let said = |moment: &Moment| format!("{}, {}", moment.date, moment.time);
        let from_to = [("was", said(&was).into()), ("becomes", said(&chosen.at).into())];
        let mut shell = at.shell();
        (shell.keeps, shell.outlasts) = (Some(FORM), true);
        Some(Self {
            from_to: say(language, "reschedule-from-to", &from_to),
            was_what: Some(was_what(moving, language)).filter(|was| *was != chosen.what),
            was,
            old: format!("/appointments/{}", moving.id()),
            action: at.check(),
            written: choice.reason.clone().unwrap_or_default(),
            problem: error.map(|error| reason::problem(language, error)),
            hint: say(language, "cancel-words-hint", &[("limit", Reason::LIMIT.into())]),
            form: complete.form,
            approval: at.practice.settings.approval,
            changed,
            times_said: times_said(&shell, Some(&at.zone())),
            chosen,
            shell,
        })
    }
}

fn was_what(moving: &moving::Moving, language: Language) -> String {
    let content = &moving.old.appointment.content;
    let agenda =
        moving.old.slot.as_ref().map(|slot| slot.agenda.as_str()).filter(|agenda| !agenda.is_empty());
    what(language, content.category_display(), content.practitioner_display().or(agenda))
}
