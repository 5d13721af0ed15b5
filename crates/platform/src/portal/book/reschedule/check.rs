//! `/appointments/{id}/reschedule/check`: from this time to that one? And then the practice is asked.

use agenda::{Coding, Reason, ReasonError};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use store::{Choice, Language, SlotChoice};

use super::super::{
    address,
    at_practice::AtPractice,
    check::{of_form, of_id, outcome},
    moving, reason,
    summary::Chosen,
};
use crate::{
    app::App,
    auth::cookie,
    booking::request::{NotAsked, Request},
    portal::{
        Problem, answer,
        card::{Moment, PATIENCE, what},
        filled::Filled,
        language,
        reader::Reader,
        shell::Shell,
        spoken, times_said,
    },
    words::say,
    xis_client::Deadline,
};

/// The form, so that the choice of a language can be sent with it and loses nothing.
const FORM: &str = "reschedule-form";

#[derive(Debug, Deserialize)]
pub(in crate::portal::book) struct Asked {
    /// Whether another page has changed the choice since the form was shown.
    changed: Option<String>,
}

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

/// Everything but the reason that is needed to ask.
struct Complete {
    category: Coding,
    slot: SlotChoice,
    form: String,
}

pub(in crate::portal::book) async fn show(
    State(app): State<App>,
    at: AtPractice,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let choice = at.choice(&app).await?;
    Ok(page(&app, &at, &choice, None, asked.changed.is_some()))
}

/// Asks the practice, once for each form and for each appointment, and waits a while for its answer.
pub(in crate::portal::book) async fn send(
    State(app): State<App>,
    mut reader: Reader,
    Path(id): Path<String>,
    jar: CookieJar,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Problem> {
    let deadline = Deadline::of_page(app.world.now());
    if let Some(before) = of_form(&app, reader.id(), &sent.form).await? {
        return Ok(Redirect::to(&outcome(&before)).into_response());
    }
    let chosen = sent.language.as_deref().and_then(|code| code.parse::<Language>().ok());
    if let Some(chosen) = chosen {
        language::keep(&app, reader.id(), chosen).await?;
        reader.patient.account.language = chosen;
        spoken::patient_reads(chosen);
    }
    let at = match moving::at_practice(&app, reader, &id, deadline).await {
        Ok(at) => at,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let choice = Choice { reason: Some(sent.reason), ..at.choice(&app).await? };
    at.keep(&app, &choice).await?;
    if let Some(chosen) = chosen {
        let jar = jar.add(cookie::Name::Language.with(&app.config, chosen.to_string()));
        return Ok((jar, page(&app, &at, &choice, None, false)).into_response());
    }
    match choice.reason.as_deref().unwrap_or_default().parse::<Reason>() {
        Ok(reason) => ask(&app, &at, &choice, reason, &sent.form).await,
        Err(error) => Ok(page(&app, &at, &choice, Some(error), false)),
    }
}

async fn ask(
    app: &App,
    at: &AtPractice,
    choice: &Choice,
    reason: Reason,
    form: &str,
) -> Result<Response, Problem> {
    let Some(complete) = complete(choice) else {
        // The first tap of two may have ended meanwhile, and taken the choice away.
        let before = of_form(app, at.reader.id(), form).await?;
        let next = before.as_ref().map_or_else(|| at.again(), outcome);
        return Ok(Redirect::to(&next).into_response());
    };
    if complete.form != form {
        // What the patient saw is not what would be asked.
        return Ok(Redirect::to(&format!("{}?changed=1", at.check())).into_response());
    }
    if !app.lines.takes_bookings(at.agb(), app.world.now()) {
        // An attempt that cannot be sent is not written: the patient is told at once, and keeps what was chosen.
        return Err(Problem::not_sent(&at.practice, at.check()));
    }
    let wanted = address::gone(&at.times(&complete.category, &complete.slot.schedule), complete.slot.start);
    let next = match request(at, complete, reason).run(app).await {
        Ok((id, answered)) => {
            // Whoever waits no longer leaves the asking to go on by itself.
            let _ = app.world.within(PATIENCE.unsigned_abs(), answered).await;
            of_id(app, at, id).await?.as_ref().map_or_else(|| at.again(), outcome)
        }
        // While the patient was deciding, the time itself has come.
        Err(NotAsked::Rule(_)) => wanted,
        Err(NotAsked::NotMovable) => at.again(),
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&next).into_response())
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
        replaces: at.moving.as_ref().map(moving::Moving::id),
    }
}

/// `None` before a time was chosen.
fn complete(choice: &Choice) -> Option<Complete> {
    let Choice { category, slot, form, .. } = choice.clone();
    Some(Complete { category: category?, slot: slot?, form: form? })
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
        let (moving, complete) = (at.moving.as_ref()?, complete(choice)?);
        let chosen = Chosen::of(at, choice, app.world.now())?;
        let (was, language) = (moving.now(at, app), at.reader.language());
        let said = |moment: &Moment| format!("{}, {}", moment.date, moment.time);
        let from_to = [("was", said(&was).into()), ("becomes", said(&chosen.at).into())];
        let mut shell = at.shell();
        shell.keeps = Some(FORM);
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
