//! The audit trail elsewhere: its lines as FHIR AuditEvents, and its head in a file.

use std::time::Duration;

use platform::audit_event;
use serde_json::{Value, json};
use store::{AuditFault, AuditFilter, AuditLine, Head};
use testkit::{JAN, Kit, Log, NOBODY, appointment};

const ONE: &str = "01000001";
const PROFILES: &str = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";

async fn lines(kit: &Kit) -> Vec<AuditLine> {
    let (store, everything) = (&kit.store, &AuditFilter::default());
    let lines =
        store.read("lines", |mut tx| async move { store.audit_page(&mut tx, everything, None, 100).await });
    lines.await.unwrap()
}

/// The event of the last act of this name.
async fn event_of(kit: &Kit, action: &str) -> Value {
    let line = lines(kit).await.into_iter().rfind(|line| line.action == action).unwrap();
    audit_event(&line, &"https://balie.example".parse().unwrap())
}

/// Each agent's kind, and whether it is the one who asked.
fn agents(event: &Value) -> Vec<(&str, bool)> {
    let agents = event["agent"].as_array().unwrap().iter();
    agents
        .map(|agent| {
            (agent["type"]["coding"][0]["code"].as_str().unwrap(), agent["requestor"].as_bool().unwrap())
        })
        .collect()
}

/// Each entity's type, and its role where it has one.
fn entities(event: &Value) -> Vec<(&str, Option<&str>)> {
    let entities = event["entity"].as_array().unwrap().iter();
    entities
        .map(|entity| (entity["type"]["code"].as_str().unwrap(), entity["role"]["code"].as_str()))
        .collect()
}

#[tokio::test]
async fn an_event_names_its_profile_who_asked_what_it_was_about_and_how_it_ended() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let stored = kit.appointment(JAN).await;
        let patient = format!("Patient/{}", stored.account.unwrap());
        let event = event_of(&kit, "appointment update").await;
        assert_eq!(event["meta"]["profile"], json!([format!("{PROFILES}PatientUpdate")]));
        assert_eq!([&event["action"], &event["outcome"], &event["outcomeDesc"]], ["U", "0", "new"]);
        assert_eq!(event["subtype"][0]["code"], "update");
        assert_eq!(agents(&event), [("AUT", true), ("110153", false), ("110152", false)]);
        let [practice, client, server] = [0, 1, 2].map(|place| &event["agent"][place]);
        assert_eq!(practice["who"]["identifier"]["value"], ONE);
        assert_eq!(practice["role"][0]["coding"][0]["code"], "xis");
        assert_eq!(practice["policy"], json!(["urn:balie:audit-basis:token"]));
        assert_eq!(client["who"]["identifier"]["value"], "demo-xis");
        assert_eq!(client["network"], json!({ "address": "127.0.0.1", "type": "2" }));
        assert_eq!(server["network"]["address"], "https://balie.example/");
        let about = [("1", Some("1")), ("2", Some("4")), ("3", Some("9")), ("XrequestId", None)];
        assert_eq!(entities(&event), about);
        assert_eq!(event["entity"][0]["what"]["reference"], patient);
        let thing = json!({ "type": "Appointment", "identifier": { "system": "urn:balie:appointment", "value": "a" } });
        assert_eq!(event["entity"][1]["what"], thing);

        // What is read goes the other way.
        kit.browser(JAN).await.read(&format!("/appointments/{}", stored.id)).await;
        let event = event_of(&kit, "appointment view").await;
        assert_eq!(event["meta"]["profile"], json!([format!("{PROFILES}PatientRead")]));
        assert_eq!([&event["action"], &event["outcome"]], ["R", "0"]);
        assert_eq!(agents(&event), [("IRCP", true), ("110152", false), ("110153", false)]);
        assert_eq!(event["agent"][0]["who"]["reference"], patient);
    }
}

