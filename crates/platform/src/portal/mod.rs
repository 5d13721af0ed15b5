//! The pages for patients: rendered here, complete without a script, each with an address of its own.
//!
//! A page is one file with its handler, its view and its tests. What surrounds every page is the [`Shell`]; a page
//! that cannot be shown is a [`Problem`]. GET changes nothing but the receipt that news was seen.

pub(crate) mod address;
mod answer;
mod appointment;
mod book;
mod calendar;
pub(crate) mod calendar_feed;
mod cancel;
mod card;
mod filled;
mod headers;
mod installed;
pub(crate) mod invitation;
mod language;
mod live;
mod logo;
mod messages;
mod my_data;
mod overview;
mod plain;
mod practices;
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

use axum::routing::{get, post};

pub(crate) use headers::{data_headers, headers};
pub(crate) use live::Streams;
pub(crate) use plain::{broken, refusals};
pub(crate) use problem::Problem;
#[cfg(any(test, feature = "fuzz"))]
pub(crate) use push::Given;
pub(crate) use statics::address as static_address;
pub(crate) use visitor::Visitor;
pub(crate) use welcome::{logged_out, session_ended};

use crate::routes::Routes;

/// Every page, and what pages load.
pub(crate) fn router() -> Routes {
    Routes::new()
        .route("/", get(overview::show))
        .route("/appointments/{id}", get(appointment::show))
        .route("/appointments/{id}/calendar.ics", get(calendar::download))
        .route("/appointments/{id}/cancel", get(cancel::show).post(cancel::send))
        .merge(book::router())
        .merge(preferences::router())
        .merge(address::router())
        .merge(calendar_feed::router())
        .merge(push::router())
        .merge(installed::router())
        .merge(practices::router())
        .merge(my_data::router())
        .route("/invitations/{token}", get(invitation::show).post(invitation::accept))
        .route("/language", post(language::choose))
        .route("/live", get(live::listen))
        .route("/messages", get(messages::show))
        .route("/messages/{id}", get(messages::one::show))
        .route("/messages/{id}/attachments/{number}", get(messages::attachment::get))
        .route("/practices/{agb}/logo", get(logo::of_practice))
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
