use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{Visitor, answer::page, shell::Shell, spoken};

/// What a visitor reads who is not logged in.
#[derive(Template)]
#[template(path = "portal/welcome.html")]
struct Welcome {
    shell: Shell,
}

/// What a patient reads who has just logged out.
#[derive(Template)]
#[template(path = "portal/logged_out.html")]
struct LoggedOut {
    shell: Shell,
}

/// The first page, for whoever is not logged in.
pub(super) fn welcome() -> Response {
    page(StatusCode::OK, &Welcome { shell: Shell::of(spoken::reading()) })
}

/// The page after logging out, in the language that the patient had.
pub(crate) fn logged_out(visitor: Visitor) -> impl IntoResponse {
    let mut shell = Shell::of(spoken::reading());
    shell.language = visitor.language;
    // The session has ended, whatever was known when the request came in.
    shell.news = None;
    page(StatusCode::OK, &LoggedOut { shell })
}
