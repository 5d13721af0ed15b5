//! What somebody of whom nothing is known can bring into the trail: little, and never a BSN.

use std::time::Duration;

use platform::Limits;
use reqwest::{Method, RequestBuilder};
use store::AuditFilter;
use testkit::{Answer, Kit, Log};

/// Of nobody here.
const BSN: &str = "111222333";

/// A call without a token, from an address beyond a proxy that is trusted.
fn nobodys(kit: &Kit, method: Method, path: &str) -> RequestBuilder {
    kit.http.request(method, format!("{}{path}", kit.base)).header("x-forwarded-for", "192.0.2.7")
}

/// Everything that the trail says.
async fn trail(kit: &Kit) -> String {
    let store = &kit.store;
    let all = &AuditFilter::default();
    let lines: Result<_, store::Error> =
        store.tx("lines", |mut tx| async move { store.audit_page(&mut tx, all, None, 100).await }).await;
    format!("{:?}", lines.unwrap())
}

/// ASVS: 16.2.5, 16.4.1
#[tokio::test]
async fn what_could_be_a_bsn_comes_into_no_line_and_no_log() {
    let log = Log::listen();
    for kit in Kit::on_both().await {
        let path = format!("/fhir/r4/Patient/{BSN}");
        let made_up = Method::from_bytes(BSN.as_bytes()).unwrap();
        for method in [Method::GET, made_up] {
            let answer = Answer::to(nobodys(&kit, method, &path).header("x-request-id", BSN)).await;
            assert!((400..500).contains(&answer.status), "{}", answer.text);
            assert_eq!(answer.header("x-request-id").len(), 36);
        }
        assert_eq!(kit.audited("request").await.len(), 2);
        let trail = trail(&kit).await;
        assert!(!trail.contains(BSN), "{trail}");
    }
    let text = log.text();
    assert!(text.contains("/fhir/r4/Patient/(hidden)") && !text.contains(BSN), "{text}");
}

#[tokio::test]
async fn the_callers_own_request_id_is_kept_only_when_it_is_short_and_plain() {
    for kit in Kit::on_both().await {
        let long = "x".repeat(129);
        for (id, is_kept) in [("call-1", true), ("a b", false), ("\"a\"", false), (long.as_str(), false)] {
            let asked = nobodys(&kit, Method::GET, "/fhir/r4/Nothing").header("x-request-id", id);
            let answer = Answer::to(asked).await;
            assert_eq!(answer.header("x-request-id") == id, is_kept, "{id}");
            let trail = trail(&kit).await;
            assert!(trail.contains(&format!("{:?}", answer.header("x-request-id"))), "{trail}");
            assert_eq!(trail.contains(&format!("{id:?}")), is_kept, "{trail}");
        }
    }
}

/// ASVS: 2.4.1
#[tokio::test]
async fn a_stranger_cannot_fill_the_trail_and_keeps_nobody_known_out_of_it() {
    for kit in Kit::on_both().await {
        let kit = kit.limited(Limits { refusal: 2, ..Limits::none() }).await;
        let (xis, before) = (kit.caller().await, kit.rows().await);
        let ask = || Answer::to(nobodys(&kit, Method::PUT, "/fhir/r4/Appointment/a"));
        for status in [401, 401, 429, 429, 429] {
            assert_eq!(ask().await.status, status);
        }
        // The two, and that there were more.
        assert_eq!(kit.grown(&before).await, [("audit", 3)]);
        let lines = kit.audited("request").await;
        assert_eq!(lines.iter().filter(|line| *line == "refused: TOO_MANY").count(), 1, "{lines:?}");
        let page = nobodys(&kit, Method::POST, "/language").header("sec-fetch-site", "cross-site");
        assert_eq!(Answer::to(page).await.status, 429);
        let token = Answer::to(nobodys(&kit, Method::POST, "/oauth2/token")).await;
        assert_eq!((token.status, &token.json()["error"]), (429, &"temporarily_unavailable".into()));
        assert_eq!(kit.grown(&before).await, [("audit", 3)]);
        // Who is known leaves a line each time, from the same address too.
        for times in 4..=6 {
            let known = xis.bare(Method::PUT, "/Appointment/a").header("x-forwarded-for", "192.0.2.7");
            assert_eq!(Answer::to(known).await.status, 400);
            assert_eq!(kit.grown(&before).await, [("audit", times)]);
        }
        kit.clock.turn(Duration::from_secs(31));
        assert_eq!(ask().await.status, 401);
        assert_eq!(kit.grown(&before).await, [("audit", 7)]);
    }
}
