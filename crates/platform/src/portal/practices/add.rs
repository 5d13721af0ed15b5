use agenda::Agb;
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use store::Practice;

use super::{Listed, can_be_asked, note_view};
use crate::{
    account::{Join, Joined},
    app::App,
    auth::session,
    messages::accept::NotTried,
    portal::{
        Problem, answer,
        book::{link, own_practices},
        filled::Filled,
        reader::Reader,
        shell::{Here, Shell},
    },
    words::say,
};

/// So many are shown; whoever is not among them is found by more of the name.
const SHOWN: u32 = 20;
/// More is no name.
const LONGEST: usize = 80;

/// What is looked for.
#[derive(Debug, Deserialize)]
pub(super) struct Sought {
    #[serde(default)]
    name: String,
}

#[derive(Template)]
#[template(path = "portal/practices/add.html")]
struct AddPage {
    shell: Shell,
    written: String,
    /// None before anything was looked for.
    found: Option<Vec<Listed>>,
}

/// What a patient reads whom the practice does not know.
#[derive(Template)]
#[template(path = "portal/practices/unknown.html")]
struct UnknownPage {
    shell: Shell,
    title: String,
}

/// The question, with what was found.
pub(super) async fn search(
    State(app): State<App>,
    reader: Reader,
    Query(sought): Query<Sought>,
) -> Result<Response, Problem> {
    let written: String = sought.name.trim().chars().take(LONGEST).collect();
    let found = if written.is_empty() { None } else { Some(find(&app, &reader, &written).await?) };
    let shell = reader.shell(Here::Elsewhere);
    Ok(answer::page(StatusCode::OK, &AddPage { shell, written, found }))
}

async fn find(app: &App, reader: &Reader, words: &str) -> Result<Vec<Listed>, Problem> {
    let own = own_practices(app, reader).await?;
    note_view(app, reader).await?;
    let called: Result<Vec<Practice>, store::Error> =
        app.store
            .read("practices by name", |mut tx| async move {
                app.store.practices_called(&mut tx, words, SHOWN).await
            })
            .await;
    let called = called?;
    let offered = called.iter().filter(|practice| can_be_asked(&practice.settings));
    Ok(offered.map(|practice| Listed::of(practice, &own)).collect())
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(super) struct Adding {
    /// The type of appointment that the patient came to make there; empty for any.
    book: Option<String>,
}

/// Asks the practice whether it knows the patient, and adds it. Who came to make an appointment goes on with that.
pub(super) async fn add(
    State(app): State<App>,
    reader: Reader,
    Path(agb): Path<String>,
    Filled(adding): Filled<Adding>,
) -> Result<Response, Problem> {
    let agb: Agb = agb.parse().map_err(|_| Problem::NoSuchPage)?;
    let (app, agb) = (&app, &agb);
    let practice: Option<Practice> = app
        .store
        .read("a practice to add", |mut tx| async move { app.store.practice(&mut tx, agb).await })
        .await?;
    let practice = practice.ok_or(Problem::NoSuchPage)?;
    let booking = adding.book.map(|category| link::to(agb, Some(&category)));
    if reader.patient.must_log_in_again(app.world.now()) {
        return Ok(session::to_login_for(booking.as_deref().unwrap_or("/practices/add")));
    }
    match (Join { patient: &reader.patient, practice: &practice }).run(app).await {
        Ok(Joined::Added) => {
            let next = booking.unwrap_or_else(|| format!("/practices?added={agb}"));
            Ok(Redirect::to(&next).into_response())
        }
        Ok(Joined::Unknown) => Ok(unknown(&reader, &practice)),
        Err(NotTried::Trouble(trouble)) => Err(Problem::practice_down(&practice, &trouble)),
        Err(NotTried::Store(error)) => Err(error.into()),
    }
}

fn unknown(reader: &Reader, practice: &Practice) -> Response {
    let shell = reader.shell(Here::Elsewhere).at(practice);
    let title =
        say(shell.language, "practices-unknown-title", &[("practice", practice.name.as_str().into())]);
    answer::page(StatusCode::UNPROCESSABLE_ENTITY, &UnknownPage { shell, title })
}
