//! `GET /Appointment/{id}/$notices`: what became of telling the patient.

use std::time::Duration;

use agenda::Bsn;
use reqwest::Method;
use serde_json::{Value, json};
use store::{Device, Error, Preferences};
use testkit::{Answer, Caller, JAN, Kit, appointment};
use world::{Chance as _, Clock as _, SystemChance};

const ONE: &str = "01000001";

async fn ask(caller: &Caller, agb: &str, id: &str) -> Answer {
    Answer::to(caller.call(Method::GET, agb, &format!("/Appointment/{id}/$notices"))).await
}

/// The communications about appointment `a`, newest first.
async fn communications(kit: &Kit) -> Vec<Value> {
    let answer = ask(&kit.caller().await, ONE, "a").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/fhir+json"));
    let found = answer.json();
    assert_eq!((&found["resourceType"], &found["type"]), (&json!("Bundle"), &json!("searchset")));
    let entries = found["entry"].as_array().cloned().unwrap_or_default();
    assert_eq!(found["total"], entries.len());
    entries.into_iter().map(|mut entry| entry["resource"].take()).collect()
}

/// Kind, way, status and reason of each, in our own words.
async fn in_short(kit: &Kit) -> Vec<String> {
    let word = |concept: &Value| concept["coding"][0]["code"].as_str().unwrap_or("-").to_owned();
    let line = |one: &Value| {
        let (kind, way) = (word(&one["category"][0]), word(&one["medium"][0]));
        format!("{kind} {way} {} {}", one["status"].as_str().unwrap(), word(&one["statusReason"]))
    };
    communications(kit).await.iter().map(line).collect()
}

async fn put(kit: &Kit, status: &str, start: &str, end: &str) {
    let mut body = appointment("a", JAN);
    (body["status"], body["start"], body["end"]) = (json!(status), json!(start), json!(end));
    assert_eq!(kit.put(ONE, "a", &body).await.status, 200);
}

async fn put_new(kit: &Kit) {
    put(kit, "booked", "2026-05-12T09:10:00+02:00", "2026-05-12T09:20:00+02:00").await;
}

async fn put_moved(kit: &Kit) {
    put(kit, "booked", "2026-05-12T11:40:00+02:00", "2026-05-12T11:50:00+02:00").await;
}

async fn prefer(kit: &Kit, chosen: Preferences) {
    let (store, bsn) = (&kit.store, &Bsn::parse(JAN.bsn).unwrap());
    let saved: Result<(), Error> = store
        .tx("prefer", |mut tx| async move {
            let account = store.account_of(&mut tx, bsn).await?.unwrap();
            store.save_preferences(&mut tx, account.id, &chosen).await
        })
        .await;
    saved.unwrap();
}

/// Jan's notifications go to a device of this name too.
async fn subscribe(kit: &Kit, name: &str) {
    let subscription = kit.push_service.phone(name).subscription();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (endpoint, keys) = (text(&subscription["endpoint"]), &subscription["keys"]);
    let (p256dh, auth) = (text(&keys["p256dh"]), text(&keys["auth"]));
    let device = &Device { endpoint, p256dh, auth, browser: None, system: None };
    let (store, bsn, now) = (&kit.store, &Bsn::parse(JAN.bsn).unwrap(), kit.clock.now());
    let saved: Result<_, Error> = store
        .tx("subscribe", |mut tx| async move {
            let account = store.account_of(&mut tx, bsn).await?.unwrap();
            store.save_subscription(&mut tx, account.id, SystemChance.uuid(), device, now).await
        })
        .await;
    saved.unwrap();
}

#[tokio::test]
async fn a_notice_is_queued_then_sent_and_says_when() {
    for kit in Kit::on_both().await {
        put_new(&kit).await;
        let [queued]: [Value; 1] = communications(&kit).await.try_into().unwrap();
        assert_eq!((&queued["status"], queued.get("sent")), (&json!("preparation"), None));
        assert_eq!(queued["extension"][0]["valueDateTime"], "2026-05-04T08:00:00Z");
        kit.clock.turn(Duration::from_secs(7));
        kit.drain().await;
        let [sent]: [Value; 1] = communications(&kit).await.try_into().unwrap();
        assert_eq!((&sent["status"], &sent["sent"]), (&json!("completed"), &json!("2026-05-04T08:00:07Z")));
        assert_eq!((&sent["id"], &sent["identifier"]), (&queued["id"], &queued["identifier"]));
        assert_eq!(sent["about"], json!([{ "reference": "Appointment/a" }]));
        for absent in ["extension", "statusReason", "recipient", "subject", "payload", "note"] {
            assert_eq!(sent.get(absent), None, "{absent}");
        }
        let whole = sent.to_string();
        for leak in [JAN.mail, JAN.name, JAN.bsn, "Consult", "dokter Jansen", "12 mei", "05-12"] {
            assert!(!whole.contains(leak), "{leak} in {whole}");
        }
    }
}

#[tokio::test]
async fn each_change_is_there_in_each_way_the_newest_first() {
    for kit in Kit::on_both().await {
        subscribe(&kit, "phone").await;
        subscribe(&kit, "tablet").await;
        put_new(&kit).await;
        kit.drain().await;
        put_moved(&kit).await;
        assert_eq!(
            in_short(&kit).await,
            [
                "modified mail preparation -",
                "modified push preparation -",
                "modified push preparation -",
                "new mail completed -",
                "new push completed -",
                "new push completed -",
            ]
        );
        let all = communications(&kit).await;
        let ids: std::collections::BTreeSet<_> = all.iter().map(|one| one["id"].to_string()).collect();
        assert_eq!(ids.len(), 6);
        assert_eq!(all[0]["identifier"], all[2]["identifier"]);
        assert_ne!(all[0]["identifier"], all[3]["identifier"]);
    }
}

