//! Answers, in both forms and both directions.

use fhir::incoming::{AppointmentResponse, bsns};
use fhir::outgoing::{ActorForm, Resource};
use fhir::{ParticipationStatus, examples, parse};
use serde_json::{Value, json};

fn read(actor: &Value) -> AppointmentResponse {
    let body = json!({
        "actor": actor,
        "comment": "",
        "appointment": { "reference": "Appointment/123/_history/2" },
        "participantStatus": "accepted"
    });
    parse(body.to_string().as_bytes()).expect("a response")
}

#[test]
fn b1_every_form_of_the_actor_gives_the_same_identifier() {
    let identifier = json!({ "system": fhir::naming::BSN, "value": "999990019" });
    for actor in [
        json!({ "reference": { "identifier": [identifier] } }),
        json!({ "reference": { "identifier": identifier } }),
        json!({ "reference": "Patient/456", "identifier": identifier }),
        json!({ "identifier": [identifier] }),
    ] {
        assert_eq!(bsns(read(&actor).identifiers()).collect::<Vec<_>>(), ["999990019"], "{actor}");
    }
}

#[test]
fn b1_identifiers_of_both_places_are_kept() {
    let response = read(&json!({
        "reference": { "reference": "Practitioner/1", "display": "Dokter", "identifier": [{ "system": "a", "value": "1" }] },
        "identifier": { "system": "b", "value": "2" }
    }));
    let values: Vec<_> =
        response.identifiers().iter().filter_map(|identifier| identifier.value.as_deref()).collect();
    assert_eq!(values, ["2", "1"]);
    let actor = response.actor.unwrap();
    assert_eq!(
        (actor.reference.as_deref(), actor.display.as_deref()),
        (Some("Practitioner/1"), Some("Dokter"))
    );
}

#[test]
fn b6_an_empty_comment_is_read() {
    assert_eq!(read(&json!({})).comment.as_deref(), Some(""));
}

#[test]
fn b7_the_appointment_is_named_without_its_version() {
    assert_eq!(read(&json!({})).appointment.unwrap().id("Appointment", None), Some("123"));
}

#[test]
fn b1_we_send_the_contracts_form_or_fhirs() {
    let identifier = json!({ "system": fhir::naming::BSN, "value": "999990019" });
    let actor = |form| {
        let sent: Value = serde_json::from_slice(&examples::appointment_response(form).to_json()).unwrap();
        assert_eq!(sent["resourceType"], "AppointmentResponse");
        assert_eq!(sent["appointment"], json!({ "reference": "Appointment/12345" }));
        assert_eq!(sent["participantStatus"], "declined");
        assert!(!sent["comment"].as_str().unwrap().is_empty());
        sent["actor"].clone()
    };
    assert_eq!(actor(ActorForm::default()), json!({ "reference": { "identifier": [identifier] } }));
    assert_eq!(actor(ActorForm::Fhir), json!({ "identifier": identifier }));
}

#[test]
fn b1_what_we_send_in_either_form_reads_back() {
    for form in [ActorForm::Contract, ActorForm::Fhir] {
        let response: AppointmentResponse = parse(&examples::appointment_response(form).to_json()).unwrap();
        assert_eq!(bsns(response.identifiers()).collect::<Vec<_>>(), ["999990019"]);
        let status = response.participant_status.as_deref().and_then(ParticipationStatus::from_code);
        assert_eq!(status, Some(ParticipationStatus::Declined));
    }
}
