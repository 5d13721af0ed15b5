//! What goes out, field by field.

use fhir::outgoing::{Communication, Identifier, Issue, OperationOutcome, Reference, Resource, Searchset};
use fhir::{IssueSeverity, IssueType, ParseError, examples, parse};
use serde_json::{Value, json};

fn sent(resource: &impl Resource) -> Value {
    serde_json::from_slice(&resource.to_json()).expect("JSON")
}

#[test]
fn c1_c2_c3_a19_a_request_goes_out_as_documented_with_our_extras() {
    assert_eq!(
        sent(&examples::requested_appointment()),
        json!({
            "resourceType": "Appointment",
            "id": "0b8f4e5e-7a34-4c3c-8f0a-5d5c7e0a1b2c",
            "identifier": [{
                "system": "urn:ietf:rfc:3986", "value": "urn:uuid:0b8f4e5e-7a34-4c3c-8f0a-5d5c7e0a1b2c"
            }],
            "status": "proposed",
            "serviceCategory": [{ "coding": [{
                "system": "https://xis.example/appointment-types", "code": "CONSULT", "display": "Consult"
            }] }],
            "start": "2026-04-10T09:00:00Z",
            "end": "2026-04-10T09:30:00Z",
            "slot": [{ "reference": "Slot/slot-17" }],
            "comment": "Sinds een week hoofdpijn",
            "participant": [
                {
                    "actor": {
                        "reference": "Patient/456",
                        "identifier": { "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": "999990019" },
                        "display": "Jan Jansen"
                    },
                    "required": "required",
                    "status": "accepted"
                },
                {
                    "actor": { "reference": "PractitionerRole/7", "display": "Dokter Jansen" },
                    "required": "required",
                    "status": "needs-action"
                }
            ]
        })
    );
}

#[test]
fn a20_a_returned_appointment_tells_its_version_and_nothing_empty() {
    let returned = sent(&examples::returned_appointment());
    assert_eq!(returned["meta"], json!({ "versionId": "2", "lastUpdated": "2026-04-10T09:00:00Z" }));
    for absent in ["slot", "identifier", "comment"] {
        assert_eq!(returned.get(absent), None, "{absent}");
    }
}

#[test]
fn c1_a_slot_that_names_nobody_gives_no_practitioner() {
    for blank in [None, Some(String::new())] {
        assert_eq!(Reference::named(blank.clone(), blank), None);
    }
    assert!(Reference::named(None, Some("Dokter Jansen".to_owned())).is_some());
}

#[test]
fn c1_our_uuid_is_a_search_value() {
    assert_eq!(Identifier::uuid("0b8f").token(), "urn:ietf:rfc:3986|urn:uuid:0b8f");
}

#[test]
fn d10_an_outcome_says_what_where_and_what_to_do() {
    assert_eq!(
        sent(&examples::operation_outcome()),
        json!({
            "resourceType": "OperationOutcome",
            "issue": [{
                "severity": "error",
                "code": "not-found",
                "details": {
                    "coding": [{ "system": "https://balie.example/codes", "code": "PATIENT_NOT_FOUND" }],
                    "text": "No account has this BSN."
                },
                "diagnostics": "Invite the patient, then send the appointment again.",
                "expression": ["Appointment.participant[0].actor.identifier"]
            }]
        })
    );
}

#[test]
fn d10_a_parse_error_becomes_an_issue_of_its_kind_at_its_place() {
    let error: ParseError =
        parse::<fhir::incoming::Slot>(br#"{"resourceType":"Slot","id":"1"}"#).unwrap_err();
    let outcome = OperationOutcome::from(Issue::from(&error))
        .and(Issue::new(IssueSeverity::Information, IssueType::Informational).diagnostics(""));
    assert_eq!(outcome.issues().len(), 2);
    assert_eq!(
        sent(&outcome)["issue"],
        json!([
            { "severity": "error", "code": "required", "expression": ["Slot.start"] },
            { "severity": "information", "code": "informational" }
        ])
    );
}

#[test]
fn the_capability_statement_names_what_is_served() {
    let statement = sent(&examples::capability_statement());
    assert_eq!(statement["kind"], "instance");
    assert_eq!(statement["fhirVersion"], "4.0.1");
    assert_eq!(statement["implementation"]["url"], "https://balie.example/fhir/r4");
    let resources = &statement["rest"][0]["resource"];
    assert_eq!(resources[0]["type"], "Appointment");
    assert_eq!(resources[0]["interaction"], json!([{ "code": "update" }]));
    assert_eq!(resources[0]["updateCreate"], true);
    assert_eq!(resources[1]["searchParam"][0]["type"], "token");
    assert_eq!(resources[1].get("updateCreate"), None);
}

#[test]
fn what_became_of_a_notice_tells_how_far_it_is_and_neither_what_nor_to_whom() {
    let found = sent(&examples::communications());
    assert_eq!((&found["type"], &found["total"]), (&json!("searchset"), &json!(1)));
    let id = "0b8f4e5e-7a34-4c3c-8f0a-5d5c7e0a1b2c";
    assert_eq!(
        found["entry"][0],
        json!({
            "fullUrl": format!("https://balie.example/fhir/r4/Communication/{id}-mail"),
            "resource": {
                "resourceType": "Communication",
                "id": format!("{id}-mail"),
                "extension": [{
                    "url": "urn:balie:extension:next-attempt", "valueDateTime": "2026-04-10T09:30:00Z"
                }],
                "identifier": [{ "system": "urn:ietf:rfc:3986", "value": format!("urn:uuid:{id}") }],
                "status": "in-progress",
                "statusReason": { "text": "the mail server did not answer within 30 s" },
                "category": [{ "text": "modified" }],
                "medium": [{ "text": "mail" }],
                "about": [{ "reference": "Appointment/12345" }]
            },
            "search": { "mode": "match" }
        })
    );
    let none = sent(&Searchset::<Communication>::new("https://balie.example".to_owned(), []));
    assert_eq!((&none["total"], none.get("entry")), (&json!(0), None));
}

#[test]
fn every_example_is_a_named_resource_without_empty_parts() {
    let examples = examples::all();
    assert_eq!(examples.iter().filter(|example| !example.valid).count(), 1);
    for example in examples {
        let json: Value = serde_json::from_slice(&example.json).unwrap();
        assert!(json["resourceType"].is_string(), "{}", example.name);
        assert!(!has_empty_part(&json), "{}", example.name);
    }
}

fn has_empty_part(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty() || list.iter().any(has_empty_part),
        Value::Object(fields) => fields.is_empty() || fields.values().any(has_empty_part),
        _ => false,
    }
}
