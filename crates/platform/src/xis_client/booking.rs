use agenda::{Appointment, Coding, XisId};
use fhir::{
    AppointmentStatus, ParticipationStatus, incoming,
    outgoing::{self, CodeableConcept, Identifier, Participant, Reference, Resource as _},
};
use http::{StatusCode, header};
use store::{Account, AppointmentId, SlotChoice};
use url::form_urlencoded;
use world::Response;

use super::{Seen, Trouble, XisClient, call, call::Call};

/// What is asked for in a booking (C1, C2, C14, C15).
#[derive(Debug)]
pub(crate) struct Booking<'a> {
    /// Our id: `id` and `identifier` of what is sent.
    pub(crate) id: AppointmentId,
    /// What the patient asked for.
    pub(crate) appointment: &'a Appointment,
    /// The slot that was chosen.
    pub(crate) slot: &'a SlotChoice,
    /// Who asks.
    pub(crate) account: &'a Account,
    /// Under which id the XIS knows the patient, where we know it.
    pub(crate) xis_patient: Option<&'a str>,
    /// Whether the practice approves by hand (C3).
    pub(crate) approval: bool,
}

/// What the XIS answered to a booking (C13).
#[derive(Debug)]
pub(crate) enum Posted {
    /// It is in the agenda, with what the XIS says of it.
    Booked(Box<Seen>),
    /// Somebody else has the slot.
    SlotGone,
    /// It is not possible.
    Refused {
        /// Whether the practice may no longer know the patient by the id that was sent (C16).
        about_patient: bool,
    },
}

impl XisClient<'_> {
    /// Asks for an appointment, once. A trouble that [may have happened](Trouble::may_have_happened) leaves the
    /// outcome unknown (C18).
    pub(crate) async fn book(&self, booking: &Booking<'_>) -> Result<Posted, Trouble> {
        let identifier = Identifier::uuid(booking.id);
        let mut call =
            Call::post(self.address(&["Appointment"], &[]), self.body(booking, &identifier).to_json());
        let query = form_urlencoded::Serializer::new(String::new());
        call.if_none_exist = Some({ query }.append_pair("identifier", &identifier.token()).finish());
        let answer = self.send(&call).await?;
        match answer.status() {
            StatusCode::CREATED | StatusCode::OK => {
                // A page of a server before the practice's system says nothing of the booking.
                call::check_media_type(&answer)?;
                Ok(Posted::Booked(Box::new(self.read_answer(&answer, booking))))
            }
            StatusCode::CONFLICT => Ok(Posted::SlotGone),
            status if status.is_client_error() && status != StatusCode::PRECONDITION_FAILED => {
                tracing::warn!(practice = %self.agb(), reason = %call::refused(&answer), "a booking was refused");
                Ok(Posted::Refused { about_patient: is_about_patient(status) })
            }
            _ => Err(call::refused(&answer)),
        }
    }

    fn body(&self, booking: &Booking<'_>, identifier: &Identifier) -> outgoing::Appointment {
        let (content, slot) = (&booking.appointment.content, booking.slot);
        let practitioner =
            if booking.approval { ParticipationStatus::NeedsAction } else { ParticipationStatus::Accepted };
        let patient = Participant::patient(
            booking.xis_patient.unwrap_or_default(),
            &booking.account.name,
            booking.account.bsn.expose(),
        );
        let actor = Reference::named(slot.actor.clone(), slot.actor_display.clone());
        outgoing::Appointment {
            id: booking.id.to_string(),
            meta: None,
            identifier: vec![identifier.clone()],
            status: AppointmentStatus::Proposed,
            service_category: content.categories.iter().map(concept).collect(),
            start: content.start,
            end: content.end,
            slot: vec![Reference::to("Slot", &slot.id)],
            comment: booking.appointment.reason.as_ref().map(|reason| reason.as_str().to_owned()),
            participant: std::iter::once(patient)
                .chain(actor.map(|actor| Participant::practitioner(actor, practitioner)))
                .collect(),
        }
    }

    /// An answer that cannot be read is an answer all the same: the status says that it is booked (C3).
    fn read_answer(&self, answer: &Response, booking: &Booking<'_>) -> Seen {
        let mut seen = fhir::parse::<incoming::Appointment>(answer.body())
            .map(|found| Seen::of(&found, booking, &self.practice.settings))
            .unwrap_or_default();
        let location = answer.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
        let located = location.and_then(id_in);
        seen.is_echo =
            located.is_none() && seen.xis_id.as_ref().is_some_and(|id| id.as_str() == booking.id.to_string());
        seen.xis_id = located.or(seen.xis_id);
        seen
    }
}

/// C16: answers that may be about the patient, whom the practice may know by another id since.
fn is_about_patient(status: StatusCode) -> bool {
    matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY)
}

/// The segment after the type, wherever the address begins: it is an id to keep, never an address to call (C2).
fn id_in(location: &str) -> Option<XisId> {
    let (before, after) = location.rsplit_once("Appointment/")?;
    let id = after.split(['/', '?', '#']).next()?;
    if before.is_empty() || before.ends_with('/') { id.parse().ok() } else { None }
}

fn concept(coding: &Coding) -> CodeableConcept {
    CodeableConcept::from(outgoing::Coding {
        system: Some(coding.system.clone()).filter(|system| !system.is_empty()),
        code: coding.code.clone(),
        display: coding.display.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::id_in;

    #[test]
    fn c2_the_id_is_the_segment_after_the_type() {
        for location in [
            "Appointment/12345",
            "/fhir/r4/Appointment/12345",
            "https://xis.example/fhir/r4/Appointment/12345/_history/1",
            "http://inside.example:8080/Appointment/12345?x=1",
        ] {
            assert_eq!(id_in(location).unwrap().as_str(), "12345", "{location}");
        }
        for location in ["", "12345", "Slot/12345", "PreAppointment/12345", "Appointment/", "Appointment/a b"]
        {
            assert!(id_in(location).is_none(), "{location}");
        }
    }
}
