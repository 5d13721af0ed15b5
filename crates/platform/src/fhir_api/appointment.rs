//! `PUT /Appointment/{id}`: a XIS tells of an appointment.

use std::sync::Arc;

use agenda::{Update, XisId};
use axum::{
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use fhir::{
    AppointmentStatus, ParticipationStatus, incoming, naming,
    outgoing::{self, CodeableConcept, Identifier, Meta, Participant, Reference, Resource as _},
};
use store::Stored;

use super::{body::Fhir, docs, if_match::IfMatch, outcome::Refused, reading};
use crate::{
    app::App,
    auth::xis::Xis,
    booking::xis_update::{ACTION, Done, XisUpdate},
    limits,
};

/// The handler: read, act, answer. A refusal leaves its line in the audit trail.
#[utoipa::path(
    put,
    path = "/fhir/r4/Appointment/{id}",
    operation_id = "updateAppointment",
    summary = "Tell of an appointment",
    description = "Send the whole appointment at each change. The patient is told of each change once; sending \
                   the same again is safe and changes nothing.",
    params(
        ("id" = docs::FhirId, Path, description = "The appointment's id in your system"),
        docs::Organization,
        docs::IfMatch,
        docs::Prefer,
    ),
    request_body(content(
        (docs::Appointment = "application/fhir+json"),
        (docs::Appointment = "application/json"),
    )),
    responses(docs::Updated, docs::Anybody, docs::Caller, docs::Body, docs::NotFound, docs::OtherVersion),
    security(("token" = ["system/*.*"]))
)]
pub(crate) async fn update(
    State(app): State<App>,
    xis: Xis,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Fhir, Refused>,
) -> Result<Response, Refused> {
    let id: Option<XisId> = path.ok().and_then(|Path(id)| id.parse().ok());
    let xis = Arc::new(xis);
    let leave = limits::leave_to_tell(&app, &xis).await?;
    let done = carry_out(&app, &xis, id.clone(), &headers, body).await;
    leave.end(match &done {
        Ok(done) => matches!(done, Done::Parked | Done::GoneToUnknownPatient),
        Err(refused) => refused.tells_of_a_stranger(),
    });
    let refused = match done {
        Ok(Done::Stored(stored)) => return Ok(answer(&app, &stored, wants_representation(&headers))),
        Ok(Done::Parked) => return Ok(Response::new(Body::empty())),
        Ok(Done::GoneToUnknownPatient) => Refused::UnknownPatient,
        Err(refused) => refused,
    };
    Err(xis.note_refusal(&app, ACTION, id.as_ref(), refused).await)
}

async fn carry_out(
    app: &App,
    xis: &Arc<Xis>,
    id: Option<XisId>,
    headers: &HeaderMap,
    body: Result<Fhir, Refused>,
) -> Result<Done, Refused> {
    let Fhir(body) = body?;
    let id = id.ok_or(Refused::IdMalformed("Appointment.id"))?;
    let found: incoming::Appointment = fhir::parse(&body)?;
    let read = reading::appointment(&found, &xis.practice.settings)?;
    match read.id.as_deref() {
        None => return Err(Refused::IdMissing),
        Some(in_body) if in_body != id.as_str() => return Err(Refused::IdDiffers),
        Some(_) => {}
    }
    let xis_update = XisUpdate {
        xis: Arc::clone(xis),
        xis_id: id,
        update: Update { status: read.status, content: read.content },
        bsn: read.bsn,
        ours: read.ours,
        if_match: IfMatch::read(headers)?,
        last_updated: read.last_updated,
        cancel_window: read.cancel_window,
        body,
    };
    xis_update.run(app).await
}

/// A20: the body only where it is asked for.
fn wants_representation(headers: &HeaderMap) -> bool {
    let preferences = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
    preferences.flat_map(|value| value.split([',', ';'])).any(|one| one.trim() == "return=representation")
}

/// A6: 200, with `Location` and `ETag`.
fn answer(app: &App, stored: &Stored, representation: bool) -> Response {
    // FHIR wants a participant: what has none, such as a tombstone (A1), is not shown.
    let resource = Some(resource(stored)).filter(|shown| representation && !shown.participant.is_empty());
    let representation = resource.is_some();
    let mut response = Response::new(resource.map_or_else(Body::empty, |resource| resource.to_json().into()));
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    if representation {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(naming::FHIR_JSON));
    }
    let id = stored.xis_id.as_ref().map(|id| id.as_str()).unwrap_or_default();
    let texts = [
        (header::ETAG, format!("W/\"{}\"", stored.revision)),
        (
            header::LOCATION,
            app.config.address(&format!("/fhir/r4/Appointment/{id}/_history/{}", stored.revision)),
        ),
    ];
    for (name, text) in texts {
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.insert(name, value);
        }
    }
    response
}

/// The appointment as we hold it, without what the patient wrote and without a BSN.
fn resource(stored: &Stored) -> outgoing::Appointment {
    use agenda::State;
    let content = &stored.appointment.content;
    let status = match stored.appointment.state {
        State::Requested { .. } | State::Unknown { .. } | State::Pending => AppointmentStatus::Proposed,
        State::Booked => AppointmentStatus::Booked,
        State::Cancelled { .. } | State::Declined { .. } | State::Failed { .. } | State::Tombstone => {
            AppointmentStatus::Cancelled
        }
    };
    let participant = content.participants.iter().filter_map(|one| {
        let actor = Reference::named(one.reference.clone(), one.display.clone())?;
        Some(Participant { actor, required: None, status: ParticipationStatus::Accepted })
    });
    outgoing::Appointment {
        id: stored.xis_id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default(),
        meta: Some(Meta { version_id: stored.revision.to_string(), last_updated: stored.changed_at }),
        identifier: vec![Identifier::uuid(stored.id)],
        status,
        service_category: content.categories.iter().map(concept).collect(),
        start: content.start,
        end: content.end,
        slot: Vec::new(),
        comment: content.comment.clone(),
        participant: participant.collect(),
    }
}

/// A coding on its way out.
pub(crate) fn concept(coding: &agenda::Coding) -> CodeableConcept {
    CodeableConcept::from(outgoing::Coding {
        system: Some(coding.system.clone()).filter(|system| !system.is_empty()),
        code: coding.code.clone(),
        display: coding.display.clone(),
    })
}
