//! `/my-data`: what is kept of a patient, to be seen, to be taken along and to be ended, and who has looked at it.

mod access;
mod delete;
mod download;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};

use store::Actor;

use super::{
    Problem, answer,
    reader::Reader,
    shell::{Here, Shell},
};
use crate::{app::App, audit::Audit, routes::Routes};

pub(super) fn router() -> Routes {
    Routes::new()
        .route("/my-data", get(show))
        .route("/my-data/access", get(access::show))
        .route("/my-data/download", post(download::send))
        .route("/my-data/delete", get(delete::ask).post(delete::delete))
}

#[derive(Template)]
#[template(path = "portal/my_data/overview.html")]
struct OverviewPage {
    shell: Shell,
    name: String,
    mail: Option<String>,
}

async fn show(State(app): State<App>, reader: Reader) -> Result<Response, Problem> {
    let account = &reader.patient.account;
    let actor = &Actor::Patient(account.id);
    let line = Audit::of(actor, "my data view").subject(account.id);
    line.shown(&app, &reader.patient.session).await?;
    let view = OverviewPage {
        shell: reader.shell(Here::Elsewhere),
        name: account.name.clone(),
        mail: account.mail.clone(),
    };
    Ok(answer::page(StatusCode::OK, &view))
}
