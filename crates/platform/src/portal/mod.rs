//! The pages for patients: rendered here, complete without a script, each with an address of its own.
//!
//! A page is one file with its handler, its view and its tests. What surrounds every page is the [`Shell`]; a page
//! that cannot be shown is a [`Problem`]. GET changes nothing but the receipt that news was seen.

mod answer;
mod appointment;
mod book;
mod card;
mod filled;
mod headers;
mod language;
mod overview;
mod problem;
mod reader;
mod seen;
mod shell;
mod spoken;
mod statics;
mod theme;
mod visitor;
mod welcome;

use axum::{
    Router,
    routing::{get, post},
};

pub(crate) use headers::headers;
pub(crate) use problem::Problem;
pub(crate) use visitor::Visitor;
pub(crate) use welcome::logged_out;

use crate::app::App;

/// Every page, and what pages load.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/", get(overview::show))
        .route("/appointments/{id}", get(appointment::show))
        .merge(book::router())
        .route("/language", post(language::choose))
        .route("/practices/{agb}/theme.css", get(theme::of_practice))
        .route("/static/{version}/{name}", get(statics::file))
        .fallback(problem::no_such_page)
        .method_not_allowed_fallback(problem::no_such_page)
}

/// Whose time the page speaks of: the practice's, which is Dutch time nearly always.
fn times_said(shell: &shell::Shell, zone: Option<&jiff::tz::TimeZone>) -> String {
    let dutch = zone.is_none_or(|zone| zone.iana_name() == Some("Europe/Amsterdam"));
    shell.say(if dutch { "shell-times-dutch" } else { "shell-times-local" })
}
