//! What a XIS can call, as OpenAPI 3.1: generated from the handlers, served at `/docs` for people and programs.
//!
//! The types here are never made: they stand beside the wire types of `fhir` and say what those read and write, in
//! the form that the contract asks for. What is read besides (D14 and other forms) is in docs/api.md.

#![expect(dead_code, reason = "these types are described and never made")]

mod answers;
mod appointment;
mod appointment_response;
mod communication;
mod datatypes;
mod examples;
mod oauth;
mod outcome;
mod page;
mod parameters;
mod patient;
mod refine;
#[cfg(test)]
mod tests;
mod told;

use axum::{Json, extract::State, routing::get};
use utoipa::{OpenApi, openapi};

use self::refine::Refine;
pub(crate) use self::{
    answers::{
        Anybody, AuthorizationServer, Body, Caller, Capabilities, Conflict, Created, Definition, Found, Keys,
        NotFound, OtherVersion, TokenAnswer, Told, Updated,
    },
    appointment::Appointment,
    appointment_response::AppointmentResponse,
    communication::Communication,
    datatypes::FhirId,
    oauth::TokenRequest,
    parameters::{IfMatch, Organization, Prefer},
    patient::{Patient, PatientSearch},
};
use crate::{
    app::App,
    auth::token,
    fhir_api::{
        appointment as appointments, appointment_response as answers_of_practices, communication as messages,
        metadata, notices, patient as patients, patient_search,
    },
    routes::Routes,
};

/// Every call of a XIS.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Balie: the API for practice systems",
        description = "What a practice's information system (XIS) calls at the platform. Bodies are FHIR R4 in JSON. \
                       Every error is an OperationOutcome with a code of its own. Fields that are not named here \
                       are ignored (D14).",
        license(name = "MIT OR Apache-2.0")
    ),
    paths(
        appointments::update,
        notices::of_appointment,
        answers_of_practices::create,
        messages::create,
        patients::invite,
        patient_search::search,
        patient_search::in_address,
        metadata::read,
        notices::definition::read,
        token::token,
        token::jwks,
        token::metadata,
    ),
    // What stands in parameters and answers is not found by itself.
    components(schemas(
        FhirId,
        appointment::HeldAppointment,
        oauth::KeySet,
        oauth::ServerMetadata,
        oauth::Token,
        oauth::TokenProblem,
        outcome::CapabilityStatement,
        outcome::OperationDefinition,
        outcome::OperationOutcome,
        patient::FoundPatients,
        told::Notices,
    )),
    modifiers(&Refine)
)]
struct Api;

/// `/docs`, for whoever asks.
pub(crate) fn router() -> Routes {
    Routes::new().route("/docs", get(page::show)).route("/docs/openapi.json", get(show))
}

/// The document of this platform.
async fn show(State(app): State<App>) -> Json<openapi::OpenApi> {
    Json(document(&app))
}

fn document(app: &App) -> openapi::OpenApi {
    let mut document = Api::openapi();
    document.servers = Some(vec![openapi::Server::new(app.config.address(""))]);
    document
}
