//! What a XIS sends, ready to be changed by a test.

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
