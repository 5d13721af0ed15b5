use agenda::Agb;
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use store::Practice;

use super::note_view;
use crate::{
    account::leave::{Left, leave},
    app::App,
    portal::{
        Problem, answer,
        book::own_practices,
        reader::Reader,
        shell::{Here, Shell},
    },
    words::say,
};

#[derive(Template)]
#[template(path = "portal/practices/remove.html")]
struct RemovePage {
    shell: Shell,
    agb: Agb,
    title: String,
    /// Whether a visit is ahead there, so that it cannot be.
    has_visits: bool,
}

/// The question; a practice that is not the patient's looks like one that is not there.
pub(super) async fn ask(
    State(app): State<App>,
    reader: Reader,
    Path(agb): Path<String>,
) -> Result<Response, Problem> {
    let practice = own(&app, &reader, &agb).await?;
    note_view(&app, &reader).await?;
    Ok(page(&reader, &practice, false))
}

pub(super) async fn remove(
    State(app): State<App>,
    reader: Reader,
    Path(agb): Path<String>,
) -> Result<Response, Problem> {
    let practice = own(&app, &reader, &agb).await?;
    match leave(&app, reader.id(), &practice.agb).await? {
        Left::Gone | Left::NotOne => Ok(Redirect::to("/practices?removed=1").into_response()),
        Left::HasVisits => Ok(page(&reader, &practice, true)),
    }
}

async fn own(app: &App, reader: &Reader, agb: &str) -> Result<Practice, Problem> {
    let own = own_practices(app, reader).await?;
    own.into_iter().find(|practice| practice.agb.as_str() == agb).ok_or(Problem::NoSuchPage)
}

fn page(reader: &Reader, practice: &Practice, has_visits: bool) -> Response {
    let shell = reader.shell(Here::Elsewhere).at(practice);
    let key = if has_visits { "practices-has-visits-title" } else { "practices-remove-title" };
    let title = say(shell.language, key, &[("practice", practice.name.as_str().into())]);
    let status = if has_visits { StatusCode::CONFLICT } else { StatusCode::OK };
    answer::page(status, &RemovePage { shell, agb: practice.agb.clone(), title, has_visits })
}
