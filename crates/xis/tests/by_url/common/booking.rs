use serde_json::{Value, json};

use super::{Bench, Call};

/// The system of the platform's numbers.
pub(crate) const NUMBERS: &str = "urn:platform:booking";

impl Bench {
    /// The practice's free slots for this type, as the platform reads them.
    pub(crate) async fn free_slots(&self, practice: &str, category: &str) -> Vec<Value> {
        let query = format!("Slot?status=free&service-category=urn:balie:xis:service-category|{category}");
        self.fhir("GET", &query).practice(practice).platform().send().await.resources()
    }

    /// Books this slot for the patient, without a number of the platform's.
    pub(crate) fn book(&self, practice: &str, bsn: &str, slot: &Value) -> Call<'_> {
        self.fhir("POST", "Appointment")
            .practice(practice)
            .patient(bsn)
            .json(&appointment(practice, bsn, slot))
    }

    /// The patient's own appointment with this id.
    pub(crate) async fn appointment(&self, practice: &str, bsn: &str, id: &str) -> Value {
        let path = format!("Appointment/{id}");
        self.fhir("GET", &path).practice(practice).patient(bsn).send().await.expect(200).json()
    }
}

/// The Appointment that asks for this slot.
pub(crate) fn appointment(practice: &str, bsn: &str, slot: &Value) -> Value {
    let patient = patient_id(practice, bsn);
    json!({
        "resourceType": "Appointment", "id": "from-the-platform", "status": "proposed",
        "start": slot["start"], "end": slot["end"], "serviceCategory": slot["serviceCategory"],
        "comment": "Al een week last van mijn knie.",
        "slot": [{ "reference": format!("Slot/{}", slot["id"].as_str().unwrap()) }],
        "participant": [
            { "actor": { "reference": format!("Patient/{patient}"), "display": "…", "required": "required" }, "status": "accepted" },
            { "actor": slot["extension"][0]["valueReference"], "status": "needs-action" },
        ],
    })
}

/// The id of a test patient at a practice.
pub(crate) fn patient_id(practice: &str, bsn: &str) -> String {
    let number = if bsn == super::JAN { 0 } else { 1 };
    format!("{practice}-given-{number}")
}
