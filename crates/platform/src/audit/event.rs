//! A line of the audit trail as a FHIR R4 AuditEvent, after IHE's Basic Audit Log Patterns as far as they fit.

mod agents;
mod entities;

use serde_json::{Map, Value, json};
use store::{Access, Action, AuditLine};
use url::Url;

/// Our own names for acts.
const ACTIONS: &str = "urn:balie:audit-action";
const PROFILES: &str = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";

/// The event of a line of the platform at this address. It has the ids that the line has, and never a BSN.
#[must_use]
pub fn audit_event(line: &AuditLine, site: &Url) -> Value {
    let access = access(line);
    let mut event = Map::new();
    let mut set = |name: &str, value: Value| event.insert(name.to_owned(), value);
    set("resourceType", "AuditEvent".into());
    set("id", line.id.as_str().into());
    if let Some(profile) = profile(line, access) {
        set("meta", json!({ "profile": [format!("{PROFILES}{profile}")] }));
    }
    set(
        "type",
        coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest", "RESTful Operation"),
    );
    set("subtype", subtypes(line, access));
    set("action", letter(access).into());
    set("recorded", line.at.to_string().into());
    set("outcome", outcome(line).into());
    set("outcomeDesc", line.outcome.as_str().into());
    set("purposeOfEvent", json!([{ "coding": [purpose(line)] }]));
    set("agent", agents::of(line, access, site).into());
    set("source", source(line, site));
    set("entity", entities::of(line).into());
    Value::Object(event)
}

fn coding(system: &str, code: &str, display: &str) -> Value {
    json!({ "system": system, "code": code, "display": display })
}

/// An act that is not known any more was something or other.
fn access(line: &AuditLine) -> Access {
    Action::named(&line.action).map_or(Access::Execute, |action| action.access)
}

fn letter(access: Access) -> &'static str {
    match access {
        Access::Create => "C",
        Access::Read => "R",
        Access::Update => "U",
        Access::Delete => "D",
        Access::Execute => "E",
    }
}

/// The interaction that comes nearest, and our own name for the act.
fn subtypes(line: &AuditLine, access: Access) -> Value {
    let interaction = match access {
        Access::Create => Some("create"),
        Access::Read => Some("read"),
        Access::Update => Some("update"),
        Access::Delete => Some("delete"),
        Access::Execute => None,
    };
    let interaction = interaction.map(|code| coding("http://hl7.org/fhir/restful-interaction", code, code));
    let own = coding(ACTIONS, &line.action.replace(' ', "-"), &line.action);
    interaction.into_iter().chain([own]).collect()
}

/// The profile that the event keeps to: only what succeeded, of a known patient, to a thing, over a network.
fn profile(line: &AuditLine, access: Access) -> Option<&'static str> {
    if outcome(line) != "0" || line.subject.is_none() || line.object.is_none() || line.network.is_none() {
        return None;
    }
    match access {
        Access::Create => Some("PatientCreate"),
        Access::Read => Some("PatientRead"),
        Access::Update => Some("PatientUpdate"),
        Access::Delete => Some("PatientDelete"),
        Access::Execute => None,
    }
}

/// 0: it succeeded; 4: it was refused; 8: it did not come about, by no fault of whoever asked.
fn outcome(line: &AuditLine) -> &'static str {
    match line.outcome.as_str() {
        refused if refused.starts_with("refused") => "4",
        failed if failed.starts_with("failed") => "8",
        _ => "0",
    }
}

fn purpose(line: &AuditLine) -> Value {
    let (code, display) = match line.actor_kind.as_str() {
        "patient" | "unknown" => ("PATRQT", "patient requested"),
        "operator" => ("HSYSADMIN", "health system administration"),
        _ => ("TREAT", "treatment"),
    };
    coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", code, display)
}

fn source(line: &AuditLine, site: &Url) -> Value {
    let observer =
        json!({ "type": "Device", "display": format!("Balie: {}", line.entrance.as_deref().unwrap_or("-")) });
    let server =
        coding("http://terminology.hl7.org/CodeSystem/security-source-type", "4", "Application Server");
    json!({ "site": site.host_str().unwrap_or("-"), "observer": observer, "type": [server] })
}

#[cfg(test)]
mod tests {
    use store::{Actor, AuditEntry, Origin};

    use super::*;

    #[test]
    fn what_was_refused_or_failed_is_no_success() {
        let event = |outcome| {
            let line = AuditLine::of(AuditEntry {
                id: uuid::Uuid::nil(),
                at: jiff::Timestamp::UNIX_EPOCH,
                actor: &Actor::Unknown,
                subject: None,
                practice: None,
                action: "login",
                object: None,
                outcome,
                origin: Origin::default(),
            });
            audit_event(&line, &"https://balie.example".parse().unwrap())["outcome"].clone()
        };
        let of = ["ok", "refused: too late", "failed: provider", "failed: database"].map(event);
        assert_eq!(of, ["0", "4", "8", "8"]);
    }
}
