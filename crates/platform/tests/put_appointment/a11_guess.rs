//! While a patient's own booking is on its way, the practice plans the same patient at the same time. Nothing in its PUT
//! tells the two apart, so it is taken for the booking, until the XIS says otherwise.

use std::time::Duration;

use agenda::State;
use serde_json::{Value, json};
use store::Stored;
use testkit::{JAN, Kit, Reply, ScriptedXis, appointment, response};

use super::{ONE, TWO};
use crate::steps;

/// What the practice itself planned: at the same time, without our identifier.
const OWN: &str = "own";
/// The XIS's id of the patient's booking.
const OURS: &str = "ours";

/// Lets the practice send this of its own visit before the booking is answered.
async fn planned_before_the_answer(kit: &Kit, xis: &ScriptedXis, agb: &'static str, told: Vec<Value>) {
    let caller = kit.caller().await;
    xis.before_answering(move |_| async move {
        for update in told {
            assert_eq!(caller.put(agb, OWN, &update).await.status, 200);
        }
    });
}

fn booked() -> Value {
    appointment(OWN, JAN)
}

fn cancelled() -> Value {
    let mut cancelled = booked();
    cancelled["status"] = json!("cancelled");
    cancelled
}

/// What the XIS shows of the patient's booking, with our identifier.
fn ours(xis: &ScriptedXis) -> Value {
    let mut ours = appointment(OURS, JAN);
    ours["identifier"] = xis.bookings()[0]["identifier"].clone();
    ours
}

/// How Jan's appointment with this id stands.
async fn state(kit: &Kit, xis_id: &str) -> Option<State> {
    let is_it = |stored: &Stored| stored.xis_id.as_ref().is_some_and(|id| id.as_str() == xis_id);
    kit.appointments(JAN).await.into_iter().find(is_it).map(|stored| stored.appointment.state)
}

/// The subjects of the mails that went out, in the order of the alphabet.
async fn mails(kit: &Kit) -> Vec<String> {
    kit.drain().await;
    let mut subjects: Vec<String> = kit.mailbox.mails().into_iter().map(|mail| mail.subject).collect();
    subjects.sort();
    subjects
}

#[tokio::test]
async fn a11_the_answer_under_another_id_makes_two_of_it() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        planned_before_the_answer(&kit, &xis, ONE, vec![booked()]).await;
        xis.answers(Reply::Booked(OURS));
        let page = steps::book_and_read(&kit.browser(JAN).await, ONE).await;
        assert!(page.contains("Uw afspraak is bevestigd"), "{page}");
        assert_eq!(state(&kit, OWN).await, Some(State::Booked));
        assert_eq!(state(&kit, OURS).await, Some(State::Booked));
        let subjects = mails(&kit).await;
        let [new, confirmed] = subjects.as_slice() else { panic!("{subjects:?}") };
        assert!(confirmed.contains("bevestigd") && new.contains("Nieuwe"), "{subjects:?}");
        // Both are known by their ids from now on.
        assert_eq!(kit.put(ONE, OWN, &cancelled()).await.status, 200);
        assert_eq!(state(&kit, OURS).await, Some(State::Booked));
    }
}

#[tokio::test]
async fn a11_b11_what_the_practice_cancels_of_its_own_does_not_end_the_booking_that_comes_late() {
    for kit in Kit::on_both().await {
        let (xis, caller) = (kit.xis_of(TWO).await, kit.caller().await);
        xis.before_answering(move |_| async move {
            assert_eq!(caller.put(TWO, OWN, &booked()).await.status, 200);
            assert_eq!(caller.put(TWO, OWN, &cancelled()).await.status, 200);
            // The booking has arrived there by now, and is approved at once.
            assert_eq!(caller.respond(TWO, &response(OURS, "accepted", "")).await.status, 201);
        });
        xis.answers(Reply::Proposed(OURS));
        steps::book(&kit.browser(JAN).await, TWO).await;
        assert!(matches!(state(&kit, OWN).await, Some(State::Cancelled { .. })));
        assert_eq!(state(&kit, OURS).await, Some(State::Booked));
        assert_eq!(kit.rows().await["parked_response"], 0);
        assert_eq!(mails(&kit).await.len(), 1);
    }
}

