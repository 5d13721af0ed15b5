//! Messages to patients, and the patients that they hold.

use fhir::incoming::{Communication, Patient};
use fhir::{IssueType, ParseError, parse};
use serde_json::{Value, json};

fn body() -> Value {
    json!({
        "resourceType": "Communication",
        "status": "completed",
        "category": [{ "coding": [{ "system": "nl.spreekuur.communication-category", "code": "melding" }] }],
        "topic": { "text": "Uitslag" },
        "contained": [
            { "resourceType": "Organization", "id": "p", "name": "Praktijk De Linde" },
            {
                "resourceType": "Patient",
                "id": "p1",
                "identifier": [{ "system": fhir::naming::BSN, "value": "999990019" }],
                "telecom": [{ "system": "email", "value": "jan@patient.example" }]
            }
        ],
        "recipient": [{ "reference": "#p1" }],
        "payload": [
            { "contentString": "Uw uitslag is er." },
            { "contentAttachment": { "data": "JVBERi0=", "contentType": "application/pdf", "title": "a.pdf" } }
        ]
    })
}

fn read(body: &Value) -> Result<Communication, ParseError> {
    parse(body.to_string().as_bytes())
}

fn patient(body: &Value) -> Result<Option<(String, Patient)>, ParseError> {
    let communication = read(body)?;
    communication.patient(&communication.recipient[0])
}

#[test]
fn every_part_of_a_message_is_read() {
    let communication = read(&body()).unwrap();
    assert_eq!(communication.status.as_deref(), Some("completed"));
    assert_eq!(communication.topic.as_ref().and_then(|topic| topic.text.as_deref()), Some("Uitslag"));
    assert_eq!(communication.category[0].coding[0].code.as_deref(), Some("melding"));
    let [text, file] = &*communication.payload else { panic!("two pieces") };
    assert_eq!(text.content_string.as_deref(), Some("Uw uitslag is er."));
    let file = file.content_attachment.as_ref().unwrap();
    assert_eq!(
        [&file.data, &file.content_type, &file.title].map(|text| text.as_deref().unwrap()),
        ["JVBERi0=", "application/pdf", "a.pdf"]
    );
}

#[test]
fn the_recipient_is_the_contained_patient_that_it_names() {
    let (place, found) = patient(&body()).unwrap().unwrap();
    assert_eq!(place, "Communication.contained[1]");
    assert_eq!(found.bsns().collect::<Vec<_>>(), ["999990019"]);
    assert_eq!(found.telecom[0].value.as_deref(), Some("jan@patient.example"));
}

#[test]
fn an_id_with_a_hash_and_one_bare_resource_are_read_too() {
    let mut body = body();
    body["contained"] = body["contained"][1].clone();
    body["contained"]["id"] = json!("#p1");
    body["recipient"] = json!({ "reference": " #p1" });
    assert_eq!(patient(&body).unwrap().unwrap().0, "Communication.contained[0]");
}

#[test]
fn a_recipient_that_is_not_contained_is_nobody() {
    for reference in ["Patient/p1", "p1", "#p2", "#", "#p"] {
        let mut body = body();
        body["recipient"][0]["reference"] = json!(reference);
        assert!(patient(&body).unwrap().is_none(), "{reference}");
    }
    let mut body = body();
    body["contained"] = json!([null]);
    assert!(patient(&body).unwrap().is_none());
}

#[test]
fn what_is_wrong_in_a_contained_resource_is_pointed_at() {
    let mut body = body();
    body["contained"][1]["identifier"] = json!([7]);
    let error = patient(&body).unwrap_err();
    assert_eq!(
        (error.expression.as_str(), error.issue_type),
        ("Communication.contained[1].identifier[0]", IssueType::Structure)
    );
    body["contained"] = json!(["x"]);
    assert_eq!(patient(&body).unwrap_err().expression, "Communication.contained[0]");
    body["payload"][1]["contentAttachment"]["data"] = json!({});
    assert_eq!(read(&body).unwrap_err().expression, "Communication.payload[1].contentAttachment.data");
}

#[test]
fn debug_output_shows_neither_the_patient_nor_the_message() {
    let communication = read(&body()).unwrap();
    let told = format!("{communication:?} {:?} {:?}", communication.payload, patient(&body()).unwrap());
    for secret in ["999990019", "jan@", "uitslag", "JVBER", "a.pdf"] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
}
