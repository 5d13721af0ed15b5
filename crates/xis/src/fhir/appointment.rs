use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Concept, Identifier, Reference, written};
use crate::{
    Bsn,
    tables::{AppointmentType, Detailed, State},
};

/// An Appointment as it is sent, in answers and to the platform.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Appointment {
    resource_type: &'static str,
    id: String,
    meta: Meta,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    identifier: Vec<Identifier>,
    status: &'static str,
    service_category: Vec<Concept>,
    start: String,
    end: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    participant: Vec<Participant>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    version_id: String,
    last_updated: String,
}

#[derive(Serialize)]
struct Participant {
    actor: Reference,
    required: &'static str,
    status: &'static str,
}

/// The appointment, in the practice's time; with the patient's number where the receiver finds the patient by it.
///
/// The comment is what the practice says, else what the patient wrote (A17). `required` stands on the
/// participant, where FHIR has it (A19).
pub(crate) fn appointment(told: &Detailed, zone: &TimeZone, bsn: Option<&Bsn>) -> Appointment {
    let stored = &told.appointment;
    let patient = Reference {
        identifier: bsn.map(|bsn| Identifier::new(Bsn::SYSTEM, bsn.reveal())),
        ..Reference::to("Patient", &told.patient.id).with_display(&told.patient.name)
    };
    let practitioner = Reference::to("PractitionerRole", &told.role).with_display(&told.practitioner);
    Appointment {
        resource_type: "Appointment",
        id: stored.id.clone(),
        meta: Meta { version_id: stored.version.to_string(), last_updated: written(stored.changed_at, zone) },
        identifier: stored.identifier.iter().map(Identifier::from).collect(),
        status: status(stored.state),
        service_category: vec![Concept::new(
            AppointmentType::SYSTEM,
            &stored.category,
            &told.category_display,
        )],
        start: written(stored.starts_at, zone),
        end: written(stored.ends_at, zone),
        comment: stored.message.clone().or_else(|| stored.reason.clone()),
        participant: vec![
            Participant { actor: patient, required: "required", status: "accepted" },
            Participant {
                actor: practitioner,
                required: "required",
                status: practitioner_status(stored.state),
            },
        ],
    }
}

fn status(state: State) -> &'static str {
    match state {
        State::Requested => "proposed",
        State::Booked => "booked",
        State::Declined | State::Cancelled => "cancelled",
    }
}

fn practitioner_status(state: State) -> &'static str {
    match state {
        State::Requested => "needs-action",
        State::Declined => "declined",
        State::Booked | State::Cancelled => "accepted",
    }
}
