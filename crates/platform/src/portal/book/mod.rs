//! Booking: one question a page, each with an address of its own.
//!
//! What was chosen stands in the address until a time is chosen, and from then on in the patient's draft, which
//! outlives the session. What the patient writes is never in an address. An appointment is moved with the same pages
//! ([`reschedule`]).

pub(super) mod address;
mod asking;
mod at_practice;
mod check;
mod choose_agenda;
mod choose_practice;
mod choose_time;
mod choose_type;
mod draft;
mod late;
pub(super) mod link;
mod moving;
mod offer;
mod opening;
pub(super) mod reason;
mod reschedule;
mod summary;

use axum::{extract::DefaultBodyLimit, routing::get};

pub(super) use at_practice::own_practices;

use crate::routes::Routes;

/// A form with a reason of many times the length that is possible; more is not typed by hand.
const FORM_BYTES: usize = 64 * 1024;

/// The pages of booking, in the order in which they come.
pub(super) fn router() -> Routes {
    Routes::new()
        .route("/book", get(choose_practice::show))
        .route("/make-appointment/{agb}", get(link::show))
        .route("/book/{agb}", get(choose_type::show))
        .route("/book/{agb}/agenda", get(choose_agenda::show))
        .route("/book/{agb}/time", get(choose_time::show).post(choose_time::choose))
        .route("/book/{agb}/reason", get(reason::show).post(reason::write))
        .route("/book/{agb}/check", get(check::show).post(check::send))
        .merge(reschedule::router())
        .layer(DefaultBodyLimit::max(FORM_BYTES))
}
