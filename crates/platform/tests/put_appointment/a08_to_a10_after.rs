use std::time::Duration;

use agenda::{Kind, Party, State};
use serde_json::json;
use testkit::{JAN, Kit, Reply, appointment, response};

use super::{ONE, TWO};
use crate::steps;

#[tokio::test]
async fn a8_booked_while_pending_is_the_approval() {
    for kit in Kit::on_both().await {
        kit.xis_of(TWO).await.answers(Reply::Proposed("x1"));
        let waiting = steps::book_and_read(&kit.browser(JAN).await, TWO).await;
        assert!(waiting.contains("Uw aanvraag is verstuurd"), "{waiting}");
        let (xis, before) = (kit.caller().await, kit.rows().await);
        let mut moved = appointment("x1", JAN);
        (moved["start"], moved["end"]) =
            (json!("2026-05-12T11:40:00+02:00"), json!("2026-05-12T11:50:00+02:00"));
        assert_eq!(xis.put(TWO, "x1", &moved).await.status, 200);
        let stored = kit.appointment(JAN).await;
        assert_eq!(stored.appointment.state, State::Booked);
        // One notice, with the old and the new time.
        assert_eq!(kit.grown(&before).await, [("audit", 1), ("delivery", 1), ("notice", 1), ("outbox", 1)]);
        let news = stored.news.unwrap();
        assert_eq!(news.kind, Kind::Confirmed);
        assert_eq!(news.before.unwrap().start, "2026-05-12T09:10:00+02:00".parse().unwrap());
        // The approval that comes after it says nothing new.
        assert_eq!(xis.respond(TWO, &response("x1", "accepted", "")).await.status, 201);
        assert_eq!(kit.grown(&before).await, [("audit", 2), ("delivery", 1), ("notice", 1), ("outbox", 1)]);
    }
}

#[tokio::test]
async fn a9_a_stale_echo_of_what_the_patient_cancelled_stays_cancelled_and_the_agenda_is_read_again() {
    let mut cancelled = appointment("a", JAN);
    cancelled["status"] = json!("cancelled");
    for kit in Kit::on_both().await {
        let system = kit.xis_of(ONE).await;
        for (shown, stays) in [(&cancelled, true), (&appointment("a", JAN), false)] {
            let caller = kit.caller().await;
            caller.put(ONE, "a", &appointment("a", JAN)).await;
            kit.cancel_by_patient(kit.appointment(JAN).await).await;
            let before = kit.rows().await;
            assert_eq!(caller.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
            assert_eq!(kit.grown(&before).await, [("audit", 1), ("outbox", 1)]);
            let by_patient = async || {
                let state = kit.appointment(JAN).await.appointment.state;
                matches!(state, State::Cancelled { by: Party::Patient, .. })
            };
            assert!(by_patient().await);
            // When it can be no echo any more, the practice's agenda decides.
            system.shows(vec![shown.clone()]);
            kit.clock.turn(Duration::from_secs(15 * 60 + 1));
            kit.drain().await;
            assert_eq!(by_patient().await, stays);
            assert_eq!(system.received("GET", "Appointment").last().unwrap().query(), "id=a");
        }
    }
}

#[tokio::test]
async fn a9_booked_again_after_the_cancellation_is_planned_again() {
    for kit in Kit::on_both().await {
        let mut later = appointment("a", JAN);
        later["end"] = json!("2026-05-12T09:30:00+02:00");
        // The same after more than 15 minutes; something else at once.
        for (minutes, again) in [(16, appointment("a", JAN)), (0, later)] {
            kit.put(ONE, "a", &appointment("a", JAN)).await;
            kit.cancel_by_patient(kit.appointment(JAN).await).await;
            kit.clock.turn(Duration::from_secs(minutes * 60));
            assert_eq!(kit.put(ONE, "a", &again).await.status, 200);
            let stored = kit.appointment(JAN).await;
            assert_eq!(stored.appointment.state, State::Booked, "after {minutes} minutes");
            assert_eq!(stored.news.unwrap().kind, Kind::PlannedAgain);
        }
    }
}

#[tokio::test]
async fn a9_what_the_practice_itself_cancelled_it_can_plan_again_at_once() {
    for kit in Kit::on_both().await {
        let mut cancelled = appointment("a", JAN);
        cancelled["status"] = json!("cancelled");
        for body in [&appointment("a", JAN), &cancelled, &appointment("a", JAN)] {
            assert_eq!(kit.put(ONE, "a", body).await.status, 200);
        }
        let stored = kit.appointment(JAN).await;
        assert_eq!(
            (stored.appointment.state, stored.news.unwrap().kind),
            (State::Booked, Kind::PlannedAgain)
        );
    }
}

#[tokio::test]
async fn a10_cancelled_after_the_patient_cancelled_changes_nothing() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        xis.put(ONE, "a", &appointment("a", JAN)).await;
        kit.cancel_by_patient(kit.appointment(JAN).await).await;
        let (before, mut body) = (kit.rows().await, appointment("a", JAN));
        body["status"] = json!("cancelled");
        assert_eq!(xis.put(ONE, "a", &body).await.status, 200);
        assert_eq!(kit.grown(&before).await, [("audit", 1)]);
        let stored = kit.appointment(JAN).await;
        assert!(matches!(stored.appointment.state, State::Cancelled { by: Party::Patient, .. }));
    }
}
