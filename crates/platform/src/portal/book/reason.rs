//! `/book/{agb}/reason`: what is it about, in the patient's own words?

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

use super::{address, at_practice::AtPractice, late, summary::Chosen};
use crate::{
    app::App,
    portal::{Problem, answer, filled::Filled, language, shell::Shell},
    words::say,
};

/// The form, so that the choice of a language can be sent with it and loses nothing.
const FORM: &str = "reason-form";

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// Whether the text was sent, and came back.
    sent: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Written {
    #[serde(default)]
    reason: String,
    /// The reader chose a language meanwhile.
    language: Option<String>,
    /// The reader goes back meanwhile.
    back: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/book/reason.html")]
struct ReasonPage {
    shell: Shell,
    chosen: Chosen,
    written: String,
    problem: Option<String>,
    limit: usize,
    /// "12 van 500 tekens".
    counted: String,
    /// The words around the numbers, for the script that counts along.
    count_of: String,
}

/// The text as it was left, with what is wrong with it.
pub(super) async fn show(
    State(app): State<App>,
    at: AtPractice,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let choice = at.choice(&app).await?;
    let Some(chosen) = Chosen::of(&at, &choice, app.world.now()) else {
        return Ok(Redirect::to(&address::types(at.agb())).into_response());
    };
    let (written, language) = (choice.reason.unwrap_or_default(), at.reader.language());
    let problem = match written.parse::<Reason>() {
        Ok(_) => None,
        // Nothing was asked yet.
        Err(ReasonError::Empty) if asked.sent.is_none() => None,
        Err(error) => Some(problem(language, error)),
    };
    let mut shell = at.shell();
    (shell.keeps, shell.outlasts) = (Some(FORM), true);
    let view = ReasonPage {
        problem,
        limit: Reason::LIMIT,
        counted: counted(language, characters(&written)),
        count_of: say(
            language,
            "book-reason-counted",
            &[("count", "#".into()), ("limit", Reason::LIMIT.into())],
        ),
        chosen,
        written,
        shell,
    };
    Ok(answer::page(StatusCode::OK, &view))
}

/// Keeps the text whatever it is: it is never cut and never lost, not even when the session has ended meanwhile.
pub(super) async fn write(
    State(app): State<App>,
    at: Result<AtPractice, Response>,
    Path(agb): Path<String>,
    jar: CookieJar,
    Filled(written): Filled<Written>,
) -> Result<Response, Problem> {
    match at {
        Ok(at) => keep(&app, at, jar, written).await,
        Err(elsewhere) => {
            let draft = agb.parse().ok().map(late::Draft::Booking);
            late::keep_or(elsewhere, (&app, &jar), draft, &written.reason).await
        }
    }
}

async fn keep(app: &App, mut at: AtPractice, jar: CookieJar, written: Written) -> Result<Response, Problem> {
    let choice = at.choice(app).await?;
    let is_reason = written.reason.parse::<Reason>().is_ok();
    let choice = Choice { reason: Some(written.reason), ..choice };
    at.keep(app, &choice).await?;
    if let Some(jar) = language::switch(app, &mut at.reader, jar, written.language.as_deref()).await? {
        return Ok((jar, Redirect::to(&address::reason(at.agb()))).into_response());
    }
    let next = match (written.back, is_reason) {
        (Some(_), _) => address::times_of(at.agb(), &choice),
        (None, true) => address::check(at.agb()),
        (None, false) => format!("{}?sent=1", address::reason(at.agb())),
    };
    Ok(Redirect::to(&next).into_response())
}

/// What the rules say is wrong, in the patient's words.
pub(in crate::portal) fn problem(language: Language, error: ReasonError) -> String {
    match error {
        ReasonError::Empty => say(language, "book-reason-empty", &[]),
        ReasonError::TooLong { characters } => {
            let values = [("count", characters.into()), ("limit", Reason::LIMIT.into())];
            say(language, "book-reason-too-long", &values)
        }
        ReasonError::Unprintable { position } => {
            say(language, "book-reason-unprintable", &[("position", position.into())])
        }
    }
}

fn counted(language: Language, characters: usize) -> String {
    say(language, "book-reason-counted", &[("count", characters.into()), ("limit", Reason::LIMIT.into())])
}

/// As the rules count them: without outer whitespace, a line end as one.
fn characters(written: &str) -> usize {
    match written.parse::<Reason>() {
        Ok(reason) => reason.characters(),
        Err(ReasonError::TooLong { characters }) => characters,
        Err(ReasonError::Empty) => 0,
        Err(ReasonError::Unprintable { .. }) => written.trim().chars().count(),
    }
}
