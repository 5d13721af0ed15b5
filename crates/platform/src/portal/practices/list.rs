use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;

use super::{Listed, note_view};
use crate::{
    app::App,
    portal::{
        Problem, answer,
        book::own_practices,
        reader::Reader,
        shell::{Here, Shell},
    },
    words::say,
};

/// What has just been done.
#[derive(Debug, Deserialize)]
pub(super) struct Done {
    /// The practice that was added.
    added: Option<String>,
    removed: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/practices/list.html")]
struct ListPage {
    shell: Shell,
    own: Vec<Listed>,
    done: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let own = own_practices(&app, &reader).await?;
    note_view(&app, &reader).await?;
    let shell = reader.shell(Here::Elsewhere);
    let added = own.iter().find(|practice| done.added.as_deref() == Some(practice.agb.as_str()));
    let said = match added {
        Some(practice) => {
            Some(say(shell.language, "practices-added", &[("practice", practice.name.as_str().into())]))
        }
        None => done.removed.map(|_| shell.say("practices-removed")),
    };
    let own = own.iter().map(|practice| Listed::of(practice, &own)).collect();
    Ok(answer::page(StatusCode::OK, &ListPage { shell, own, done: said }))
}
