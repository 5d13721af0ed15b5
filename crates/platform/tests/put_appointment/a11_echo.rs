use agenda::{Kind, State};
use serde_json::{Value, json};
use testkit::{JAN, Kit, Reply, appointment};

use super::{ONE, TWO};
use crate::steps;

/// Books while the practice's system sends this of the appointment before it answers, and checks that it is one
/// appointment, told once, as confirmed.
async fn told_once_although_sent_before_the_answer(echo: fn(&Value) -> Value) {
    for kit in Kit::on_both().await {
        let (xis, caller) = (kit.xis_of(ONE).await, kit.caller().await);
        xis.before_answering(move |booking| async move {
            assert_eq!(caller.put(ONE, "x1", &echo(&booking)).await.status, 200);
        });
        xis.answers(Reply::Booked("x1"));
        let page = steps::book_and_read(&kit.browser(JAN).await, ONE).await;
        assert!(page.contains("Uw afspraak is bevestigd"), "{page}");
        let stored = kit.appointment(JAN).await;
        assert_eq!(stored.appointment.state, State::Booked);
        assert_eq!(stored.xis_id.unwrap().as_str(), "x1");
        assert_eq!(stored.news.unwrap().kind, Kind::Confirmed);
        assert_eq!(kit.rows().await["notice"], 1);
        // And once more after the answer.
        let before = kit.rows().await;
        kit.put(ONE, "x1", &echo(&xis.bookings()[0])).await;
        assert_eq!(kit.grown(&before).await, [("audit", 2)]);
    }
}

#[tokio::test]
async fn a11_our_own_booking_is_known_by_our_identifier() {
    told_once_although_sent_before_the_answer(|booking| {
        let mut echo = appointment("x1", JAN);
        echo["identifier"] = booking["identifier"].clone();
        echo
    })
    .await;
}

#[tokio::test]
async fn a11_our_own_booking_is_known_by_patient_time_and_category() {
    told_once_although_sent_before_the_answer(|_| appointment("x1", JAN)).await;
}

#[tokio::test]
async fn a11_our_own_booking_is_known_by_the_id_of_the_answer() {
    for kit in Kit::on_both().await {
        kit.xis_of(TWO).await.answers(Reply::LocationOnly("x1"));
        steps::book(&kit.browser(JAN).await, TWO).await;
        let mut elsewhere = appointment("x1", JAN);
        elsewhere["start"] = json!("2026-05-13T09:10:00+02:00");
        elsewhere["end"] = json!("2026-05-13T09:20:00+02:00");
        assert_eq!(kit.put(TWO, "x1", &elsewhere).await.status, 200);
        assert_eq!(kit.appointment(JAN).await.news.unwrap().kind, Kind::Confirmed);
    }
}

#[tokio::test]
async fn a11_another_id_than_at_first_is_adopted_with_our_identifier() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        // The answer gives back what was sent, our own id with it (C2); the true id comes with the update.
        xis.answers(Reply::Echo);
        steps::book(&kit.browser(JAN).await, ONE).await;
        let mut update = appointment("x77", JAN);
        update["identifier"] = xis.bookings()[0]["identifier"].clone();
        assert_eq!(kit.put(ONE, "x77", &update).await.status, 200);
        let stored = kit.appointment(JAN).await;
        assert_eq!(stored.xis_id.unwrap().as_str(), "x77");
        assert_eq!(kit.rows().await["notice"], 1);
    }
}

#[tokio::test]
async fn a1_a11_a_cancellation_that_overtakes_the_answer_is_not_lost() {
    for kit in Kit::on_both().await {
        let (xis, caller) = (kit.xis_of(ONE).await, kit.caller().await);
        xis.before_answering(move |_| async move {
            // Moved and cancelled at once: nothing in it tells that it is our booking.
            let mut cancelled = appointment("x1", JAN);
            cancelled["status"] = json!("cancelled");
            cancelled["start"] = json!("2026-05-12T08:00:00+02:00");
            assert_eq!(caller.put(ONE, "x1", &cancelled).await.status, 200);
        });
        xis.answers(Reply::LocationOnly("x1"));
        let page = steps::book_and_read(&kit.browser(JAN).await, ONE).await;
        assert!(page.contains("Uw afspraak is geannuleerd"), "{page}");
        kit.drain().await;
        let [mail] = kit.mailbox.mails().try_into().unwrap();
        assert!(mail.subject.contains("geannuleerd"), "{}", mail.subject);
    }
}
