//! `/appointments/{id}/cancel`: does the patient really want to cancel this one?

use agenda::{Reason, ReasonError};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use store::AppointmentId;

use super::{
    Problem, answer, appointment,
    book::reason,
    card::{Card, PATIENCE, Standing},
    filled::Filled,
    language,
    reader::Reader,
    seen,
    shell::{Here, Shell},
    times_said,
};
use crate::{
    app::App,
    booking::cancel::{Asked, Cancel},
    words::say,
};

/// The form, so that the choice of a language can be sent with it and loses nothing.
const FORM: &str = "cancel-form";

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    words: String,
    /// The reader chose a language meanwhile.
    language: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/cancel.html")]
struct CancelPage {
    shell: Shell,
    card: Card,
    hint: String,
    written: String,
    problem: Option<String>,
    times_said: String,
}

/// The question; nothing is cancelled by looking at it.
pub(super) async fn show(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    ask(&app, &reader, parse(&id)?, String::new(), None).await
}

/// Cancels, once however often it is sent, and waits a while for the practice's answer.
pub(super) async fn send(
    State(app): State<App>,
    mut reader: Reader,
    Path(id): Path<String>,
    jar: CookieJar,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Problem> {
    let id = parse(&id)?;
    if let Some(jar) = language::switch(&app, &mut reader, jar, sent.language.as_deref()).await? {
        return Ok((jar, ask(&app, &reader, id, sent.words, None).await?).into_response());
    }
    let words = match sent.words.parse::<Reason>() {
        Ok(words) => Some(words),
        Err(ReasonError::Empty) => None,
        Err(error) => return ask(&app, &reader, id, sent.words, Some(error)).await,
    };
    cancel(&app, &reader, id, words).await
}

async fn cancel(
    app: &App,
    reader: &Reader,
    id: AppointmentId,
    words: Option<Reason>,
) -> Result<Response, Problem> {
    let patient = &reader.patient;
    let wish = Cancel { account: patient.account.clone(), tokens: patient.session.tokens.clone(), id, words };
    let next = match wish.run(app).await? {
        Asked::Now(answered) => {
            // Whoever waits no longer leaves the asking to go on by itself.
            let _ = app.world.within(PATIENCE.unsigned_abs(), answered).await;
            // It is on its way, whatever can be noted of it.
            if let Ok(Some((stored, _))) = appointment::load(app, reader, id).await {
                seen::note_own_act(app, reader, &stored).await;
            }
            format!("/appointments/{id}")
        }
        Asked::Before => format!("/appointments/{id}"),
        Asked::NotCancellable => format!("/appointments/{id}/cancel"),
        Asked::NotThere => return Err(Problem::NoSuchPage),
    };
    Ok(Redirect::to(&next).into_response())
}

/// The page, with what was written; for what is over or on its way, the appointment's own page says more.
async fn ask(
    app: &App,
    reader: &Reader,
    id: AppointmentId,
    written: String,
    error: Option<ReasonError>,
) -> Result<Response, Problem> {
    let (stored, practice) = appointment::load(app, reader, id).await?.ok_or(Problem::NoSuchPage)?;
    let language = reader.language();
    let card = Card::of(&stored, Some(&practice), language, app.world.now()).ok_or(Problem::NoSuchPage)?;
    if !matches!(card.standing, Standing::Booked | Standing::Pending) {
        return Ok(Redirect::to(&format!("/appointments/{id}")).into_response());
    }
    appointment::note_view(app, reader, &stored).await?;
    let mut shell = reader.shell(Here::Appointments).at(&practice);
    shell.keeps = card.cancel_until.is_some().then_some(FORM);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = CancelPage {
        hint: say(language, "cancel-words-hint", &[("limit", Reason::LIMIT.into())]),
        written,
        problem: error.map(|error| reason::problem(language, error)),
        times_said: times_said(&shell, Some(&practice.settings.zone())),
        card,
        shell,
    };
    Ok(answer::page(status, &view))
}

/// What is no id, nobody's or another patient's looks the same.
fn parse(id: &str) -> Result<AppointmentId, Problem> {
    id.parse().map_err(|_| Problem::NoSuchPage)
}

impl CancelPage {
    fn is_possible(&self) -> bool {
        self.card.cancel_until.is_some()
    }

    fn title(&self) -> &'static str {
        if self.is_possible() { "cancel-title" } else { "cancel-impossible-title" }
    }
}
