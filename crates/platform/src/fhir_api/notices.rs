//! `GET /Appointment/{id}/$notices`: what the patient was told of an appointment, and how far that is.

mod communication;
pub(crate) mod definition;

use agenda::XisId;
use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use fhir::{
    naming,
    outgoing::{Communication, Resource as _, Searchset},
};
use store::{Actor, Error, Tx};

use super::{body::accepts_json, docs, outcome::Refused};
use crate::{app::App, audit::Audit, auth::xis::Xis};

const ACTION: &str = "notices read";

/// The handler: own practices only; what is another's is as unknown as what is nobody's. A refusal leaves its line
/// in the audit trail.
#[utoipa::path(
    get,
    path = "/fhir/r4/Appointment/{id}/$notices",
    operation_id = "noticesOfAppointment",
    summary = "Ask what the patient was told",
    description = "An addition to the contract. The last 100 notices of an appointment of your practice, newest \
                   first: whether, how and when; neither what was said nor to which address.",
    params(
        ("id" = docs::FhirId, Path, description = "The appointment's id in your system"),
        docs::Organization,
    ),
    responses(docs::Told, docs::Anybody, docs::Caller, docs::NotFound),
    security(("token" = ["system/*.*"]))
)]
pub(crate) async fn of_appointment(
    State(app): State<App>,
    xis: Xis,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let id: Option<XisId> = path.ok().and_then(|Path(id)| id.parse().ok());
    match answer(&app, &xis, id.as_ref(), &headers).await {
        Ok(response) => Ok(response),
        Err(refused) => Err(xis.note_refusal(&app, ACTION, id.as_ref(), refused).await),
    }
}

async fn answer(app: &App, xis: &Xis, id: Option<&XisId>, headers: &HeaderMap) -> Result<Response, Refused> {
    accepts_json(headers)?;
    let id = id.ok_or(Refused::NoSuchAppointment)?;
    let told = app
        .store
        .tx("tell what became of notices", |mut tx| async move { read(app, &mut tx, xis, id).await })
        .await?;
    let told = told.ok_or(Refused::NoSuchAppointment)?;
    let base = app.config.address("/fhir/r4");
    let entries = told.into_iter().map(|one| (format!("{base}/Communication/{}", one.id), one));
    let found = Searchset::new(format!("{base}/Appointment/{}/$notices", id.as_str()), entries);
    Ok(([(header::CONTENT_TYPE, naming::FHIR_JSON)], found.to_json()).into_response())
}

/// Newest first, each notice in every way in which it is told; `None` for an appointment that is not there.
async fn read(app: &App, tx: &mut Tx, xis: &Xis, id: &XisId) -> Result<Option<Vec<Communication>>, Error> {
    let (store, practice) = (&app.store, &xis.practice.agb);
    let Some(stored) = store.appointment_by_xis_id(tx, practice, id).await? else { return Ok(None) };
    let mut told = Vec::new();
    for notice in store.notices_of(tx, practice, stored.id).await? {
        let sendings = store.sendings_of(tx, practice, notice.id).await?;
        told.extend(communication::of(&notice, sendings, id));
    }
    let actor = &Actor::Xis(xis.client.clone());
    let line = Audit::of(actor, ACTION).subject(stored.account).practice(practice).object(id);
    line.write(app, tx, "shown").await?;
    Ok(Some(told))
}
