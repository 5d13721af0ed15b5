//! A message is kept for its patient, once.

use std::time::Duration;

use serde_json::json;
use testkit::{FATIMA, JAN, Kit, message};

use super::{ONE, TWO, only_message, with_files, write};

#[tokio::test]
async fn a_message_is_kept_and_told_in_one_transaction_and_gets_an_address() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let before = kit.rows().await;
        let answer = xis.post(ONE, &message(JAN, "Uw uitslag is er.")).await;
        let base = format!("{}/fhir/r4/Communication/", kit.base);
        let id = answer.header("location").strip_prefix(&base).unwrap();
        assert!(id.len() == 36 && answer.text.is_empty(), "{id}");
        assert_eq!(
            kit.grown(&before).await,
            [("audit", 1), ("delivery", 1), ("message", 1), ("outbox", 1), ("receipt", 1)]
        );
        assert_eq!(kit.audited("message").await, ["delivered"]);
    }
}

#[tokio::test]
async fn the_same_again_within_a_day_is_answered_the_same_and_told_to_nobody() {
    for kit in Kit::on_both().await {
        let first = write(&kit, JAN, "Uw uitslag is er.").await;
        kit.clock.turn(Duration::from_secs(24 * 3600 - 1));
        let xis = kit.caller().await;
        let before = kit.rows().await;
        let again = xis.post(ONE, &message(JAN, "Uw uitslag is er.")).await;
        assert_eq!(again.header("location"), first.header("location"));
        assert_eq!(kit.grown(&before).await, [("audit", 1)]);
        // What differs is another message, and so is the same of another practice or for another patient.
        write(&kit, JAN, "Uw uitslag is er nu.").await;
        write(&kit, FATIMA, "Uw uitslag is er.").await;
        assert_eq!(kit.post(TWO, &message(JAN, "Uw uitslag is er.")).await.status, 201);
        let mut topic = message(JAN, "Uw uitslag is er.");
        topic["topic"]["text"] = json!("Iets anders");
        assert_eq!(kit.post(ONE, &topic).await.status, 201);
        assert_eq!(kit.rows().await["message"], 5);
        kit.clock.turn(Duration::from_secs(1));
        let later = write(&kit, JAN, "Uw uitslag is er.").await;
        assert_ne!(later.header("location"), first.header("location"));
        assert_eq!(kit.rows().await["message"], 6);
    }
}

#[tokio::test]
async fn the_same_twice_at_once_is_one() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let body = message(JAN, "Uw uitslag is er.");
        let (one, two) = tokio::join!(xis.post(ONE, &body), xis.post(ONE, &body));
        assert_eq!((one.status, two.status), (201, 201));
        assert_eq!(one.header("location"), two.header("location"));
        assert_eq!(kit.rows().await["message"], 1);
    }
}

#[tokio::test]
async fn another_file_is_another_message() {
    for kit in Kit::on_both().await {
        let file = |bytes| testkit::attachment("a.pdf", "application/pdf", &testkit::files::pdf(bytes));
        for (bytes, messages) in [(100, 1), (101, 2), (100, 2)] {
            assert_eq!(kit.post(ONE, &with_files(JAN, &[file(bytes)])).await.status, 201);
            assert_eq!(kit.rows().await["message"], messages);
        }
    }
}

#[tokio::test]
async fn a_practice_that_writes_is_the_patients_practice() {
    for kit in Kit::on_both().await {
        let other = testkit::Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        let before = kit.rows().await;
        assert_eq!(other.post("01000004", &message(JAN, "Welkom")).await.status, 201);
        assert!(kit.grown(&before).await.contains(&("membership", 1)));
        let browser = kit.browser(JAN).await;
        let page = browser.read(&only_message(&browser).await).await;
        assert!(page.contains("Huisarts Van Dijk"), "{page}");
    }
}

#[tokio::test]
async fn b4_the_header_is_required_unless_the_only_practice_may_be_meant() {
    for kit in Kit::on_both().await {
        let other = testkit::Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        let send = async || {
            let call = other.bare(reqwest::Method::POST, "/Communication");
            let call = call.header("content-type", "application/fhir+json");
            testkit::Answer::to(call.body(message(JAN, "Welkom").to_string())).await
        };
        assert_eq!(send().await.refusal(), (400, "ORGANIZATION_MISSING".to_owned()));
        kit.set("01000004", "organization_from_token", "on").await;
        assert_eq!(send().await.status, 201);
        assert_eq!(kit.post("01000004", &message(JAN, "Hallo")).await.refusal().0, 403);
    }
}

#[tokio::test]
async fn a3_a_test_organization_may_send_what_fails_the_proof() {
    for kit in Kit::on_both().await {
        let mut body = message(JAN, "Hallo");
        body["contained"][0]["identifier"][0]["value"] = json!(123_456_789);
        let refused = kit.post(ONE, &body).await;
        assert_eq!(refused.refusal(), (400, "INVALID_BSN".to_owned()));
        assert_eq!(refused.expression(), "Communication.contained[0].identifier[0].value");
        kit.set(ONE, "lenient_bsn", "on").await;
        assert_eq!(kit.post(ONE, &body).await.status, 201);
    }
}
