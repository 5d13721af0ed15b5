//! `GET /OperationDefinition/Appointment-notices`: what `$notices` is, for whoever asks.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use fhir::{
    naming,
    outgoing::{OperationDefinition, OperationName, Resource as _},
};

use crate::{
    app::App,
    fhir_api::{body::accepts_json, docs, metadata, outcome::Refused},
};

/// What stands after the `$`.
pub(crate) const OPERATION: &str = "notices";
const ID: &str = "Appointment-notices";

/// Where the definition is.
pub(crate) fn address(app: &App) -> String {
    app.config.address(&format!("/fhir/r4/OperationDefinition/{ID}"))
}

/// The definition; needs no token.
#[utoipa::path(
    get,
    path = "/fhir/r4/OperationDefinition/Appointment-notices",
    operation_id = "noticesDefinition",
    summary = "Ask what $notices is, as FHIR says it",
    responses(docs::Definition, docs::Anybody)
)]
pub(crate) async fn read(State(app): State<App>, headers: HeaderMap) -> Result<Response, Refused> {
    accepts_json(&headers)?;
    let name = OperationName {
        id: ID.to_owned(),
        url: address(&app),
        name: "AppointmentNotices".to_owned(),
        code: OPERATION.to_owned(),
        resource: "Appointment".to_owned(),
    };
    let definition = OperationDefinition::giving_bundle(
        name,
        metadata::changed(),
        "What the patient was told of this appointment and how far that is. Neither what was said nor to which \
         address. With GET; for the appointments of your own practices.",
        "A searchset of Communication, one for each notice and way of telling, newest first.",
    );
    Ok(([(header::CONTENT_TYPE, naming::FHIR_JSON)], definition.to_json()).into_response())
}
