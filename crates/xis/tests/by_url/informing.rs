//! What a page says of whether the patient was told, as the platform says it.

use http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::common::{Bench, MEHMET, Notices, PLAIN, benches};

const JANSEN: &str = "01000001-jansen";

/// The communication of notice `what` by `medium`, with what makes it special.
fn communication(what: u32, medium: &str, special: &Value) -> Value {
    let mut communication = json!({
        "resourceType": "Communication",
        "identifier": [{ "system": "urn:ietf:rfc:3986", "value": format!("urn:uuid:{what}") }],
        "category": [{ "coding": [{ "system": "urn:balie:notice", "code": "modified" }] }],
        "medium": [{ "coding": [{ "system": "urn:balie:notice-route", "code": medium }] }],
    });
    communication.as_object_mut().unwrap().extend(special.as_object().unwrap().clone());
    communication
}

fn sent(what: u32, medium: &str, at: &str) -> Value {
    communication(what, medium, &json!({ "status": "completed", "sent": at }))
}

fn not_done(what: u32, medium: &str, code: &str) -> Value {
    let reason = json!({ "coding": [{ "code": code }], "text": "the mail server refuses this mail" });
    communication(what, medium, &json!({ "status": "not-done", "statusReason": reason }))
}

fn failing(what: u32, medium: &str, next: &str) -> Value {
    let next = json!([{ "url": "urn:balie:extension:next-attempt", "valueDateTime": next }]);
    let reason = json!({ "text": "the mail server did not answer within 30 s" });
    communication(
        what,
        medium,
        &json!({ "status": "in-progress", "statusReason": reason, "extension": next }),
    )
}

fn reminder(what: u32, at: &str) -> Value {
    let category = json!([{ "coding": [{ "code": "reminder" }] }]);
    communication(what, "mail", &json!({ "status": "completed", "sent": at, "category": category }))
}

/// An appointment that the platform was told of; its page's address.
async fn told(bench: &Bench) -> String {
    let address = bench.planned(MEHMET, JANSEN, "2026-05-13", "18:00").await;
    bench.xis.tell_now().await.unwrap();
    bench.platform.heard();
    address
}

/// What the page says of telling the patient, without the words around it.
async fn said(bench: &Bench, address: &str, language: &str) -> String {
    let page = bench.page("GET", address).in_language(language).send().await.expect(200).text;
    let (_, card) = page.split_once("<div class=\"card told ").unwrap();
    let (card, _) = card.split_once("</div>").unwrap();
    let (class, card) = card.split_once("\">").unwrap();
    let paragraphs = card.split("<p").skip(1).map(|text| {
        let (_, text) = text.split_once('>').unwrap();
        text.split('<').next().unwrap()
    });
    let all: Vec<_> = std::iter::once(class).chain(paragraphs).collect();
    all.join(" | ")
}

#[tokio::test]
async fn how_far_telling_the_patient_is_stands_in_one_sentence() {
    let stories: [(Vec<Value>, &str); 11] = [
        (vec![], "told | Verteld aan het platform op ma 11 mei, 06:00"),
        (vec![sent(1, "mail", "2026-05-11T04:12:00Z")], "told | Patiënt geïnformeerd per mail om 06:12."),
        (
            vec![
                sent(1, "mail", "2026-05-11T04:12:00.123456Z"),
                sent(1, "push", "2026-05-11T04:14:00Z"),
                sent(1, "push", "2026-05-11T04:13:00Z"),
            ],
            "told | Patiënt geïnformeerd per mail om 06:12 en per melding op de telefoon om 06:13.",
        ),
        (
            vec![failing(1, "mail", "2026-05-11T04:20:00Z"), sent(1, "push", "2026-05-10T04:13:00Z")],
            "told | Patiënt geïnformeerd per melding op de telefoon op zo 10 mei om 06:13.",
        ),
        (
            vec![
                communication(2, "mail", &json!({ "status": "preparation" })),
                sent(1, "mail", "2026-05-11T04:12:00Z"),
            ],
            "soft | De patiënt wordt geïnformeerd…",
        ),
        (
            vec![failing(1, "mail", "2026-05-11T04:20:00Z"), not_done(1, "push", "no-channel")],
            "waiting | De patiënt is nog niet geïnformeerd. Volgende poging om 06:20. \
             | Technisch: the mail server did not answer within 30 s",
        ),
        (
            vec![not_done(1, "mail", "given-up")],
            "refused | Patiënt niet geïnformeerd: het bericht kon niet worden bezorgd, bel 06 1234 5601. \
             | Technisch: the mail server refuses this mail",
        ),
        (
            vec![not_done(1, "none", "no-channel")],
            "refused | Patiënt niet geïnformeerd: de patiënt is niet te bereiken per mail of melding, \
             bel 06 1234 5601.",
        ),
        (
            vec![not_done(2, "mail", "superseded"), sent(1, "mail", "2026-05-11T04:12:00Z")],
            "told | Patiënt geïnformeerd per mail om 06:12.",
        ),
        (
            vec![reminder(2, "2026-05-12T16:00:00Z"), sent(1, "mail", "2026-05-11T04:12:00Z")],
            "told | Patiënt geïnformeerd per mail om 06:12. | Herinnering verstuurd per mail op di 12 mei om 18:00.",
        ),
        (
            vec![json!({ "resourceType": "OperationOutcome", "issue": [] })],
            "told | Verteld aan het platform op ma 11 mei, 06:00",
        ),
    ];
    for bench in benches().await {
        let address = told(&bench).await;
        for (communications, sentence) in &stories {
            bench.platform.will_say(Notices::Of(communications.clone()));
            assert_eq!(said(&bench, &address, "nl").await, *sentence);
        }
        bench.platform.will_say(Notices::Of(vec![sent(1, "mail", "2026-05-11T04:12:00Z")]));
        assert_eq!(said(&bench, &address, "en").await, "told | Patient informed by mail at 06:12.");
    }
}

