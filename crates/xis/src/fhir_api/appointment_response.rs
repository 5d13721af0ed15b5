use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use serde_json::json;

use super::{Caller, Problem, Resource, body::Body, refused::not_there};
use crate::{
    Bsn,
    agenda::{Refusal, cancel_by_patient},
    fhir::Cancellation,
    tables::{Patient, appointments},
};

/// `POST /AppointmentResponse`: a patient cancels. Cancelling again answers the same and changes nothing (B5).
///
/// Who cancels is said by the token; a platform that sends it later, without its patient, says it by the number of
/// the actor (B2).
pub(super) async fn create(caller: Caller, Body(response): Body<Cancellation>) -> Result<Response, Problem> {
    if response.participant_status != "declined" {
        return Err(Problem::unprocessable("A patient can only decline: accepting is for the practitioner.")
            .advice("Send participantStatus declined.")
            .at("AppointmentResponse.participantStatus"));
    }
    let id = response.appointment.id_of("Appointment").ok_or_else(|| {
        Problem::invalid("The appointment is not a reference to an Appointment.")
            .advice("Send Appointment/ and its id.")
            .at("AppointmentResponse.appointment.reference")
    })?;
    let comment = response.comment.as_deref().map(str::trim).filter(|comment| !comment.is_empty());
    let act = &caller.act();
    let cancelled = caller
        .service
        .db
        .tx("cancel for a patient", |mut tx| {
            let (caller, response) = (&caller, &response);
            async move {
                let found = appointments::find_to_change(&mut tx, caller.practice.id(), id).await?;
                let found = found.ok_or(Refused::Agenda(Refusal::NotThere))?;
                let own = caller.patient(&mut tx).await?;
                if !caller.may_see(own.as_ref(), &found.patient.id) {
                    return Err(Refused::Agenda(Refusal::NotThere));
                }
                if !is_of(&found.patient, caller, response)? {
                    return Err(Refused::OtherActor);
                }
                let reason = comment.map(str::to_owned);
                Ok(cancel_by_patient(&mut tx, caller.desk(act), id, reason).await?)
            }
        })
        .await?;
    let location = caller.service.fhir_url(&format!("Appointment/{}", cancelled.appointment.id));
    let answer = json!({
        "resourceType": "AppointmentResponse",
        "appointment": { "reference": location },
        "actor": { "reference": format!("Patient/{}", cancelled.patient.id) },
        "participantStatus": "declined",
    });
    Ok((StatusCode::CREATED, Resource(answer)).into_response())
}

/// Why nothing was cancelled.
enum Refused {
    Agenda(Refusal),
    OtherActor,
}

impl<E: Into<Refusal>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Agenda(error.into())
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Agenda(Refusal::NotThere) => not_there(),
            Refused::Agenda(refusal) => Self::from(refusal),
            Refused::OtherActor => Self::unprocessable("The actor is not the patient of this appointment.")
                .advice("Send the patient's citizen number as the identifier of the actor, or the patient's token.")
                .at("AppointmentResponse.actor"),
        }
    }
}

/// Whether the actor is this patient: by every number and address that it is given by, and by one at least unless
/// the token is the patient's own.
fn is_of(patient: &Patient, caller: &Caller, response: &Cancellation) -> Result<bool, Refusal> {
    let bsn = patient.bsn(&caller.service.vault).map_err(|error| Refusal::Patient(error.into()))?;
    let mut numbers = response.actor.values_of(Bsn::SYSTEM).peekable();
    let is_named = numbers.peek().is_some() || caller.bsn.is_some();
    let is_its_address = response.actor.id_of("Patient").is_none_or(|id| id == patient.id);
    Ok(is_named && is_its_address && numbers.all(|number| number == bsn.reveal()))
}
