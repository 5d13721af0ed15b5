//! `POST /AppointmentResponse`: a practice answers a request.

use agenda::{Bsn, Decision, XisId};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use fhir::incoming::{self, AppointmentResponse};

use super::{body::Fhir, docs, outcome::Refused};
use crate::{
    app::App,
    auth::xis::{Xis, XisOfOnePractice},
    booking::response::{ACTION, PracticeResponse},
};

/// The handler: read, act, answer. A refusal leaves its line in the audit trail.
#[utoipa::path(
    post,
    path = "/fhir/r4/AppointmentResponse",
    operation_id = "answerRequest",
    summary = "Accept or decline what a patient asked for",
    description = "The same answer again changes nothing; declined after accepted cancels (B5).",
    params(docs::Organization),
    request_body(content(
        (docs::AppointmentResponse = "application/fhir+json"),
        (docs::AppointmentResponse = "application/json"),
    )),
    responses(docs::Created, docs::Anybody, docs::Caller, docs::Body, docs::NotFound, docs::Conflict),
    security(("token" = ["system/*.*"]))
)]
pub(crate) async fn create(
    State(app): State<App>,
    XisOfOnePractice(xis): XisOfOnePractice,
    body: Result<Fhir, Refused>,
) -> Result<Response, Refused> {
    let read = body.and_then(|Fhir(body)| Ok(fhir::parse(&body)?)).and_then(|found| read(&xis, &found));
    let object = read.as_ref().ok().map(|response| response.xis_id.clone());
    let done = match read {
        Ok(response) => response.run(&app).await,
        Err(refused) => Err(refused),
    };
    if let Err(refused) = done {
        return Err(xis.note_refusal(&app, ACTION, object.as_ref(), refused).await);
    }
    let location = app.config.address(&format!("/fhir/r4/AppointmentResponse/{}", app.new_id()));
    Ok((StatusCode::CREATED, [(header::LOCATION, location)]).into_response())
}

pub(crate) fn read<'a>(xis: &'a Xis, found: &AppointmentResponse) -> Result<PracticeResponse<'a>, Refused> {
    let decision = match found.participant_status.as_deref() {
        Some("accepted") => Decision::Accepted,
        Some("declined") => Decision::Declined,
        Some(_) => return Err(Refused::ParticipantStatus),
        None => return Err(required("AppointmentResponse.participantStatus")),
    };
    let actor = found.actor.as_ref().ok_or_else(|| required("AppointmentResponse.actor"))?;
    if actor.reference.is_none() && actor.identifiers.is_empty() {
        return Err(required("AppointmentResponse.actor.reference"));
    }
    Ok(PracticeResponse {
        xis,
        xis_id: appointment(xis, found)?,
        decision,
        comment: found.comment.clone(),
        patient: patient(xis, found)?,
    })
}

/// B7: relative or absolute, of that organisation's system.
fn appointment(xis: &Xis, found: &AppointmentResponse) -> Result<XisId, Refused> {
    const PLACE: &str = "AppointmentResponse.appointment.reference";
    let reference = found.appointment.as_ref().filter(|appointment| appointment.reference.is_some());
    let reference = reference.ok_or_else(|| required(PLACE))?;
    let base = xis.practice.settings.xis_base_url.as_deref();
    let id = reference.id("Appointment", base).ok_or(Refused::UnknownAppointment)?;
    id.parse().map_err(|_| Refused::IdMalformed(PLACE))
}

fn required(path: &str) -> Refused {
    Refused::Required(path.to_owned())
}

/// B2: a BSN must be the patient's; any other identifier is a practitioner's.
fn patient(xis: &Xis, found: &AppointmentResponse) -> Result<Option<Bsn>, Refused> {
    let lenient = xis.practice.settings.lenient_bsn;
    let mut all = incoming::bsns(found.identifiers());
    let Some(text) = all.next() else { return Ok(None) };
    if all.any(|other| other != text) {
        return Err(Refused::NotThePatient);
    }
    let parsed = if lenient { Bsn::parse_lenient(text) } else { Bsn::parse(text) };
    let place = || "AppointmentResponse.actor.reference.identifier.value".to_owned();
    parsed.map(Some).map_err(|_| Refused::InvalidBsn(place()))
}
