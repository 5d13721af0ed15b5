//! The pages for patients: rendered here, complete without a script, each with an address of its own.
//!
//! A page is one file with its handler, its view and its tests. What surrounds every page is the [`Shell`]; a page
//! that cannot be shown is a [`Problem`]. GET changes nothing but the receipt that news was seen.

mod answer;
mod appointment;
mod book;
mod calendar;
mod cancel;
mod card;
mod filled;
mod headers;
pub(crate) mod invitation;
mod language;
mod live;
mod messages;
mod overview;
mod preferences;
mod problem;
mod push;
mod reader;
mod seen;
mod shell;
mod spoken;
mod statics;
mod theme;
mod unheard;
pub(crate) mod unsubscribe;
mod visitor;
mod welcome;

use axum::{
    Router,
    routing::{get, post},
};

pub(crate) use headers::headers;
pub(crate) use live::Streams;
pub(crate) use problem::Problem;
pub(crate) use visitor::Visitor;
pub(crate) use welcome::logged_out;

use crate::app::App;

/// Every page, and what pages load.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/", get(overview::show))
        .route("/appointments/{id}", get(appointment::show))
        .route("/appointments/{id}/calendar.ics", get(calendar::download))
        .route("/appointments/{id}/cancel", get(cancel::show).post(cancel::send))
        .merge(book::router())
        .merge(preferences::router())
        .merge(push::router())
        .route("/invitations/{token}", get(invitation::show).post(invitation::accept))
        .route("/language", post(language::choose))
        .route("/live", get(live::listen))
        .route("/messages", get(messages::show))
        .route("/messages/{id}", get(messages::one::show))
        .route("/messages/{id}/attachments/{number}", get(messages::download::get))
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
