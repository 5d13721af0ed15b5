//! What a XIS calls: FHIR R4 under `/fhir/r4`.

pub(crate) mod appointment;
pub(crate) mod appointment_response;
pub(crate) mod body;
pub(crate) mod communication;
pub(crate) mod docs;
pub(crate) mod if_match;
pub(crate) mod metadata;
pub(crate) mod notices;
pub(crate) mod outcome;
pub(crate) mod patient;
pub(crate) mod patient_search;
pub(crate) mod person;
pub(crate) mod places;
pub(crate) mod reading;
pub(crate) mod unfit;

use axum::{
    extract::DefaultBodyLimit,
    http::Method,
    routing::{get, post, put},
};

use crate::routes::Routes;
use outcome::Refused;

/// The largest body that a XIS may send (D15).
pub(crate) const BODY_BYTES: usize = 256 * 1024;

/// Where nothing is.
pub(crate) async fn nothing_here() -> Refused {
    Refused::NoSuchPath
}

/// Every URL below `/fhir/r4`.
pub(crate) fn router() -> Routes {
    Routes::new()
        .route("/metadata", get(metadata::read))
        .route("/Appointment/{id}", put(appointment::update))
        .route("/Appointment/{id}/$notices", get(notices::of_appointment))
        .route("/OperationDefinition/Appointment-notices", get(notices::definition::read))
        .route("/AppointmentResponse", post(appointment_response::create))
        .route("/Communication", post(communication::create))
        .route("/Patient", post(patient::invite).get(patient_search::in_address))
        .route("/Patient/_search", post(patient_search::search))
        .fallback(nothing_here)
        .method_not_allowed_fallback(async |method: Method| Refused::Method(method))
        // Read by `body::Fhir`, which answers in an OperationOutcome.
        .layer(DefaultBodyLimit::disable())
}
