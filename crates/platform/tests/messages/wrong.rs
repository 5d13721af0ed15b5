//! What is wrong with a message, said with its place (D10, D16).

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, JAN, Kit, Log, attachment, files, message};

use super::{ONE, with_files};

/// The body with something else at a place; `None` takes it away.
fn changed(pointer: &str, value: Option<Value>) -> Value {
    let mut body = with_files(JAN, &[attachment("a.pdf", "application/pdf", &files::pdf(0))]);
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap();
    match (value, field.parse::<usize>()) {
        (Some(value), Ok(index)) => parent[index] = value,
        (Some(value), Err(_)) => parent[field] = value,
        (None, Ok(index)) => drop(parent.as_array_mut().unwrap().remove(index)),
        (None, Err(_)) => drop(parent.as_object_mut().unwrap().remove(field)),
    }
    body
}

#[tokio::test]
async fn d16_a_category_other_than_melding_is_refused() {
    for kit in Kit::on_both().await {
        for category in [json!(null), json!([]), json!([{ "coding": [] }]), json!([{ "text": "melding" }])] {
            let answer = kit.post(ONE, &changed("/category", Some(category))).await;
            assert_eq!(answer.refusal(), (400, "CATEGORY".to_owned()));
            assert_eq!(answer.issue()["code"], "required");
        }
        for code in [json!("gesprek"), json!("Melding"), json!(null)] {
            let answer = kit.post(ONE, &changed("/category/0/coding/0/code", Some(code))).await;
            assert_eq!(answer.refusal(), (400, "CATEGORY".to_owned()));
            assert_eq!(
                (answer.issue()["code"].clone(), answer.expression()),
                (json!("not-supported"), "Communication.category".to_owned())
            );
        }
        let other_system = changed("/category/0/coding/0/system", None);
        assert_eq!(kit.post(ONE, &other_system).await.status, 201);
    }
}

#[tokio::test]
async fn d10_what_is_wrong_in_a_message_is_pointed_at() {
    let at = |pointer: &'static str, value: Value| (pointer, Some(value));
    let bsn = |value: &str| json!({ "system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": value });
    let text = |length: usize| json!({ "contentString": "é".repeat(length) });
    let cases = [
        (("/status", None), "REQUIRED", "Communication.status"),
        (at("/status", json!("preparation")), "COMMUNICATION_STATUS", "Communication.status"),
        (("/topic", None), "REQUIRED", "Communication.topic.text"),
        (at("/topic/text", json!(" \n")), "REQUIRED", "Communication.topic.text"),
        (at("/topic/text", json!("é".repeat(501))), "TEXT_TOO_LONG", "Communication.topic.text"),
        (at("/topic", json!("Uitslag")), "UNREADABLE", "Communication.topic"),
        (("/recipient", None), "REQUIRED", "Communication.recipient"),
        (at("/recipient/0/reference", json!("#p2")), "RECIPIENT", "Communication.recipient"),
        (at("/recipient/0/reference", json!("Patient/p1")), "RECIPIENT", "Communication.recipient"),
        (
            at("/recipient", json!([{ "reference": "#p1" }, { "reference": "#p1" }])),
            "RECIPIENT",
            "Communication.recipient",
        ),
        (("/contained", None), "RECIPIENT", "Communication.recipient"),
        (("/contained/0/identifier", None), "NO_BSN", "Communication.contained[0].identifier"),
        (
            at("/contained/0/identifier", json!([bsn("999990019"), bsn("999990020")])),
            "TWO_BSNS",
            "Communication.contained[0].identifier",
        ),
        (
            at("/contained/0/identifier", json!([bsn("999990018")])),
            "INVALID_BSN",
            "Communication.contained[0].identifier[0].value",
        ),
        (at("/contained/0/telecom", json!("x")), "UNREADABLE", "Communication.contained[0].telecom"),
        (("/payload", None), "NO_TEXT", "Communication.payload"),
        (("/payload/0", None), "NO_TEXT", "Communication.payload"),
        (at("/payload/0", text(0)), "REQUIRED", "Communication.payload[0].contentString"),
        (at("/payload/0", text(10_001)), "TEXT_TOO_LONG", "Communication.payload[0].contentString"),
        (at("/payload/1", text(1)), "TWO_TEXTS", "Communication.payload[1]"),
        (at("/payload/1", json!({ "contentReference": {} })), "PAYLOAD", "Communication.payload[1]"),
        (at("/payload/1/contentString", json!("ook")), "PAYLOAD", "Communication.payload[1]"),
    ];
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let before = kit.rows().await;
        for ((pointer, value), code, place) in cases.clone() {
            let answer = xis.post(ONE, &changed(pointer, value)).await;
            assert_eq!(
                (answer.refusal(), answer.expression()),
                ((400, code.to_owned()), place.to_owned()),
                "{pointer}: {}",
                answer.text
            );
        }
        let expected = [("audit", i64::try_from(cases.len()).unwrap())];
        assert_eq!(kit.grown(&before).await, expected, "a refusal leaves its line and nothing else");
    }
}

#[tokio::test]
async fn the_longest_topic_and_text_are_taken_as_they_are() {
    for kit in Kit::on_both().await {
        let mut body = message(JAN, &"é".repeat(10_000));
        body["topic"]["text"] = json!("ü".repeat(500));
        assert_eq!(kit.post(ONE, &body).await.status, 201);
        let browser = kit.browser(JAN).await;
        let page = browser.read(&super::only_message(&browser).await).await;
        assert!(page.contains(&"é".repeat(10_000)) && page.contains(&"ü".repeat(500)));
    }
}

#[tokio::test]
async fn d10_no_answer_and_no_line_of_the_log_holds_what_was_sent() {
    const SECRETS: [&str; 4] = ["111222333", "zwaluwstaart", "verkeerd@", "JVBERi0"];
    let log = Log::listen();
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        for pointer in [
            "/resourceType",
            "/status",
            "/category",
            "/topic",
            "/topic/text",
            "/recipient/0/reference",
            "/contained/0",
            "/contained/0/id",
            "/contained/0/identifier",
            "/contained/0/identifier/0/value",
            "/contained/0/telecom/0/value",
            "/payload/0",
            "/payload/0/contentString",
            "/payload/1/contentAttachment",
            "/payload/1/contentAttachment/data",
            "/payload/1/contentAttachment/contentType",
        ] {
            for value in [json!("111222333 zwaluwstaart verkeerd@"), json!({ "111222333": ["zwaluwstaart"] })]
            {
                let call = xis.call(Method::POST, ONE, "/Communication");
                let answer = Answer::to(call.body(changed(pointer, Some(value)).to_string())).await;
                assert!(answer.status < 500, "{pointer}: {}", answer.text);
                for secret in SECRETS {
                    assert!(!answer.text.contains(secret), "{secret} at {pointer}: {}", answer.text);
                }
            }
        }
        kit.drain().await;
    }
    let log = log.text();
    assert!(!log.is_empty());
    for secret in SECRETS {
        assert!(!log.contains(secret), "{secret} in the log");
    }
}
