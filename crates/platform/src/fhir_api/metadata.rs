//! `GET /metadata`: what this API offers.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use fhir::{
    Interaction, naming,
    outgoing::{CapabilityStatement, Resource as _, ResourceCapability, Server},
};
use jiff::Timestamp;

use super::{body::accepts_json, outcome::Refused};
use crate::app::App;

/// When what is offered last changed.
const CHANGED: &str = "2026-11-22T00:00:00Z";

/// The capability statement; needs no token.
pub(crate) async fn read(State(app): State<App>, headers: HeaderMap) -> Result<Response, Refused> {
    accepts_json(&headers)?;
    let statement = CapabilityStatement::new(
        Server {
            software: "Balie".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Appointments between patients and general practices.".to_owned(),
            url: app.config.address("/fhir/r4"),
            date: CHANGED.parse().unwrap_or(Timestamp::UNIX_EPOCH),
            security: format!(
                "OAuth 2.0 client credentials at {}; every call carries X-Organization-Identifier.",
                app.config.address("/oauth2/token")
            ),
        },
        resources(),
    );
    Ok(([(header::CONTENT_TYPE, naming::FHIR_JSON)], statement.to_json()).into_response())
}

fn resources() -> Vec<ResourceCapability> {
    vec![
        ResourceCapability::new(
            "Appointment",
            "PUT with status booked for a new or modified appointment, cancelled for a cancellation. \
             The patient is told of each change once; an unchanged appointment changes nothing.",
        )
        .interaction(Interaction::Update)
        .update_creates(),
        ResourceCapability::new("AppointmentResponse", "POST accepts or declines a patient's request.")
            .interaction(Interaction::Create),
    ]
}
