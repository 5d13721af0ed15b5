//! What the platform calls, by URL: version 2 of the contract, and version 1 for practices that are set to it (D13).
//!
//! Every call but `/metadata` (which holds no data) needs a token and names its practice: the [`Caller`].

mod appointment_create;
mod appointment_read;
mod appointment_response;
mod body;
mod caller;
mod dates;
mod metadata;
mod negotiate;
mod patient;
mod practitioner_role;
mod problem;
mod query;
mod refused;
mod request_id;
mod resource;
mod schedule;
mod slot;
mod value_set;

use std::sync::Arc;

use axum::{
    middleware,
    routing::{any, get, post},
};
use http::StatusCode;

use caller::Caller;
use problem::Problem;
use query::Query;
use resource::Resource;

use crate::{routes::Routes, service::Service};

/// Everything below `/fhir/r4`.
pub(crate) fn router(service: &Arc<Service>) -> Routes {
    Routes::new()
        .route("/metadata", get(metadata::show))
        .route("/ValueSet/BookableAppointmentTypes", get(value_set::show))
        .route("/Patient", get(patient::search))
        .route("/PractitionerRole", get(practitioner_role::search))
        .route("/Schedule", get(schedule::search))
        .route("/Slot", get(slot::search))
        .route("/Appointment", get(appointment_read::search).post(appointment_create::create))
        .route("/Appointment/{id}", get(appointment_read::read))
        .route("/AppointmentResponse", post(appointment_response::create))
        // A route and not a fallback: the pages beside it would claim the address.
        .route("/{*anything}", any(no_such_address))
        .method_not_allowed_fallback(no_such_interaction)
        .layer(middleware::from_fn(negotiate::negotiate))
        .layer(middleware::from_fn_with_state(Arc::clone(service), request_id::give))
}

async fn no_such_address() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not-found", "NO_SUCH_ADDRESS", "There is nothing at this address.")
        .advice("GET metadata lists what this server offers.")
}

async fn no_such_interaction() -> Problem {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    Problem::new(status, "not-supported", "NO_SUCH_INTERACTION", "This address does not take this method.")
        .advice("GET metadata lists what this server offers.")
}
