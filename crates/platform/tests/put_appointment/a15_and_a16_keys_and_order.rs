use futures::future::join_all;
use reqwest::Method;
use serde_json::json;
use testkit::{Answer, JAN, Kit, appointment};

use super::{ONE, TWO};

#[tokio::test]
async fn a15_the_same_id_at_two_practices_is_two_appointments() {
    for kit in Kit::on_both().await {
        assert_eq!(kit.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        assert_eq!(kit.put(TWO, "a", &appointment("a", JAN)).await.status, 200);
        let practices: Vec<_> =
            kit.appointments(JAN).await.into_iter().map(|stored| stored.practice).collect();
        assert_eq!(practices.len(), 2);
        assert_ne!(practices[0], practices[1]);
    }
}

#[tokio::test]
async fn a16_puts_at_once_make_one_appointment_and_one_notice() {
    for kit in Kit::on_both().await {
        let (xis, before, body) = (kit.caller().await, kit.rows().await, appointment("a", JAN));
        let answers = join_all((0..8).map(|_| xis.put(ONE, "a", &body))).await;
        assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
        assert_eq!(
            kit.grown(&before).await,
            [("appointment", 1), ("audit", 8), ("delivery", 1), ("notice", 1), ("outbox", 1)]
        );
    }
}

#[tokio::test]
async fn a16_if_match_is_honoured() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let put = async |tag: &'static str, comment: &str| {
            let mut body = appointment("a", JAN);
            body["comment"] = json!(comment);
            let call = xis.call(Method::PUT, ONE, "/Appointment/a").header("if-match", tag);
            Answer::to(call.body(body.to_string())).await
        };
        // There is none yet.
        assert_eq!(put("*", "a").await.refusal(), (412, "VERSION_CONFLICT".to_owned()));
        xis.put(ONE, "a", &appointment("a", JAN)).await;
        assert_eq!(put("W/\"1\"", "b").await.header("etag"), "W/\"2\"");
        assert_eq!(put("W/\"1\"", "c").await.refusal(), (412, "VERSION_CONFLICT".to_owned()));
        assert_eq!(put("W/\"1\", W/\"2\"", "d").await.header("etag"), "W/\"3\"");
        assert_eq!(put("*", "e").await.header("etag"), "W/\"4\"");
        assert_eq!(put("\"what\"", "f").await.status, 412);
        assert_eq!(kit.appointment(JAN).await.appointment.message(), Some("e"));
    }
}

#[tokio::test]
async fn a16_setting_an_older_update_is_ignored_and_logged() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let put = async |updated: &str, comment: &str| {
            let mut body = appointment("a", JAN);
            body["meta"] = json!({ "lastUpdated": updated });
            body["comment"] = json!(comment);
            assert_eq!(xis.put(ONE, "a", &body).await.status, 200);
            kit.appointment(JAN).await.appointment.message().unwrap().to_owned()
        };
        assert_eq!(put("2026-05-04T07:10:00Z", "first").await, "first");
        // Off: the last to come is right.
        assert_eq!(put("2026-05-04T07:00:00Z", "older").await, "older");
        kit.set(ONE, "ignore_older_updates", "on").await;
        assert_eq!(put("2026-05-04T08:00:00+02:00", "oldest").await, "older");
        assert_eq!(put("2026-05-04T07:20:00Z", "newer").await, "newer");
        let audited = kit.audited("appointment update").await;
        assert_eq!(audited.iter().filter(|outcome| outcome.starts_with("ignored")).count(), 1, "{audited:?}");
    }
}
