//! What it was about: the patient, the thing, the practice, and the request.

use fhir::naming;
use serde_json::{Value, json};
use store::AuditLine;

use super::coding;

const TYPES: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const ROLES: &str = "http://terminology.hl7.org/CodeSystem/object-role";
const OWN_TYPES: &str = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
/// What is no resource of FHIR has an identifier and no type.
const RESOURCES: [&str; 8] =
    ["Appointment", "AuditEvent", "Binary", "Communication", "Device", "Account", "Organization", "Patient"];

pub(super) fn of(line: &AuditLine) -> Vec<Value> {
    let patient = line.subject.as_ref().map(|account| {
        json!({
            "what": { "reference": format!("Patient/{account}") },
            "type": coding(TYPES, "1", "Person"),
            "role": coding(ROLES, "1", "Patient"),
        })
    });
    let practice = line.practice.as_ref().map(|agb| {
        json!({
            "what": { "type": "Organization", "identifier": { "system": naming::AGB_Z, "value": agb } },
            "type": coding(TYPES, "3", "Organization"),
            "role": coding(ROLES, "9", "Subscriber"),
        })
    });
    let request = line.request.as_ref().map(|id| {
        json!({ "what": { "identifier": { "value": id } }, "type": { "system": OWN_TYPES, "code": "XrequestId" } })
    });
    let parts = [patient, Some(thing(line)), practice, request];
    parts.into_iter().flatten().collect()
}

/// The thing itself; where the line names none, what kind of thing.
fn thing(line: &AuditLine) -> Value {
    let kind = line.object_type.as_deref().unwrap_or("Basic");
    let mut what = match &line.object {
        Some(id) => {
            json!({ "identifier": { "system": format!("urn:balie:{}", kind.to_lowercase()), "value": id } })
        }
        None => json!({ "display": line.action }),
    };
    if RESOURCES.contains(&kind) {
        what["type"] = kind.into();
    }
    json!({
        "what": what,
        "type": coding(TYPES, "2", "System Object"),
        "role": coding(ROLES, "4", "Domain Resource"),
    })
}
