use agenda::State;
use serde_json::json;
use testkit::{JAN, Kit, appointment};

use super::ONE;

#[tokio::test]
async fn a13_a_status_outside_booked_and_cancelled_is_refused() {
    for kit in Kit::on_both().await {
        for status in
            ["proposed", "pending", "arrived", "fulfilled", "noshow", "waitlist", "entered-in-error", "x"]
        {
            let mut body = appointment("a", JAN);
            body["status"] = json!(status);
            let answer = kit.put(ONE, "a", &body).await;
            assert_eq!(answer.refusal(), (422, "STATUS".to_owned()), "{status}");
            assert_eq!(answer.expression(), "Appointment.status");
        }
    }
}

#[tokio::test]
async fn a13_setting_the_statuses_of_a_visit_are_stored_silently() {
    for kit in Kit::on_both().await {
        kit.set(ONE, "visit_statuses", "on").await;
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let (xis, before, mut body) = (kit.caller().await, kit.rows().await, appointment("a", JAN));
        for status in ["arrived", "checked-in", "fulfilled", "noshow"] {
            body["status"] = json!(status);
            assert_eq!(xis.put(ONE, "a", &body).await.status, 200, "{status}");
        }
        assert_eq!(kit.grown(&before).await, [("audit", 4)]);
        body["status"] = json!("entered-in-error");
        assert_eq!(xis.put(ONE, "a", &body).await.status, 200);
        assert!(matches!(kit.appointment(JAN).await.appointment.state, State::Cancelled { .. }));
        body["status"] = json!("proposed");
        assert_eq!(xis.put(ONE, "a", &body).await.refusal(), (422, "STATUS".to_owned()));
    }
}

#[tokio::test]
async fn a14_the_end_must_be_after_the_start() {
    for kit in Kit::on_both().await {
        for end in ["2026-05-12T09:10:00+02:00", "2026-05-12T09:00:00+02:00"] {
            let mut body = appointment("a", JAN);
            body["end"] = json!(end);
            let answer = kit.put(ONE, "a", &body).await;
            assert_eq!(answer.refusal(), (422, "END_NOT_AFTER_START".to_owned()));
            assert_eq!(answer.expression(), "Appointment.end");
        }
        assert!(kit.appointments(JAN).await.is_empty());
    }
}

#[tokio::test]
async fn a14_a_start_in_the_past_is_stored_and_told_to_nobody() {
    for kit in Kit::on_both().await {
        let (xis, before, mut body) = (kit.caller().await, kit.rows().await, appointment("a", JAN));
        (body["start"], body["end"]) =
            (json!("2026-05-04T09:00:00+02:00"), json!("2026-05-04T09:10:00+02:00"));
        assert_eq!(xis.put(ONE, "a", &body).await.status, 200);
        assert_eq!(kit.grown(&before).await, [("appointment", 1), ("audit", 1)]);
        assert_eq!(kit.appointment(JAN).await.appointment.state, State::Booked);
    }
}
