//! Whatever is wrong with a body, and wherever a BSN stands in it, the error does not repeat the BSN.

use fhir::incoming::{
    Appointment, AppointmentResponse, Bundle, Communication, OperationOutcome, Patient, Resource, Slot,
    ValueSet,
};
use fhir::outgoing::Resource as _;
use fhir::{ParseError, examples, parse};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const BSN: &str = "999990019";

/// The body, and for every place in it the body with something else there, BSN included.
fn spoiled(body: &Value) -> Vec<Value> {
    let wrong = [
        json!(BSN),
        json!(999_990_019),
        json!(999_990_019.5),
        json!([BSN]),
        json!([[BSN]]),
        json!({ BSN: BSN }),
        json!([{ BSN: 999_990_019 }]),
        json!({ "value": [BSN] }),
        json!(format!("x, expected {BSN}")),
        json!(format!("`{BSN}` at line {BSN} column {BSN}")),
        json!(true),
    ];
    let places = places(body, "");
    places.iter().flat_map(|place| wrong.iter().map(move |wrong| replaced(body, place, wrong))).collect()
}

fn places(value: &Value, here: &str) -> Vec<String> {
    let within: Vec<String> = match value {
        Value::Object(fields) => {
            fields.iter().flat_map(|(key, value)| places(value, &format!("{here}/{key}"))).collect()
        }
        Value::Array(list) => list
            .iter()
            .enumerate()
            .flat_map(|(index, value)| places(value, &format!("{here}/{index}")))
            .collect(),
        _ => Vec::new(),
    };
    [vec![here.to_owned()], within].concat()
}

fn replaced(body: &Value, place: &str, with: &Value) -> Value {
    let mut body = body.clone();
    *body.pointer_mut(place).expect("a place in the body") = with.clone();
    body
}

fn is_silent(error: &ParseError, body: &[u8]) {
    let told = format!("{error} {error:?}");
    assert!(!told.contains(BSN), "{told}\n{}", String::from_utf8_lossy(body));
}

fn check<T: Resource + DeserializeOwned>(body: &Value) -> usize {
    let mut errors = 0;
    for spoiled in spoiled(body) {
        let json = spoiled.to_string();
        if let Err(error) = parse::<T>(json.as_bytes()) {
            errors += 1;
            is_silent(&error, json.as_bytes());
        }
    }
    let json = body.to_string();
    for end in 0..json.len() {
        let cut = &json.as_bytes()[..end];
        is_silent(&parse::<T>(cut).err().expect("half a body is no body"), cut);
    }
    errors
}

fn appointment() -> Value {
    serde_json::from_slice(&examples::returned_appointment().to_json()).expect("JSON")
}

#[test]
fn d10_no_bsn_in_the_error_of_a_malformed_appointment() {
    assert!(check::<Appointment>(&appointment()) > 100);
}

#[test]
fn d10_no_bsn_in_the_error_of_another_malformed_resource() {
    let identifier = json!([{ "system": fhir::naming::BSN, "value": BSN }]);
    let response = json!({
        "resourceType": "AppointmentResponse", "appointment": { "reference": "Appointment/1" },
        "actor": { "reference": { "identifier": identifier } }, "participantStatus": "accepted", "comment": BSN
    });
    assert!(check::<AppointmentResponse>(&response) > 10);
    let patient = json!({
        "resourceType": "Patient", "id": BSN, "identifier": identifier, "name": [{ "family": "x", "given": ["y"] }]
    });
    assert!(check::<Patient>(&patient) > 10);
    let outcome =
        json!({ "resourceType": "OperationOutcome", "issue": [{ "code": "x", "details": { "text": BSN } }] });
    assert!(check::<OperationOutcome>(&outcome) > 10);
    let values = json!({
        "resourceType": "ValueSet", "compose": { "include": [{ "system": "s", "concept": [{ "code": BSN }] }] },
        "expansion": { "contains": [{ "system": "s", "code": BSN, "abstract": false }] }
    });
    assert!(check::<ValueSet>(&values) > 10);
}

#[test]
fn d10_no_bsn_in_the_error_of_a_malformed_message_or_its_patient() {
    let identifier = json!([{ "system": fhir::naming::BSN, "value": BSN }]);
    let patient = json!({ "resourceType": "Patient", "id": "p", "identifier": identifier });
    let message = json!({
        "resourceType": "Communication", "status": "completed", "topic": { "text": BSN }, "contained": [patient],
        "category": [{ "coding": [{ "code": "melding" }] }], "recipient": [{ "reference": "#p" }],
        "payload": [{ "contentString": BSN }, { "contentAttachment": { "data": BSN, "title": BSN } }]
    });
    assert!(check::<Communication>(&message) > 50);
    for spoiled in spoiled(&message) {
        let json = spoiled.to_string();
        let Ok(read) = parse::<Communication>(json.as_bytes()) else { continue };
        for recipient in &read.recipient {
            if let Err(error) = read.patient(recipient) {
                is_silent(&error, json.as_bytes());
            }
        }
    }
}

#[test]
fn d10_no_bsn_in_the_error_of_a_bundle_or_its_entries() {
    let slot = json!({
        "resourceType": "Slot", "id": "1", "start": "2026-04-10T09:00Z", "end": "2026-04-10T09:30Z",
        "extension": [{ "url": "urn:extension:actor", "valueReference": { "reference": "PractitionerRole/1" } }]
    });
    let bundle = json!({ "resourceType": "Bundle", "link": [{ "relation": "next" }], "entry": [{ "resource": slot }] });
    for spoiled in spoiled(&bundle) {
        let json = spoiled.to_string();
        let problems = match Bundle::<Slot>::parse(json.as_bytes()) {
            Ok(bundle) => bundle.skipped.into_iter().map(|skipped| skipped.problem).collect(),
            Err(error) => vec![error],
        };
        problems.iter().for_each(|problem| is_silent(problem, json.as_bytes()));
    }
}

#[test]
fn debug_output_tells_no_bsn_name_or_reason() {
    let incoming = parse::<Appointment>(appointment().to_string().as_bytes()).unwrap();
    let asked = examples::requested_appointment();
    let answer = examples::appointment_response(fhir::outgoing::ActorForm::Contract);
    let told = format!(
        "{incoming:?} {:?} {:?} {asked:?} {:?} {answer:?} {:?}",
        incoming.participant, incoming.identifier, asked.participant, answer.actor
    );
    for secret in [BSN, "Jansen", "hoofdpijn", "afgezegd"] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
}
