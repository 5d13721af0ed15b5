//! What the practice's system answers to a search: whole, odd or partly broken.

use fhir::incoming::{Bundle, Patient, PractitionerRole, Resource, Schedule, Slot};
use serde::Deserialize;
use serde_json::{Value, json};

fn bundle<T: Resource + Deserialize<'static>>(entries: &Value) -> Bundle<T> {
    let body = json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries });
    Bundle::parse(body.to_string().leak().as_bytes()).expect("a bundle")
}

fn slot(id: &str) -> Value {
    json!({
        "resourceType": "Slot",
        "id": id,
        "status": "free",
        "start": "2026-04-10T09:00:00Z",
        "end": "2026-04-10T09:30:00Z",
        "serviceCategory": [{ "coding": [{ "system": "s", "code": "CONSULT", "display": "Consult" }] }],
        "extension": [
            { "url": "urn:other", "valueString": "x" },
            { "url": "urn:extension:actor", "valueReference": { "reference": "PractitionerRole/7", "display": "Dokter" } }
        ],
        "schedule": { "reference": "Schedule/3" }
    })
}

#[test]
fn c9_a_slot_tells_its_actor_agenda_and_categories() {
    let slots = bundle::<Slot>(&json!([{ "fullUrl": "https://xis.example/Slot/1", "resource": slot("1") }]));
    let [slot] = &slots.resources[..] else { panic!("one slot") };
    assert_eq!(slot.actor().unwrap().display.as_deref(), Some("Dokter"));
    assert_eq!(slot.schedule.as_ref().unwrap().reference.as_deref(), Some("Schedule/3"));
    let codes = slot.codings().map(|code| (code.system.as_deref(), code.code.as_deref()));
    assert_eq!(codes.collect::<Vec<_>>(), [(Some("s"), Some("CONSULT"))]);
    assert_eq!(slot.status.as_deref(), Some("free"));
}

#[test]
fn one_bad_entry_does_not_lose_the_bundle() {
    let mut broken = slot("2");
    broken["start"] = json!("999990019");
    let entries = json!([
        { "resource": slot("1") }, { "resource": broken }, 5, null, {}, { "resource": null },
        { "resource": { "id": "4" } }, { "resource": slot("3") }
    ]);
    let slots = bundle::<Slot>(&entries);
    assert_eq!(slots.resources.iter().map(|slot| &*slot.id).collect::<Vec<_>>(), ["1", "3"]);
    assert_eq!(slots.skipped.iter().map(|skipped| skipped.index).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(
        slots.skipped[0].problem.to_string(),
        "Slot.start: expected a date and time such as 2026-04-10T09:00:00+02:00"
    );
}

#[test]
fn b1_the_agenda_of_a_slot_is_read_in_the_contracts_form_too() {
    let mut nested = slot("1");
    nested["schedule"] = json!({ "reference": { "reference": "Schedule/3", "display": "Spreekuur" } });
    let slots = bundle::<Slot>(&json!([{ "resource": nested }]));
    let schedule = slots.resources[0].schedule.as_ref().unwrap();
    assert_eq!(
        (schedule.reference.as_deref(), schedule.display.as_deref()),
        (Some("Schedule/3"), Some("Spreekuur"))
    );
}

#[test]
fn a_text_with_an_escape_is_read_as_it_is_meant() {
    let body = r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Slot","id":"ab\/c",
        "start":"2026-04-10T09:00:00Z","end":"2026-04-10T09:30:00Z"}}]}"#;
    let slots = Bundle::<Slot>::parse(body.as_bytes()).unwrap();
    assert_eq!(slots.resources[0].id, "ab/c");
}

#[test]
fn an_entry_of_another_type_is_passed_over_without_a_problem() {
    let outcome = json!({ "resource": { "resourceType": "OperationOutcome", "issue": [] }, "search": { "mode": "outcome" } });
    let slots = bundle::<Slot>(&json!([outcome, { "resource": slot("1") }]));
    assert_eq!((slots.resources.len(), slots.skipped.len()), (1, 0));
}

#[test]
fn c11_bare_and_wrapped_schedules_are_both_read() {
    let schedule = json!({
        "resourceType": "Schedule", "id": 123, "serviceCategory": [],
        "actor": [{ "reference": "PractitionerRole/7" }], "planningHorizon": { "start": "2026-01-01" }
    });
    let schedules = bundle::<Schedule>(&json!([schedule, { "resource": schedule }]));
    assert_eq!(schedules.resources.len(), 2);
    assert_eq!(schedules.resources[0], schedules.resources[1]);
    assert_eq!(schedules.resources[0].id, "123");
    assert_eq!(schedules.resources[0].actor[0].id("PractitionerRole", None), Some("7"));
}

#[test]
fn c11_a_practitioner_role_is_read_in_the_contracts_words_and_in_fhirs() {
    let coding = json!({ "coding": [{ "system": "s", "code": "0100", "display": "Huisarts" }] });
    let roles = bundle::<PractitionerRole>(&json!([
        { "resource": { "resourceType": "PractitionerRole", "id": "1", "name": "Dr. Bos", "speciality": coding } },
        { "resource": {
            "resourceType": "PractitionerRole", "id": "2", "practitioner": { "display": "Dr. Dam" }, "specialty": [coding]
        } }
    ]));
    let names: Vec<_> = roles.resources.iter().filter_map(PractitionerRole::display).collect();
    assert_eq!(names, ["Dr. Bos", "Dr. Dam"]);
    for role in &roles.resources {
        assert_eq!(role.specialities().next().unwrap().coding[0].code.as_deref(), Some("0100"));
    }
}

#[test]
fn c7_the_next_page_is_named() {
    let body = json!({
        "resourceType": "Bundle",
        "link": [{ "relation": "self", "url": "a" }, { "relation": "next", "url": "https://xis.example/Slot?page=2" }]
    });
    let slots = Bundle::<Slot>::parse(body.to_string().leak().as_bytes()).unwrap();
    assert_eq!(slots.next.as_deref(), Some("https://xis.example/Slot?page=2"));
    assert_eq!(bundle::<Slot>(&json!(null)).next, None);
}

#[test]
fn c15_a_patient_tells_id_bsn_and_name() {
    let patient = json!({
        "resourceType": "Patient", "id": "p-1",
        "identifier": [{ "system": "other", "value": "5" }, { "system": fhir::naming::BSN, "value": 999990019 }],
        "name": [{ "use": "official", "family": "Jansen", "given": ["Jan", "P."] }]
    });
    let patients = bundle::<Patient>(&json!([{ "resource": patient }]));
    let [patient] = &patients.resources[..] else { panic!("one patient") };
    assert_eq!(patient.id.as_deref(), Some("p-1"));
    assert_eq!(patient.bsns().collect::<Vec<_>>(), ["999990019"]);
    assert_eq!(patient.display().as_deref(), Some("Jan P. Jansen"));
}

#[test]
fn what_is_no_bundle_is_refused() {
    let outcome = json!({ "resourceType": "OperationOutcome", "issue": [] }).to_string();
    assert_eq!(
        Bundle::<Slot>::parse(outcome.as_bytes()).unwrap_err().to_string(),
        "Bundle.resourceType: expected a resource of type Bundle, this is of type OperationOutcome"
    );
    let wrong = json!({ "resourceType": "Bundle", "entry": {} }).to_string();
    assert_eq!(Bundle::<Slot>::parse(wrong.as_bytes()).unwrap_err().expression, "Bundle.entry");
}
