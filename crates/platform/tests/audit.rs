//! Every act leaves its line, and an act that changes nothing leaves nothing else.

use reqwest::Method;
use serde_json::json;
use testkit::{Answer, JAN, Kit, NOBODY, appointment, response};

const ONE: &str = "01000001";
const PUT: &str = "appointment update";

#[tokio::test]
async fn an_unchanged_update_leaves_one_line_and_nothing_else() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        xis.put(ONE, "a", &appointment("a", JAN)).await;
        let (before, stored) = (kit.rows().await, kit.appointment(JAN).await);
        for times in 1..=3 {
            let answer = xis.put(ONE, "a", &appointment("a", JAN)).await;
            assert_eq!((answer.status, answer.header("etag")), (200, "W/\"1\""));
            assert_eq!(kit.grown(&before).await, [("audit", times)]);
        }
        let still = kit.appointment(JAN).await;
        assert_eq!((still.revision, still.changed_at), (stored.revision, stored.changed_at));
        assert_eq!(kit.audited(PUT).await, ["new", "unchanged", "unchanged", "unchanged"]);
    }
}

#[tokio::test]
async fn each_change_leaves_one_line_that_names_it() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        let (mut moved, mut cancelled) = (appointment("a", JAN), appointment("a", JAN));
        moved["end"] = json!("2026-05-12T09:30:00+02:00");
        cancelled["status"] = json!("cancelled");
        for body in [&appointment("a", JAN), &moved, &cancelled, &moved] {
            xis.put(ONE, "a", body).await;
            kit.clock.turn(std::time::Duration::from_secs(1));
        }
        assert_eq!(kit.audited(PUT).await, ["new", "modified", "cancelled", "planned again"]);
    }
}

#[tokio::test]
async fn every_refusal_leaves_one_line_with_its_code_and_nothing_else() {
    for kit in Kit::on_both().await {
        let (xis, before) = (kit.caller().await, kit.rows().await);
        let mut impossible = appointment("a", JAN);
        impossible["end"] = impossible["start"].clone();
        xis.put(ONE, "a", &appointment("a", NOBODY)).await;
        xis.put(ONE, "a", &impossible).await;
        xis.put(ONE, "a", &json!({ "resourceType": "Appointment" })).await;
        xis.put(ONE, "a%20b", &appointment("a b", JAN)).await;
        Answer::to(xis.call(Method::PUT, ONE, "/Appointment/a").body("no JSON")).await;
        xis.respond(ONE, &response("a", "accepted", "")).await;
        xis.respond(ONE, &response("a", "perhaps", "")).await;
        assert_eq!(kit.grown(&before).await, [("audit", 7)]);
        let mut refused = kit.audited(PUT).await;
        refused.sort();
        assert_eq!(
            refused,
            [
                "refused: END_NOT_AFTER_START",
                "refused: ID_MALFORMED",
                "refused: PATIENT_NOT_FOUND",
                "refused: REQUIRED",
                "refused: UNREADABLE",
            ]
        );
        let responses = kit.audited("appointment response").await;
        assert_eq!(responses, ["refused: APPOINTMENT_NOT_FOUND", "refused: PARTICIPANT_STATUS"]);
    }
}

#[tokio::test]
async fn what_a_patient_has_seen_is_noted_too() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let (browser, before) = (kit.browser(JAN).await, kit.rows().await);
        for _ in 0..2 {
            browser.read("/").await;
        }
        assert_eq!(kit.grown(&before).await, [("audit", 1)]);
        assert_eq!(kit.audited("appointment news").await, ["seen"]);
    }
}