#[tokio::test]
async fn the_platform_is_asked_for_this_practice_and_only_where_it_knows() {
    for bench in benches().await {
        bench.platform.will_say(Notices::Of(vec![]));
        let address = bench.planned(MEHMET, JANSEN, "2026-05-13", "18:00").await;
        assert_eq!(said(&bench, &address, "nl").await, "soft | Wordt verteld aan het platform…");
        assert_eq!(bench.platform.asked().len(), 0);

        bench.xis.tell_now().await.unwrap();
        said(&bench, &address, "nl").await;
        let asked = bench.platform.asked();
        let id = address.rsplit('/').next().unwrap();
        let lines: Vec<_> = asked.iter().map(|asked| asked.line.as_str()).collect();
        assert_eq!(lines, ["GET /fhir/r4/metadata", &format!("GET /fhir/r4/Appointment/{id}/$notices")]);
        let header = |name: &str| asked[1].headers[name].to_str().unwrap();
        assert_eq!(header("authorization"), "Bearer token-1");
        assert!(header("x-organization-identifier").ends_with(PLAIN));
        assert_eq!(asked[0].headers.get("authorization"), None);
    }
}

#[tokio::test]
async fn what_a_platform_offers_is_remembered_for_ten_minutes() {
    for bench in benches().await {
        let address = told(&bench).await;
        let knows = "told | Verteld aan het platform op ma 11 mei, 06:00";
        for (seconds, questions) in [(0, 1), (599, 0), (1, 1)] {
            bench.clock.turn(SignedDuration::from_secs(seconds));
            assert_eq!(said(&bench, &address, "nl").await, knows);
            assert_eq!(bench.platform.asked().len(), questions, "after {seconds} s more");
        }
        bench.platform.will_say(Notices::Of(vec![sent(1, "mail", "2026-05-11T04:12:00Z")]));
        assert_eq!(said(&bench, &address, "nl").await, knows, "it said that it does not offer this");
        bench.clock.turn(SignedDuration::from_secs(600));
        assert_eq!(said(&bench, &address, "nl").await, "told | Patiënt geïnformeerd per mail om 06:12.");
    }
}

#[tokio::test]
async fn a_page_waits_a_second_for_the_platform_and_then_leaves_it_alone_for_a_while() {
    let unknown = "soft | Het platform weet dit. Of de patiënt al bericht kreeg, is nu onbekend.";
    for bench in benches().await {
        bench.platform.will_say(Notices::Of(vec![]));
        let address = told(&bench).await;
        said(&bench, &address, "nl").await;
        bench.platform.asked();
        bench.platform.will_say(Notices::Stalled);
        let a_second_after_it_asked = async {
            while bench.platform.asked().is_empty() {
                tokio::task::yield_now().await;
            }
            bench.clock.turn(SignedDuration::from_secs(1));
        };
        let (page, ()) = tokio::join!(said(&bench, &address, "nl"), a_second_after_it_asked);
        assert_eq!(page, unknown);
        bench.platform.will_say(Notices::Of(vec![sent(1, "mail", "2026-05-11T04:12:00Z")]));
        assert_eq!(said(&bench, &address, "nl").await, unknown);
        assert_eq!(bench.platform.asked().len(), 0);
        bench.clock.turn(SignedDuration::from_secs(10));
        assert!(said(&bench, &address, "nl").await.starts_with("told | Patiënt geïnformeerd per mail om "));
    }
}

#[tokio::test]
async fn what_the_platform_does_not_say_is_unknown_and_what_it_does_not_know_is_told_to_nobody() {
    for bench in benches().await {
        let address = told(&bench).await;
        for (status, sentence) in [
            (StatusCode::NOT_FOUND, "told | Verteld aan het platform op ma 11 mei, 06:00"),
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                "soft | Het platform weet dit. Of de patiënt al bericht kreeg, is nu onbekend.",
            ),
        ] {
            bench.platform.will_say(Notices::Refused(status));
            assert_eq!(said(&bench, &address, "nl").await, sentence);
        }
    }
}

#[tokio::test]
async fn an_answer_that_says_nothing_silences_nobody() {
    for bench in benches().await {
        let address = told(&bench).await;
        for status in
            [StatusCode::FORBIDDEN, StatusCode::TOO_MANY_REQUESTS, StatusCode::INTERNAL_SERVER_ERROR]
        {
            bench.platform.will_say(Notices::Refused(status));
            assert!(said(&bench, &address, "nl").await.ends_with("is nu onbekend."));
            bench.platform.will_say(Notices::Of(vec![sent(1, "mail", "2026-05-11T04:12:00Z")]));
            assert_eq!(said(&bench, &address, "nl").await, "told | Patiënt geïnformeerd per mail om 06:12.");
        }
    }
}