#[tokio::test]
async fn a11_our_identifier_under_another_id_makes_two_of_it() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        planned_before_the_answer(&kit, &xis, ONE, vec![booked()]).await;
        xis.answers(Reply::Cut);
        steps::book(&kit.browser(JAN).await, ONE).await;
        assert_eq!(state(&kit, OURS).await, None);
        assert_eq!(kit.put(ONE, OURS, &ours(&xis)).await.status, 200);
        assert_eq!(state(&kit, OWN).await, Some(State::Booked));
        assert_eq!(state(&kit, OURS).await, Some(State::Booked));
    }
}

#[tokio::test]
async fn a11_c18_a_booking_whose_answer_was_lost_is_found_beside_it() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        planned_before_the_answer(&kit, &xis, ONE, vec![booked()]).await;
        xis.answers(Reply::Cut);
        steps::book(&kit.browser(JAN).await, ONE).await;
        xis.shows(vec![ours(&xis)]);
        kit.clock.turn(Duration::from_secs(30));
        kit.drain().await;
        assert_eq!(state(&kit, OWN).await, Some(State::Booked));
        assert_eq!(state(&kit, OURS).await, Some(State::Booked));
    }
}

#[tokio::test]
async fn a11_the_guess_stands_where_the_booking_came_to_nothing() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        planned_before_the_answer(&kit, &xis, ONE, vec![booked()]).await;
        xis.answers(Reply::Status(409));
        steps::book(&kit.browser(JAN).await, ONE).await;
        let stored = kit.appointment(JAN).await;
        assert_eq!((stored.appointment.state, stored.guessed_from), (State::Booked, None));
        assert_eq!(kit.respond(ONE, &response(OURS, "accepted", "")).await.status, 404);
    }
}

#[tokio::test]
async fn a11_c2_our_own_id_given_back_says_nothing_of_a_guess() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        planned_before_the_answer(&kit, &xis, ONE, vec![booked()]).await;
        xis.answers(Reply::Echo);
        steps::book(&kit.browser(JAN).await, ONE).await;
        let guessed = kit.appointment(JAN).await;
        assert_eq!(guessed.xis_id.unwrap().as_str(), OWN);
        // Looked for, it is the only one there.
        xis.shows(vec![booked()]);
        kit.clock.turn(Duration::from_secs(30));
        kit.drain().await;
        let stored = kit.appointment(JAN).await;
        assert!(stored.revision > guessed.revision, "a page that is open shows that it can be cancelled now");
        assert_eq!((stored.xis_id.unwrap().as_str(), stored.guessed_from), (OWN, None));
        assert_eq!(kit.rows().await["notice"], 1);
    }
}

#[tokio::test]
async fn a11_b10_a_guess_cannot_be_cancelled_before_it_is_known_which_it_is() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        planned_before_the_answer(&kit, &xis, ONE, vec![booked()]).await;
        xis.answers(Reply::Cut);
        let browser = kit.browser(JAN).await;
        steps::book(&browser, ONE).await;
        let guess = format!("/appointments/{}", kit.appointment(JAN).await.id);
        assert!(!browser.get(&guess).await.text.contains("/cancel\""));
        browser.post(&format!("{guess}/cancel"), &[("words", "")]).await;
        assert_eq!(state(&kit, OWN).await, Some(State::Booked));
        assert_eq!(xis.received("POST", "AppointmentResponse").len(), 0);
        assert_eq!(kit.put(ONE, OURS, &ours(&xis)).await.status, 200);
        for visit in kit.appointments(JAN).await {
            assert!(browser.get(&format!("/appointments/{}", visit.id)).await.text.contains("/cancel\""));
        }
    }
}

#[tokio::test]
async fn a11_what_is_planned_at_the_time_of_a_request_that_failed_is_a_visit_of_its_own() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        xis.answers(Reply::Status(409));
        steps::book(&kit.browser(JAN).await, ONE).await;
        let failed = kit.appointment(JAN).await;
        assert!(matches!(failed.appointment.state, State::Failed { .. }));
        assert_eq!(kit.put(ONE, OWN, &booked()).await.status, 200);
        assert_eq!(state(&kit, OWN).await, Some(State::Booked));
        let all = kit.appointments(JAN).await;
        let still = all.iter().find(|stored| stored.id == failed.id).unwrap();
        assert_eq!((&still.appointment.state, &still.xis_id), (&failed.appointment.state, &None));
        let subjects = mails(&kit).await;
        assert!(matches!(subjects.as_slice(), [new] if new.contains("Nieuwe")), "{subjects:?}");
    }
}
