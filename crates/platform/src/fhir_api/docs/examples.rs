//! Bodies that are valid here: a test sends each to a platform with the demo's practices and patients.

use fhir::naming;
use serde_json::{Value, json};

use crate::fhir_api::outcome::CODES;

fn jan() -> Value {
    json!({ "system": naming::BSN, "value": "999990019" })
}

pub(crate) fn appointment() -> Value {
    json!({
        "resourceType": "Appointment",
        "id": "abc-123",
        "status": "booked",
        "start": "2026-05-12T09:10:00+02:00",
        "end": "2026-05-12T09:20:00+02:00",
        "serviceCategory": [{ "coding": [{ "system": "urn:xis:types", "code": "consult", "display": "Consult" }] }],
        "comment": "Neem uw medicijnen mee.",
        "participant": [
            {
                "actor": { "reference": "Patient/456", "display": "Jan Jansen", "identifier": jan() },
                "status": "accepted"
            },
            { "actor": { "reference": "PractitionerRole/7", "display": "dokter Jansen" }, "status": "accepted" }
        ]
    })
}

pub(crate) fn appointment_response() -> Value {
    let practitioner = json!({ "system": "urn:oid:2.16.528.1.1007.3.1", "value": "12345" });
    json!({
        "resourceType": "AppointmentResponse",
        "appointment": { "reference": "Appointment/abc-123" },
        "actor": { "reference": { "identifier": [practitioner] } },
        "participantStatus": "accepted",
        "comment": "Tot dan."
    })
}

pub(crate) fn communication() -> Value {
    json!({
        "resourceType": "Communication",
        "status": "completed",
        "category": [{ "coding": [{ "system": "nl.spreekuur.communication-category", "code": "melding" }] }],
        "topic": { "text": "Uitslag bloedonderzoek" },
        "contained": [{ "resourceType": "Patient", "id": "p1", "identifier": [jan()] }],
        "recipient": [{ "reference": "#p1" }],
        "payload": [{ "contentString": "De uitslag is goed." }]
    })
}

pub(crate) fn patient() -> Value {
    json!({
        "resourceType": "Patient",
        "identifier": [{ "system": naming::BSN, "value": "999990056" }],
        "telecom": [{ "system": "email", "value": "niemand@patient.example" }]
    })
}

pub(crate) fn outcome() -> Value {
    json!({
        "resourceType": "OperationOutcome",
        "issue": [{
            "severity": "error",
            "code": "value",
            "details": {
                "coding": [{ "system": CODES, "code": "TIME_WITHOUT_OFFSET" }],
                "text": "Appointment.start has no offset"
            },
            "diagnostics": "end the time with Z or an offset such as +02:00",
            "expression": ["Appointment.start"]
        }]
    })
}
