//! The practitioners' pages, by URL. Complete without JavaScript; with it an open page follows the agenda.
//!
//! There is no login here: a practice puts its own sign-on in front of these pages, as it does of its whole XIS.

mod answer;
mod appointment;
mod assets;
mod cancel;
mod choose;
mod create;
mod day;
mod finding;
mod frame;
mod headers;
mod language;
mod live;
mod moving;
mod place;
mod problem;
mod requests;
mod same_origin;
mod tell;
mod theme;
mod view;
mod visitor;

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{get, post},
};

use frame::{Frame, Section};
use problem::PageProblem;
use visitor::Visitor;

use crate::service::Service;

/// Longest text that a practitioner may send to a patient, in characters.
const LONGEST_MESSAGE: usize = 500;

/// Everything but `/fhir/r4`.
pub(crate) fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/", get(choose::show))
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
        .layer(middleware::from_fn(headers::protect))
        .with_state(service)
}

/// What a practitioner typed, trimmed; nothing when it is empty. Longer texts than the form allows are cut there.
fn typed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.chars().take(LONGEST_MESSAGE).collect())
}
