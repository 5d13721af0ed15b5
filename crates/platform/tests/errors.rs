//! Every error of the API: an OperationOutcome that says what, where and what to do, and never a BSN (D9 to D15).

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, JAN, Kit, Log, appointment};

const ONE: &str = "01000001";

/// Checks what every error has, and gives its status, FHIR's code and ours.
fn error(answer: &Answer) -> (u16, String, String) {
    assert_eq!(answer.header("content-type"), "application/fhir+json");
    assert!(answer.header("x-request-id").len() >= 32, "{:?}", answer.headers);
    let issue = answer.issue();
    assert_eq!(issue["severity"], "error");
    assert_eq!(issue["details"]["coding"][0]["system"], "urn:balie:operation-outcome");
    for text in [&issue["details"]["text"], &issue["diagnostics"]] {
        assert!(text.as_str().is_some_and(|text| !text.is_empty()), "{issue}");
    }
    (answer.status, issue["code"].as_str().unwrap().to_owned(), answer.code())
}

async fn put_as(kit: &Kit, headers: &[(&str, &str)], body: String) -> Answer {
    let mut call = kit.caller().await.bare(Method::PUT, "/Appointment/a");
    for (name, value) in headers {
        call = call.header(*name, *value);
    }
    Answer::to(call.header("x-organization-identifier", ONE).body(body)).await
}

#[tokio::test]
async fn d9_a_body_that_is_no_json_is_415_and_an_answer_that_cannot_be_json_406() {
    for kit in Kit::on_both().await {
        let body = appointment("a", JAN).to_string();
        for headers in
            [&[][..], &[("content-type", "application/fhir+xml")], &[("content-type", "text/plain")]]
        {
            let answer = put_as(&kit, headers, body.clone()).await;
            assert_eq!(error(&answer), (415, "not-supported".into(), "MEDIA_TYPE".into()));
        }
        let json = ("content-type", "application/json; charset=utf-8");
        let answer = put_as(&kit, &[json, ("accept", "application/fhir+xml")], body.clone()).await;
        assert_eq!(error(&answer), (406, "not-supported".into(), "ACCEPT".into()));
        assert_eq!(put_as(&kit, &[json, ("accept", "application/json")], body).await.status, 200);
    }
}

#[tokio::test]
async fn d10_what_is_not_there_is_404_and_what_cannot_be_done_405() {
    for kit in Kit::on_both().await {
        for path in ["/Practitioner", "/Appointment", "/Appointment/a/b", "/", ""] {
            let answer = Answer::to(kit.call(Method::GET, ONE, path).await).await;
            assert_eq!(error(&answer), (404, "not-found".into(), "NO_SUCH_PATH".into()), "{path:?}");
        }
        for (method, path, allowed) in [
            (Method::DELETE, "/Appointment/a", "PUT"),
            (Method::GET, "/Appointment/a", "PUT"),
            (Method::GET, "/AppointmentResponse", "POST"),
            (Method::GET, "/Communication", "POST"),
            (Method::POST, "/metadata", "GET,HEAD"),
        ] {
            let answer = Answer::to(kit.call(method, ONE, path).await).await;
            assert_eq!(error(&answer), (405, "not-supported".into(), "METHOD".into()), "{path}");
            assert_eq!(answer.header("allow"), allowed);
        }
    }
}

#[tokio::test]
async fn d10_an_address_that_is_no_text_is_refused_like_any_other() {
    for kit in Kit::on_both().await {
        let call = kit.call(Method::PUT, ONE, "/Appointment/%ff").await;
        let answer = Answer::to(call.body(appointment("a", JAN).to_string())).await;
        assert_eq!(error(&answer), (400, "value".into(), "ID_MALFORMED".into()));
    }
}

#[tokio::test]
async fn d10_what_is_wrong_in_the_body_is_pointed_at() {
    let at = |pointer: &'static str, value: Value| (pointer, Some(value));
    for kit in Kit::on_both().await {
        for ((pointer, value), code, place) in [
            (("/resourceType", None), "UNREADABLE", "Appointment.resourceType"),
            (at("/resourceType", json!("Slot")), "UNREADABLE", "Appointment.resourceType"),
            (("/status", None), "REQUIRED", "Appointment.status"),
            (("/start", None), "REQUIRED", "Appointment.start"),
            (("/end", None), "REQUIRED", "Appointment.end"),
            (at("/start", json!("tomorrow")), "UNREADABLE", "Appointment.start"),
            (("/serviceCategory", None), "REQUIRED", "Appointment.serviceCategory.coding"),
            (at("/serviceCategory/0/coding/0", json!({})), "REQUIRED", "Appointment.serviceCategory.coding"),
            (("/participant", None), "REQUIRED", "Appointment.participant"),
            (at("/participant/1", json!(7)), "UNREADABLE", "Appointment.participant[1]"),
            (("/participant/1/actor", None), "REQUIRED", "Appointment.participant[1].actor"),
            (("/participant/1/status", None), "REQUIRED", "Appointment.participant[1].status"),
            (
                at("/participant/0/status", json!("x")),
                "PARTICIPANT_CODE",
                "Appointment.participant[0].status",
            ),
        ] {
            let mut body = appointment("a", JAN);
            let (parent, field) = pointer.rsplit_once('/').unwrap();
            let parent = body.pointer_mut(parent).unwrap();
            match (value, field.parse::<usize>()) {
                (Some(value), Ok(index)) => parent[index] = value,
                (Some(value), Err(_)) => parent[field] = value,
                (None, _) => drop(parent.as_object_mut().unwrap().remove(field)),
            }
            let answer = kit.put(ONE, "a", &body).await;
            let (status, _, ours) = error(&answer);
            assert_eq!(
                (status, ours.as_str(), answer.expression().as_str()),
                (400, code, place),
                "{pointer}"
            );
        }
        for body in ["", "{", "[]", "null", "\"Appointment\""] {
            let answer = put_as(&kit, &[("content-type", "application/json")], body.to_owned()).await;
            assert_eq!(error(&answer).0, 400, "{body:?}");
            assert_eq!(answer.expression(), "Appointment", "{body:?}");
        }
    }
}

