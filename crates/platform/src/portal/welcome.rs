use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use url::Url;

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
    /// Where the session at the login provider ends.
    provider: Option<Url>,
}

/// What a patient reads who was away for too long.
#[derive(Template)]
#[template(path = "portal/session_ended.html")]
struct SessionEnded {
    shell: Shell,
    /// The page to come back to, as the query of the login.
    back: String,
}

/// The first page, for whoever is not logged in.
pub(super) fn welcome() -> Response {
    page(StatusCode::OK, &Welcome { shell: Shell::of(spoken::reading()) })
}

/// The page after logging out, in the language that the patient had.
pub(crate) fn logged_out(visitor: Visitor, provider: Option<Url>) -> impl IntoResponse {
    let mut shell = Shell::of(spoken::reading());
    shell.language = visitor.language;
    // The session has ended, whatever was known when the request came in.
    (shell.news, shell.lasting) = (None, None);
    page(StatusCode::OK, &LoggedOut { shell, provider })
}

/// The page that says that the session is over; the login leads back to `to`.
pub(crate) fn session_ended(to: &str) -> Response {
    let back = url::form_urlencoded::Serializer::new(String::new()).append_pair("to", to).finish();
    page(StatusCode::OK, &SessionEnded { shell: Shell::of(spoken::reading()), back })
}
