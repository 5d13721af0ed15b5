//! What a XIS sends, ready to be changed by a test.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::Patient;

/// An Appointment as a XIS tells it: 10 minutes on 12 May 2026, 09:10 in Amsterdam, with dokter Jansen.
#[must_use]
pub fn appointment(id: &str, patient: Patient) -> Value {
    json!({
        "resourceType": "Appointment",
        "id": id,
        "status": "booked",
        "start": "2026-05-12T09:10:00+02:00",
        "end": "2026-05-12T09:20:00+02:00",
        "serviceCategory": [{ "coding": [{ "system": "urn:xis:types", "code": "consult", "display": "Consult" }] }],
        "participant": [
            {
                "actor": {
                    "reference": "Patient/456",
                    "display": patient.name,
                    "identifier": { "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": patient.bsn }
                },
                "status": "accepted"
            },
            { "actor": { "reference": "PractitionerRole/7", "display": "dokter Jansen" }, "status": "accepted" }
        ]
    })
}

/// An AppointmentResponse in the contract's form (B1), by a practitioner.
#[must_use]
pub fn response(appointment: &str, status: &str, comment: &str) -> Value {
    let practitioner = json!({ "system": "http://fhir.nl/fhir/NamingSystem/uzi-nr-pers", "value": "12345" });
    json!({
        "resourceType": "AppointmentResponse",
        "appointment": { "reference": format!("Appointment/{appointment}") },
        "actor": { "reference": { "identifier": [practitioner] } },
        "participantStatus": status,
        "comment": comment
    })
}

/// A Communication that says `text`, with the patient's mail address.
#[must_use]
pub fn message(patient: Patient, text: &str) -> Value {
    json!({
        "resourceType": "Communication",
        "status": "completed",
        "category": [{ "coding": [{ "system": "nl.spreekuur.communication-category", "code": "melding" }] }],
        "topic": { "text": "Uitslag bloedonderzoek" },
        "contained": [who(patient, "p1")],
        "recipient": [{ "reference": "#p1" }],
        "payload": [{ "contentString": text }]
    })
}

/// A payload of a Communication that is a file.
#[must_use]
pub fn attachment(title: &str, media_type: &str, content: &[u8]) -> Value {
    let data = STANDARD.encode(content);
    json!({ "contentAttachment": { "data": data, "contentType": media_type, "title": title } })
}

/// A Patient who is invited.
#[must_use]
pub fn invitation(patient: Patient) -> Value {
    who(patient, "example-patient-id")
}

fn who(patient: Patient, id: &str) -> Value {
    json!({
        "resourceType": "Patient",
        "id": id,
        "identifier": [{ "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": patient.bsn }],
        "telecom": [{ "system": "email", "value": patient.mail }]
    })
}

/// A free Slot of 10 minutes for a consult, in schedule `7` of dokter Jansen or `8` of dokter De Vries.
#[must_use]
pub fn slot(id: &str, schedule: &str, start: &str) -> Value {
    let start: Timestamp = start.parse().unwrap();
    let display = if schedule == "8" { "dokter De Vries" } else { "dokter Jansen" };
    json!({
        "resourceType": "Slot",
        "id": id,
        "status": "free",
        "start": start,
        "end": start + SignedDuration::from_mins(10),
        "serviceCategory": [{ "coding": [{ "system": "urn:xis:types", "code": "consult", "display": "Consult" }] }],
        "schedule": { "reference": format!("Schedule/{schedule}") },
        "extension": [{
            "url": "urn:extension:actor",
            "valueReference": { "reference": format!("PractitionerRole/{schedule}"), "display": display }
        }]
    })
}