/// ASVS: 14.2.4
#[tokio::test]
async fn d10_no_answer_and_no_line_of_the_log_ever_holds_the_bsn_that_was_sent() {
    let log = Log::listen();
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        // Wherever a BSN can go astray, that of somebody else than the patient, so that it is refused or ignored.
        for pointer in [
            "/resourceType",
            "/id",
            "/status",
            "/start",
            "/end",
            "/comment",
            "/serviceCategory",
            "/serviceCategory/0/coding",
            "/serviceCategory/0/coding/0/code",
            "/participant",
            "/participant/0/actor",
            "/participant/0/status",
            "/participant/0/actor/reference",
            "/participant/0/actor/identifier",
            "/participant/0/actor/identifier/value",
            "/participant/0/actor/identifier/system",
        ] {
            for value in
                [json!("111222333"), json!(111_222_333), json!({ "x": "111222333" }), json!(["111222333"])]
            {
                let mut body = appointment("a", JAN);
                *body.pointer_mut(pointer).unwrap_or(&mut Value::Null) = value.clone();
                let answer = xis.put(ONE, "a", &body).await;
                assert!(!answer.text.contains("111222333"), "{pointer} {value}: {}", answer.text);
                assert!(!format!("{:?}", answer.headers).contains("111222333"), "{pointer} {value}");
                assert!(answer.status < 500, "{pointer} {value}: {}", answer.text);
            }
        }
    }
    assert!(!log.text().is_empty() && !log.text().contains("111222333"));
}

#[tokio::test]
async fn d11_a_time_without_an_offset_is_refused_or_by_setting_the_practices_time() {
    for kit in Kit::on_both().await {
        let mut body = appointment("a", JAN);
        (body["start"], body["end"]) = (json!("2026-05-12T09:10:00"), json!("2026-05-12T09:20:00"));
        let answer = kit.put(ONE, "a", &body).await;
        assert_eq!(error(&answer), (400, "value".into(), "TIME_WITHOUT_OFFSET".into()));
        assert_eq!(answer.expression(), "Appointment.start");
        kit.set(ONE, "naive_times", "on").await;
        assert_eq!(kit.put(ONE, "a", &body).await.status, 200);
        let start = kit.appointment(JAN).await.appointment.content.start;
        assert_eq!(start, "2026-05-12T09:10:00+02:00".parse().unwrap());
    }
}

#[tokio::test]
async fn d14_unknown_fields_are_ignored() {
    for kit in Kit::on_both().await {
        let mut body = appointment("a", JAN);
        body["colour"] = json!({ "deep": [1, { "er": null }] });
        body["participant"][0]["period"] = json!({ "start": "2026" });
        body["extension"] = json!([{ "url": "urn:x", "valueBoolean": true }]);
        assert_eq!(kit.put(ONE, "a", &body).await.status, 200);
    }
}

#[tokio::test]
async fn d15_a_body_of_more_than_256_kib_is_413() {
    for kit in Kit::on_both().await {
        let mut body = appointment("a", JAN);
        body["text"] = json!({ "div": "x".repeat(256 * 1024) });
        let answer = kit.put(ONE, "a", &body).await;
        assert_eq!(error(&answer), (413, "too-long".into(), "TOO_LARGE".into()));
        body["text"] = json!({ "div": "x".repeat(250 * 1024) });
        assert_eq!(kit.put(ONE, "a", &body).await.status, 200);
    }
}

/// ASVS: 16.5.1, 16.5.3
#[tokio::test]
async fn our_own_failure_is_500_and_leaves_nothing() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        kit.break_outbox().await;
        let before = kit.rows().await;
        let answer = xis.put(ONE, "a", &appointment("a", JAN)).await;
        assert_eq!(error(&answer), (500, "exception".into(), "FAILED".into()));
        for inside in ["outbox", "table", "sql"] {
            assert!(!answer.text.contains(inside), "{}", answer.text);
        }
        assert!(kit.grown(&before).await.is_empty());
    }
}