#[tokio::test]
async fn what_fails_says_why_and_when_it_is_tried_again_and_what_is_given_up_says_why() {
    for kit in Kit::on_both().await {
        kit.mailbox.answer_recipients("451 later, jan.jansen@patient.example");
        put_new(&kit).await;
        kit.drain().await;
        let [failed]: [Value; 1] = communications(&kit).await.try_into().unwrap();
        assert_eq!(failed["status"], "in-progress");
        assert_eq!(failed["statusReason"]["text"], "the mail server does not take this mail (code 451)");
        let next: jiff::Timestamp =
            failed["extension"][0]["valueDateTime"].as_str().unwrap().parse().unwrap();
        assert!(next > kit.clock.now());

        kit.mailbox.answer_recipients("550 no jan.jansen@patient.example here");
        kit.clock.turn(Duration::from_secs(10));
        kit.drain().await;
        let [given_up]: [Value; 1] = communications(&kit).await.try_into().unwrap();
        assert_eq!(given_up["status"], "not-done");
        let reason = &given_up["statusReason"];
        assert_eq!(reason["coding"][0]["code"], "given-up");
        assert_eq!(reason["text"], "the mail server refuses this mail for good (code 550)");
        assert_eq!(given_up.get("extension"), None);
    }
}

#[tokio::test]
async fn what_another_notice_told_is_superseded() {
    for kit in Kit::on_both().await {
        put_new(&kit).await;
        put_moved(&kit).await;
        kit.drain().await;
        assert_eq!(
            in_short(&kit).await,
            ["modified mail completed -", "new mail not-done superseded"],
            "both were told in one mail"
        );
    }
}

#[tokio::test]
async fn d12_a_patient_without_a_way_to_be_told_is_not_told() {
    for kit in Kit::on_both().await {
        prefer(&kit, Preferences { by_mail: false, ..Preferences::default() }).await;
        put_new(&kit).await;
        kit.drain().await;
        assert_eq!(in_short(&kit).await, ["new - not-done no-channel"]);
        assert_eq!(kit.mailbox.mails().len(), 0);
    }
}

#[tokio::test]
async fn a15_anothers_appointment_is_as_unknown_as_nobodys() {
    for kit in Kit::on_both().await {
        put_new(&kit).await;
        let caller = kit.caller().await;
        let unknown = ask(&caller, ONE, "none").await;
        assert_eq!(unknown.refusal(), (404, "APPOINTMENT_NOT_FOUND".to_owned()));
        let other = Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        for foreign in [ask(&caller, "01000002", "a").await, ask(&other, "01000004", "a").await] {
            assert_eq!((foreign.status, &foreign.text), (404, &unknown.text));
        }
        assert_eq!(ask(&other, ONE, "a").await.refusal(), (403, "ORGANIZATION_FORBIDDEN".to_owned()));
        assert_eq!(ask(&caller, ONE, "no%20id").await.refusal().0, 404);
        let told = caller.call(Method::POST, ONE, "/Appointment/a/$notices");
        assert_eq!(Answer::to(told).await.refusal(), (405, "METHOD".to_owned()));
        let html = caller.call(Method::GET, ONE, "/Appointment/a/$notices").header("accept", "text/html");
        assert_eq!(Answer::to(html).await.refusal(), (406, "ACCEPT".to_owned()));
    }
}

#[tokio::test]
async fn a1_a_tombstone_was_told_to_nobody() {
    for kit in Kit::on_both().await {
        put(&kit, "cancelled", "2026-05-12T09:10:00+02:00", "2026-05-12T09:20:00+02:00").await;
        assert_eq!(communications(&kit).await, Vec::<Value>::new());
    }
}

#[tokio::test]
async fn whoever_asks_leaves_a_line_in_the_audit_trail() {
    for kit in Kit::on_both().await {
        put_new(&kit).await;
        let (caller, before) = (kit.caller().await, kit.rows().await);
        ask(&caller, ONE, "a").await;
        assert_eq!(kit.grown(&before).await, [("audit", 1)]);
        ask(&caller, ONE, "none").await;
        let told = kit.audited("notices read").await;
        assert_eq!(told, ["refused: APPOINTMENT_NOT_FOUND", "shown"]);
    }
}

#[tokio::test]
async fn the_operation_is_named_with_an_address_where_it_is_defined() {
    for kit in Kit::on_both().await {
        let statement = Answer::to(kit.http.get(format!("{}/fhir/r4/metadata", kit.base))).await.json();
        let operation = &statement["rest"][0]["resource"][0]["operation"][0];
        assert_eq!(operation["name"], "notices");
        let definition = Answer::to(kit.http.get(operation["definition"].as_str().unwrap())).await;
        assert_eq!((definition.status, definition.header("content-type")), (200, "application/fhir+json"));
        let definition = definition.json();
        assert_eq!(
            (&definition["resourceType"], &definition["url"], &definition["code"]),
            (&json!("OperationDefinition"), &operation["definition"], &json!("notices"))
        );
        assert_eq!((&definition["instance"], &definition["affectsState"]), (&json!(true), &json!(false)));
    }
}
