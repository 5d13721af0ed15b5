//! Appointments as they come in, by the promise that each test is named after.

use fhir::incoming::{Appointment, bsns};
use fhir::{Instant, IssueType, parse};
use serde_json::json;

fn read(body: &serde_json::Value) -> Appointment {
    parse(body.to_string().as_bytes()).expect("an appointment")
}

fn moment(text: &str) -> Option<Instant> {
    Some(Instant::Zoned(text.parse().expect("a time")))
}

#[test]
fn every_field_of_the_contract_is_read() {
    let appointment = read(&json!({
        "resourceType": "Appointment",
        "id": "12345",
        "meta": { "versionId": "7", "lastUpdated": "2026-04-01T08:00:00.5+02:00" },
        "identifier": [{ "system": "urn:ietf:rfc:3986", "value": "urn:uuid:0b8f4e5e" }],
        "status": "booked",
        "start": "2026-04-10T09:00:00Z",
        "end": "2026-04-10T11:30:00+02:00",
        "comment": "Neem uw pas mee",
        "description": "Controle",
        "serviceCategory": [{ "coding": [{ "system": "http://xis.example/types", "code": "CONSULT", "display": "Consult" }] }],
        "slot": [{ "reference": "Slot/17" }],
        "participant": [
            {
                "actor": {
                    "reference": "Patient/456",
                    "display": "Jan Jansen",
                    "identifier": { "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": "999990019" }
                },
                "status": "accepted"
            },
            { "actor": { "reference": "PractitionerRole/7", "display": "Dokter Jansen" }, "status": "needs-action" }
        ],
        "extension": [{ "url": "OnlineEditable", "valueBoolean": true }]
    }));
    assert_eq!(appointment.id.as_deref(), Some("12345"));
    let meta = appointment.meta.clone().unwrap();
    assert_eq!(meta.version_id.as_deref(), Some("7"));
    assert_eq!(meta.last_updated, moment("2026-04-01T06:00:00.5Z"));
    assert_eq!(appointment.identifier[0].value_in(fhir::naming::URI), Some("urn:uuid:0b8f4e5e"));
    assert_eq!(appointment.status.as_deref(), Some("booked"));
    assert_eq!(appointment.start, moment("2026-04-10T09:00:00Z"));
    assert_eq!(appointment.end, moment("2026-04-10T09:30:00Z"));
    assert_eq!(appointment.comment.as_deref(), Some("Neem uw pas mee"));
    assert_eq!(appointment.description.as_deref(), Some("Controle"));
    let coding = appointment.codings().next().unwrap();
    assert_eq!(coding.token().as_deref(), Some("http://xis.example/types|CONSULT"));
    assert_eq!(coding.display.as_deref(), Some("Consult"));
    assert_eq!(appointment.slot[0].id("Slot", None), Some("17"));
    let [patient, practitioner] = &appointment.participant[..] else { panic!("two participants") };
    assert_eq!(bsns(patient.identifiers()).collect::<Vec<_>>(), ["999990019"]);
    assert_eq!(patient.actor.as_ref().unwrap().id("Patient", None), Some("456"));
    assert_eq!(practitioner.actor.as_ref().unwrap().display.as_deref(), Some("Dokter Jansen"));
    assert_eq!(practitioner.status.as_deref(), Some("needs-action"));
    assert!(practitioner.identifiers().is_empty());
    assert_eq!(appointment.extension[0]["valueBoolean"], true);
}

#[test]
fn a7_null_reads_as_absent() {
    let fields = [
        "id",
        "meta",
        "identifier",
        "status",
        "start",
        "end",
        "comment",
        "description",
        "serviceCategory",
        "slot",
        "participant",
        "extension",
    ];
    let mut nulls = json!({ "resourceType": "Appointment" });
    for field in fields {
        nulls[field] = json!(null);
    }
    assert_eq!(read(&nulls), read(&json!({ "resourceType": "Appointment" })));
    let inner =
        json!({ "resourceType": "Appointment", "participant": [null, { "actor": null, "status": null }] });
    assert_eq!(read(&inner), read(&json!({ "resourceType": "Appointment", "participant": [{}] })));
}

#[test]
fn d14_unknown_fields_are_ignored() {
    let extra = json!({
        "resourceType": "Appointment",
        "id": "1",
        "priority": 5,
        "_start": { "extension": [] },
        "participant": [{ "type": [{ "text": "x" }], "actor": { "type": "Patient", "reference": "Patient/1" } }]
    });
    let plain = json!({
        "resourceType": "Appointment", "id": "1", "participant": [{ "actor": { "reference": "Patient/1" } }]
    });
    assert_eq!(read(&extra), read(&plain));
}

#[test]
fn one_object_may_stand_for_an_array_of_one_and_a_number_for_a_text() {
    let loose = json!({
        "resourceType": "Appointment",
        "id": 12345,
        "serviceCategory": { "coding": { "system": "s", "code": 7 } },
        "participant": { "actor": { "identifier": [{ "system": fhir::naming::BSN, "value": 999990019 }] } }
    });
    let strict = json!({
        "resourceType": "Appointment",
        "id": "12345",
        "serviceCategory": [{ "coding": [{ "system": "s", "code": "7" }] }],
        "participant": [{ "actor": { "identifier": { "system": fhir::naming::BSN, "value": "999990019" } } }]
    });
    assert_eq!(read(&loose), read(&strict));
}

#[test]
fn a19_required_counts_on_the_participant_and_under_its_actor() {
    let appointment = read(&json!({
        "resourceType": "Appointment",
        "participant": [{ "required": "required" }, { "actor": { "required": "optional" } }, { "actor": {} }]
    }));
    let required: Vec<_> =
        appointment.participant.iter().map(fhir::incoming::Participant::required).collect();
    assert_eq!(required, [Some("required"), Some("optional"), None]);
}

#[test]
fn a16_a_last_update_that_cannot_be_read_counts_as_absent() {
    let appointment =
        read(&json!({ "resourceType": "Appointment", "meta": { "lastUpdated": "2026-02-03" } }));
    assert_eq!(appointment.meta.unwrap().last_updated, None);
}

#[test]
fn d10_a_fault_is_told_by_its_place() {
    let faults = [
        (
            json!({ "start": "2026-04-10" }),
            "Appointment.start: expected a date and time such as 2026-04-10T09:00:00+02:00",
        ),
        (
            json!({ "start": 1 }),
            "Appointment.start: expected a date and time such as 2026-04-10T09:00:00+02:00",
        ),
        (json!({ "id": { "value": "1" } }), "Appointment.id: expected a text"),
        (json!({ "participant": 3 }), "Appointment.participant: expected an array"),
        (json!({ "participant": ["Jan"] }), "Appointment.participant[0]: expected an object"),
        (
            json!({ "participant": [{}, { "actor": { "identifier": [{ "value": [] }] } }] }),
            "Appointment.participant[1].actor.identifier[0].value: expected a text",
        ),
        (json!({ "meta": [1] }), "Appointment.meta: expected an object"),
    ];
    for (mut body, message) in faults {
        body["resourceType"] = json!("Appointment");
        let error = parse::<Appointment>(body.to_string().as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn d10_the_same_field_twice_is_told() {
    let error = parse::<Appointment>(br#"{"resourceType":"Appointment","id":"1","id":"2"}"#).unwrap_err();
    assert_eq!(error.to_string(), "Appointment.id: this is given twice");
    assert_eq!(error.issue_type, IssueType::Structure);
}
