//! `/book/{agb}`: what is it about?

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use super::{address, at_practice::AtPractice, offer, summary};
use crate::{
    app::App,
    portal::{Problem, answer::page, shell::Shell},
};

#[derive(Template)]
#[template(path = "portal/book/type.html")]
struct TypePage {
    shell: Shell,
    choices: Vec<TypeChoice>,
    has_other_practices: bool,
}

struct TypeChoice {
    name: String,
    link: String,
    /// What the practice says first of what is urgent.
    urgent: Option<summary::Urgent>,
}

pub(super) async fn show(State(app): State<App>, at: AtPractice) -> Result<Response, Problem> {
    let types = offer::types(&app, &at).await?;
    let choices = types
        .into_iter()
        .map(|category| TypeChoice {
            link: address::agendas(at.agb(), &category),
            name: summary::name(&category),
            urgent: summary::Urgent::of(&at, &category),
        })
        .collect();
    let shell = at.shell();
    Ok(page(StatusCode::OK, &TypePage { shell, choices, has_other_practices: at.has_others }))
}
