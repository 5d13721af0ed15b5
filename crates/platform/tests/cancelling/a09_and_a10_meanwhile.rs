use serde_json::json;
use testkit::{JAN, Kit, Reply, appointment};

use super::{ONE, Visit};

#[tokio::test]
async fn a10_the_practices_own_word_before_its_answer_is_told_once_and_as_the_patients() {
    let mut cancelled = appointment("a", JAN);
    cancelled["status"] = json!("cancelled");
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        let (caller, body) = (kit.caller().await, cancelled.clone());
        visit.xis.before_answering(move |_| async move {
            assert_eq!(caller.put(ONE, "a", &body).await.status, 200);
        });
        assert!(visit.cancels().await.contains("U hebt deze afspraak geannuleerd."));
        // And once more after it.
        kit.put(ONE, "a", &cancelled).await;
        assert_eq!(kit.audited("appointment cancel answer").await, ["unchanged"]);
        visit.later(30).await;
        assert_eq!((visit.stands().await, visit.mails().await.len()), ("cancelled by the patient", 1));
    }
}

#[tokio::test]
async fn a10_the_practices_own_word_instead_of_its_answer_ends_the_sending() {
    let mut cancelled = appointment("a", JAN);
    cancelled["status"] = json!("cancelled");
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        visit.xis.answers_cancellation(Reply::Cut);
        visit.cancels().await;
        kit.put(ONE, "a", &cancelled).await;
        visit.later(30).await;
        assert_eq!((visit.cancellations(), visit.xis.received("GET", "Appointment").len()), (1, 1));
        assert_eq!((visit.stands().await, visit.mails().await.len()), ("cancelled by the patient", 1));
    }
}

#[tokio::test]
async fn a09_an_echo_on_the_way_changes_nothing_before_and_after_the_answer() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        let caller = kit.caller().await;
        visit.xis.before_answering(move |_| async move {
            assert_eq!(caller.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        });
        visit.cancels().await;
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        visit.is_shown_as("cancelled");
        visit.later(15 * 60 + 1).await;
        assert_eq!((visit.stands().await, visit.mails().await.len()), ("cancelled by the patient", 1));
    }
}

#[tokio::test]
async fn a_change_while_the_cancellation_is_on_its_way_is_told_and_it_goes_on() {
    let mut moved = appointment("a", JAN);
    (moved["start"], moved["end"]) = (json!("2026-05-12T11:40:00+02:00"), json!("2026-05-12T11:50:00+02:00"));
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        visit.xis.answers_cancellation(Reply::Status(500));
        visit.cancels().await;
        kit.put(ONE, "a", &moved).await;
        assert_eq!(visit.stands().await, "cancelling");
        visit.later(30).await;
        assert_eq!(visit.stands().await, "cancelled by the patient");
    }
}
