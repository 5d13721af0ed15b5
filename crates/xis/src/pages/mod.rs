//! The practitioners' pages, by URL. Complete without JavaScript; with it an open page follows the agenda.
//!
//! A [`Visitor`] is somebody who is logged in and works for the practice of the page: the permission of every page
//! that takes one. (For tests on one machine the login can be left out: [`crate::config::Config::without_login`].)

mod answer;
mod appointment;
mod assets;
mod cancel;
mod choose;
mod cookie;
mod create;
mod day;
mod finding;
mod frame;
mod headers;
mod language;
mod live;
mod login;
mod moving;
mod place;
mod problem;
mod reading;
mod requests;
mod same_origin;
mod session;
mod tell;
mod theme;
mod view;
mod visitor;

use std::sync::Arc;

use axum::{
    middleware,
    routing::{get, post},
};

use frame::{Frame, Section};
use problem::PageProblem;
use visitor::Visitor;

use crate::{routes::Routes, service::Service};

/// Longest text that a practitioner may send to a patient, in characters.
const LONGEST_MESSAGE: usize = 500;

/// Everything but `/fhir/r4`.
pub(crate) fn router(service: &Arc<Service>) -> Routes {
    Routes::new()
        .route("/", get(choose::show))
        .route("/login", get(login::start))
        .route("/login/callback", get(login::callback))
        .route("/logout", post(login::logout))
        .route("/logged-out", get(login::logged_out))
        .route("/language", post(language::switch))
        .route("/static/{file}", get(assets::show))
        .route("/live/{agb}", get(live::listen))
        .route("/{agb}", get(day::first))
        .route("/{agb}/theme.css", get(theme::show))
        .route("/{agb}/requests", get(requests::show))
        .route("/{agb}/day", get(day::find))
        .route("/{agb}/{schedule}/{date}", get(day::show))
        .route("/{agb}/appointments/new", get(create::show).post(create::save))
        .route("/{agb}/appointments/{id}", get(appointment::show))
        .route("/{agb}/appointments/{id}/approve", post(answer::approve))
        .route("/{agb}/appointments/{id}/decline", post(answer::decline))
        .route("/{agb}/appointments/{id}/cancel", post(cancel::cancel))
        .route("/{agb}/appointments/{id}/move", get(moving::show).post(moving::save))
        .route("/{agb}/appointments/{id}/tell", post(tell::again))
        .fallback(problem::no_such_page)
        .layer(middleware::from_fn(same_origin::require))
        .layer(middleware::from_fn_with_state(Arc::clone(service), headers::protect))
        .layer(middleware::map_request(cookie::with_plain_names))
}

/// What a practitioner typed, trimmed; nothing when it is empty. Longer texts than the form allows are cut there.
fn typed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.chars().take(LONGEST_MESSAGE).collect())
}
