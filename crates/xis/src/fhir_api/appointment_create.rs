use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::{Caller, Problem, appointment_read::one, body::Body, query};
use crate::{
    Bsn,
    agenda::{Refusal, Requested, Wish, request},
    faults::{self, Fault, Interaction},
    fhir::{Booking, Identifier, Reference},
    tables::{self, AppointmentType, Patient},
};

/// Longest reason that is kept; the contract's platform allows 500.
const LONGEST_COMMENT: usize = 2_000;
const IF_NONE_EXIST: &str = "if-none-exist";

/// `POST /Appointment`: a patient books an offered time.
///
/// 201 for what stands in the agenda now, 200 when it did already (`If-None-Exist`, or the same `identifier`),
/// 409 when the time is gone.
pub(super) async fn create(
    caller: Caller,
    headers: HeaderMap,
    Body(booking): Body<Booking>,
) -> Result<Response, Problem> {
    let wish = &wish(&caller, &headers, &booking)?;
    let act = &caller.act();
    let outcome = caller
        .service
        .db
        .tx("request an appointment", |mut tx| {
            let (caller, booking) = (&caller, &booking);
            async move {
                let Some(patient) = caller.patient(&mut tx).await? else { return Ok(None) };
                if !is_for(&patient, caller.bsn.as_ref(), booking) {
                    return Ok(None);
                }
                request(&mut tx, caller.desk(act), &patient, wish).await.map(Some)
            }
        })
        .await;
    match outcome.map_err(|refusal: Refusal| Problem::from(refusal))? {
        None => Err(not_this_patient()),
        Some(Requested::Known(known)) => Ok(one(&caller, &known)),
        Some(Requested::New(new)) => {
            faults::tell_early(&caller.service, &caller.practice, &new).await;
            let location = caller.service.fhir_url(&format!("Appointment/{}", new.appointment.id));
            let mut response = (StatusCode::CREATED, one(&caller, &new)).into_response();
            if let Ok(location) = HeaderValue::try_from(location) {
                response.headers_mut().insert(header::LOCATION, location);
            }
            Ok(response)
        }
    }
}

/// What the resource and the headers ask for.
fn wish(caller: &Caller, headers: &HeaderMap, booking: &Booking) -> Result<Wish, Problem> {
    if booking.status != "proposed" {
        return Err(Problem::unprocessable("An appointment is asked for with the status proposed.")
            .advice("Send status proposed; the answer says whether it is booked.")
            .at("Appointment.status"));
    }
    let category = booking.category(AppointmentType::SYSTEM).ok_or_else(|| {
        Problem::unprocessable("The appointment has no category of this XIS.")
            .advice("Send the serviceCategory of the slot, system and code.")
            .at("Appointment.serviceCategory")
    })?;
    let comment = booking.comment.as_deref().map(str::trim).filter(|comment| !comment.is_empty());
    if comment.is_some_and(|comment| comment.chars().count() > LONGEST_COMMENT) {
        return Err(Problem::unprocessable("The comment is too long.")
            .advice(format!("Send at most {LONGEST_COMMENT} characters."))
            .at("Appointment.comment"));
    }
    // Version 1 names no slot: who, what and when say which it is (D13).
    let slot = match booking.slot.first().filter(|_| !caller.practice.speaks_version_1()) {
        None => None,
        Some(slot) => Some(slot.id_of("Slot").ok_or_else(|| {
            Problem::unprocessable("The slot is not a reference to a Slot.")
                .advice("Send Slot/ and the slot's id.")
                .at("Appointment.slot[0].reference")
        })?),
    };
    let drops_identifier =
        || caller.service.faults.strikes(Fault::DropsIdentifier, Interaction::CreateAppointment);
    Ok(Wish {
        id: caller.service.new_id(),
        slot: slot.map(str::to_owned),
        role: booking.actor_id("PractitionerRole").map(str::to_owned),
        category: category.to_owned(),
        starts_at: booking.start.0,
        ends_at: booking.end.0,
        reason: comment.map(str::to_owned),
        identifier: identifier(headers, &booking.identifier)?.filter(|_| !drops_identifier()),
    })
}

/// The number that makes a repeat known: from the resource, and from `If-None-Exist`, which must agree.
fn identifier(headers: &HeaderMap, sent: &[Identifier]) -> Result<Option<tables::Identifier>, Problem> {
    let sent = sent.iter().find_map(|sent| {
        let system = sent.system.clone().unwrap_or_default();
        sent.value.clone().map(|value| tables::Identifier { system, value })
    });
    let Some(condition) = headers.get(IF_NONE_EXIST) else { return Ok(sent) };
    let wanted = condition.to_str().ok().and_then(condition_identifier).ok_or_else(|| {
        Problem::invalid("If-None-Exist must be identifier=system|value.")
            .advice("Send the identifier of the appointment itself.")
            .at("http.If-None-Exist")
    })?;
    if sent.is_some_and(|sent| sent != wanted) {
        return Err(Problem::invalid("If-None-Exist names another identifier than the appointment.")
            .advice("Send the identifier of the appointment itself.")
            .at("http.If-None-Exist"));
    }
    Ok(Some(wanted))
}

fn condition_identifier(condition: &str) -> Option<tables::Identifier> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(condition.trim_start_matches('?')).ok()?;
    let [(name, value)] = pairs.as_slice() else { return None };
    let token = query::token(value).filter(|_| name == "identifier")?;
    Some(tables::Identifier { system: token.system.unwrap_or_default(), value: token.code })
}

/// Whether every patient that the resource names is this one, and it names one.
fn is_for(patient: &Patient, bsn: Option<&Bsn>, booking: &Booking) -> bool {
    let mut named = 0;
    let mut is_other = |actor: &Reference| {
        let number = actor.identifier.as_ref().and_then(|identifier| identifier.value_of(Bsn::SYSTEM));
        let id = actor.id_of("Patient");
        named += usize::from(number.is_some() || id.is_some());
        id.is_some_and(|id| id != patient.id)
            || number.is_some_and(|number| bsn.map(Bsn::reveal) != Some(number))
    };
    let none_is_other = !booking.actors().any(|(_, actor)| is_other(actor));
    none_is_other && named > 0
}

fn not_this_patient() -> Problem {
    let text = "The token is not for this patient, or the patient is not one of this practice.";
    Problem::new(StatusCode::FORBIDDEN, "forbidden", "NOT_THIS_PATIENT", text)
        .advice("Send a token of the patient, and the id from GET Patient in participant.actor.")
        .at("Appointment.participant")
}