#[tokio::test]
async fn a_refusal_claims_no_profile_and_no_event_has_a_bsn_or_two_who_asked() {
    for kit in Kit::on_both().await {
        for (id, patient) in [("a", JAN), ("b", NOBODY)] {
            kit.put(ONE, id, &appointment(id, patient)).await;
        }
        kit.browser(JAN).await.read("/").await;
        let event = event_of(&kit, "appointment update").await;
        assert_eq!((&event["meta"], &event["outcome"]), (&Value::Null, &json!("4")));
        assert_eq!(event["outcomeDesc"], "refused: PATIENT_NOT_FOUND");
        for line in lines(&kit).await {
            let event = audit_event(&line, &kit.base.parse().unwrap());
            assert_eq!(agents(&event).iter().filter(|(_, asked)| *asked).count(), 1, "{event}");
            for patient in [JAN, NOBODY] {
                assert!(!event.to_string().contains(patient.bsn), "{event}");
            }
        }
    }
}

/// The head that the platform's file holds.
fn exported(kit: &Kit) -> Option<Head> {
    let text = std::fs::read_to_string(kit.head_file()).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

/// Does it again and again: what others do on the same server may be older than a line, which then waits.
async fn until(mut is_so: impl AsyncFnMut() -> bool) {
    let trying = async {
        while !is_so().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), trying).await.unwrap();
}

#[tokio::test]
async fn the_file_holds_the_newest_head() {
    for kit in Kit::on_both().await {
        assert_eq!(exported(&kit), None);
        for id in ["a", "b"] {
            kit.put(ONE, id, &appointment(id, JAN)).await;
            let head = kit.seal_audit().await;
            assert!(head.is_some() && exported(&kit) == head, "{head:?}");
        }
    }
}

#[tokio::test]
async fn a_platform_at_work_seals_each_second_and_once_more_when_it_stops() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        until(async || {
            kit.stop_jobs().await;
            exported(&kit).is_some()
        })
        .await;
        kit.begin_jobs();
        for id in ["b", "c"] {
            let before = exported(&kit).unwrap().number;
            kit.put(ONE, id, &appointment(id, JAN)).await;
            until(async || {
                kit.clock.turn(Duration::from_secs(1));
                kit.rows().await;
                exported(&kit).unwrap().number > before
            })
            .await;
        }
    }
}

/// ASVS: 16.4.2
#[tokio::test]
async fn a_platform_at_work_keeps_the_head_of_an_end_that_was_cut_off() {
    for kit in Kit::on_both().await {
        let log = Log::listen();
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let first = kit.seal_audit().await.unwrap();
        kit.put(ONE, "b", &appointment("b", JAN)).await;
        let head = kit.seal_audit().await.unwrap();
        kit.cut_trail(first.number).await;
        // The numbers of what is gone are given again, and the trail by itself is whole.
        kit.put(ONE, "c", &appointment("c", JAN)).await;
        let said = || log.lines("ERROR").into_iter().find(|line| line.contains("audit trail"));
        until(async || {
            kit.stop_jobs().await;
            said().is_some()
        })
        .await;
        let said = said().unwrap();
        assert!(said.contains("was cut off") && said.contains("run `balie audit verify`"), "{said}");
        assert_eq!(exported(&kit).as_ref(), Some(&head));
        let faults = faults(&kit, head).await;
        let is_found = matches!(faults[..], [AuditFault::HeadDiffers { .. } | AuditFault::TailCut { .. }]);
        assert!(is_found, "{faults:?}");

        // Once somebody has put it elsewhere there is a new one.
        std::fs::remove_file(kit.head_file()).unwrap();
        kit.put(ONE, "d", &appointment("d", JAN)).await;
        let head = kit.seal_audit().await;
        assert!(head.is_some() && exported(&kit) == head, "{head:?}");
    }
}

async fn faults(kit: &Kit, head: Head) -> Vec<AuditFault> {
    let (mut check, mut faults) = (kit.store.check_audit(vec![head]), Vec::new());
    while let Some(found) = check.next().await.unwrap() {
        faults.extend(found);
    }
    faults
}
