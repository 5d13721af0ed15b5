//! `/book`: at which practice?

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{address, at_practice};
use crate::{
    app::App,
    portal::{
        Problem,
        answer::page,
        reader::Reader,
        shell::{Face, Here, Shell},
    },
};

#[derive(Template)]
#[template(path = "portal/book/practice.html")]
struct PracticePage {
    shell: Shell,
    choices: Vec<PracticeChoice>,
}

struct PracticeChoice {
    face: Face,
    link: String,
}

/// Skipped for the patient of one practice.
pub(super) async fn show(State(app): State<App>, reader: Reader) -> Result<Response, Problem> {
    let practices = at_practice::own_practices(&app, &reader).await?;
    if let [only] = &*practices {
        return Ok(Redirect::to(&address::types(&only.agb)).into_response());
    }
    let choices = practices
        .iter()
        .map(|practice| PracticeChoice { face: Face::of(practice), link: address::types(&practice.agb) })
        .collect();
    let shell = reader.shell(Here::Booking);
    Ok(page(StatusCode::OK, &PracticePage { shell, choices }))
}
