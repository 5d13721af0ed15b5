//! Who took part: whoever asked, through which system, and ours.

use fhir::naming;
use serde_json::{Value, json};
use store::{Access, AuditLine};
use url::Url;

use super::coding;

const DICOM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

/// The one who asked first, and he alone is the requestor.
pub(super) fn of(line: &AuditLine, access: Access, site: &Url) -> Vec<Value> {
    let user = user(line, access);
    let [source, destination] = ["110153", "110152"];
    // What is read goes from the server to the client.
    let (client_role, server_role) =
        if access == Access::Read { (destination, source) } else { (source, destination) };
    let client = client(line, client_role, user.is_none());
    let server = json!({
        "type": role(server_role),
        "who": { "display": "Balie" },
        "requestor": false,
        "network": { "address": site.as_str(), "type": "5" },
    });
    user.into_iter().chain([client, server]).collect()
}

/// The person or practice on whose say-so it was done.
fn user(line: &AuditLine, access: Access) -> Option<Value> {
    let who = match (line.actor_kind.as_str(), line.practice.as_deref(), line.subject.as_deref()) {
        ("patient", ..) => json!({ "reference": format!("Patient/{}", line.actor) }),
        ("operator", ..) => json!({ "identifier": { "system": "urn:balie:operator", "value": line.actor } }),
        ("xis", Some(agb), _) => {
            json!({ "type": "Organization", "identifier": { "system": naming::AGB_Z, "value": agb } })
        }
        ("platform", _, Some(patient)) if line.behalf.as_deref() == Some("patient") => {
            json!({ "reference": format!("Patient/{patient}") })
        }
        _ => return None,
    };
    let (code, display) = match access {
        Access::Read => ("IRCP", "information recipient"),
        Access::Delete => ("CST", "custodian"),
        _ => ("AUT", "author (originator)"),
    };
    let mut user = json!({
        "type": { "coding": [coding(PARTICIPATION, code, display)] },
        "role": [{ "coding": [{ "system": "urn:balie:audit-role", "code": line.actor_kind }] }],
        "who": who,
        "requestor": true,
    });
    if let Some(basis) = &line.basis {
        user["policy"] = json!([format!("urn:balie:audit-basis:{basis}")]);
    }
    Some(user)
}

/// The system through which it was asked.
fn client(line: &AuditLine, code: &str, is_requestor: bool) -> Value {
    let who = match line.actor_kind.as_str() {
        "xis" => json!({ "identifier": { "system": "urn:balie:client", "value": line.actor } }),
        "patient" => json!({ "display": "browser" }),
        "operator" => json!({ "display": "command line" }),
        "platform" => json!({ "display": format!("Balie: {}", line.actor) }),
        _ => json!({ "display": "unknown" }),
    };
    let mut client = json!({ "type": role(code), "who": who, "requestor": is_requestor });
    if let Some(address) = &line.network {
        client["network"] = json!({ "address": address, "type": "2" });
    }
    client
}

fn role(code: &str) -> Value {
    let display = if code == "110153" { "Source Role ID" } else { "Destination Role ID" };
    json!({ "coding": [coding(DICOM, code, display)] })
}
