//! `GET /metadata`: what this API offers.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use fhir::{
    Interaction, SearchParamType, naming,
    outgoing::{CapabilityStatement, Resource as _, ResourceCapability, Server},
};
use jiff::Timestamp;

use super::{
    body::accepts_json,
    docs,
    notices::definition::{self, OPERATION},
    outcome::Refused,
};
use crate::app::App;

/// When what is offered last changed.
pub(super) fn changed() -> Timestamp {
    "2026-11-22T00:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The capability statement; needs no token.
#[utoipa::path(
    get,
    path = "/fhir/r4/metadata",
    operation_id = "capabilities",
    summary = "Ask what this API offers, as FHIR says it",
    responses(docs::Capabilities, docs::Anybody)
)]
pub(crate) async fn read(State(app): State<App>, headers: HeaderMap) -> Result<Response, Refused> {
    accepts_json(&headers)?;
    let statement = CapabilityStatement::new(
        Server {
            software: "Balie".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Appointments between patients and general practices.".to_owned(),
            url: app.config.address("/fhir/r4"),
            date: changed(),
            security: format!(
                "OAuth 2.0 client credentials at {}; every call carries X-Organization-Identifier.",
                app.config.address("/oauth2/token")
            ),
        },
        resources(&app),
    );
    Ok(([(header::CONTENT_TYPE, naming::FHIR_JSON)], statement.to_json()).into_response())
}

fn resources(app: &App) -> Vec<ResourceCapability> {
    vec![
        ResourceCapability::new(
            "Appointment",
            "PUT with status booked for a new or modified appointment, cancelled for a cancellation. \
             The patient is told of each change once; an unchanged appointment changes nothing.",
        )
        .interaction(Interaction::Update)
        .update_creates()
        .operation(
            OPERATION,
            definition::address(app),
            "GET tells what the patient was told of an appointment, in which way, and how far that is.",
        ),
        ResourceCapability::new("AppointmentResponse", "POST accepts or declines a patient's request.")
            .interaction(Interaction::Create),
        ResourceCapability::new(
            "Communication",
            "POST sends a message to a patient: category melding, one contained Patient with a BSN, one text, at most \
             5 attachments. A patient without an account is invited by mail and finds it after registering.",
        )
        .interaction(Interaction::Create),
        ResourceCapability::new(
            "Patient",
            "POST invites a patient by mail to register here, or to add this practice. POST _search finds a patient of \
             this practice who has an account here, and nobody else: 404.",
        )
        .interaction(Interaction::Create)
        .interaction(Interaction::SearchType)
        .search_param(
            "identifier",
            SearchParamType::Token,
            "A BSN, or the id of an account here (patientIdpId); in the body of POST _search, never in an address.",
        ),
        ResourceCapability::new("OperationDefinition", "What an operation of this API is; needs no token.")
            .interaction(Interaction::Read),
    ]
}
