use serde_json::Value;
use testkit::{JAN, Kit, Log, Reply};

use super::{ONE, Visit};

#[tokio::test]
async fn b08_a_refusal_leaves_it_booked_and_gives_the_phone_number() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        let before = kit.rows().await;
        visit.xis.answers_cancellation(Reply::Status(422));
        let page = visit.cancels().await;
        assert!(page.contains("kan deze afspraak niet meer online annuleren"), "{page}");
        assert!(page.contains("Wijzigen of afzeggen? Bel 030 123 45 67"), "{page}");
        assert_eq!(visit.stands().await, "booked");
        assert_eq!(kit.audited("appointment cancel answer").await, ["refused"]);
        // Nothing to tell, and no second question.
        assert_eq!(kit.grown(&before).await, [("audit", 2), ("outbox", 1), ("session", 1)]);
        let again = visit.sends("").await;
        assert_eq!(again.header("location"), format!("{}/cancel", visit.address));
        let question = visit.browser.read(again.header("location")).await;
        assert!(question.contains("U kunt deze afspraak niet online annuleren"), "{question}");
        visit.later(30).await;
        assert_eq!((visit.cancellations(), visit.mails().await.len()), (1, 0));
    }
}

#[tokio::test]
async fn b08_a_refusal_to_be_read_is_one_too() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        visit.xis.fails("Appointment", 403);
        assert!(visit.cancels().await.contains("kan deze afspraak niet meer online annuleren"));
        assert_eq!((visit.cancellations(), visit.stands().await), (0, "booked"));
    }
}

#[tokio::test]
async fn b08_a_trouble_is_sent_again_until_it_is_answered() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        for reply in [Reply::Status(503), Reply::Cut, Reply::Status(429)] {
            visit.xis.answers_cancellation(reply);
        }
        let page = visit.cancels().await;
        assert!(page.contains("Uw annulering is verstuurd") && page.contains("030 123 45 67"), "{page}");
        let overview = visit.browser.read("/").await;
        assert!(overview.contains("Annulering verstuurd") && !overview.contains("/cancel\""), "{overview}");
        for seconds in [30, 2] {
            visit.later(seconds).await;
            assert_eq!((visit.stands().await, visit.mails().await.len()), ("cancelling", 0));
        }
        visit.later(4).await;
        assert_eq!(visit.stands().await, "cancelled by the patient");
        let [at_the_keyboard, .., last] = &visit.xis.received("POST", "AppointmentResponse")[..] else {
            panic!("told {} times", visit.cancellations());
        };
        // No patient is present any more: who cancels is said by the number (B2).
        assert_eq!(
            (&at_the_keyboard.claims()["bsn"], &last.claims()["bsn"]),
            (&JAN.bsn.into(), &Value::Null)
        );
        assert_eq!(last.json(), at_the_keyboard.json());
        visit.later(3600).await;
        assert_eq!((visit.cancellations(), visit.mails().await.len()), (4, 1));
    }
}

#[tokio::test]
async fn b08_a_system_that_cannot_be_reached_is_told_when_it_can() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        // Nothing listens there.
        kit.set(ONE, "xis_base_url", "http://127.0.0.1:9/fhir/r4").await;
        assert!(visit.cancels().await.contains("Uw annulering is verstuurd"));
        kit.set(ONE, "xis_base_url", &visit.xis.base()).await;
        visit.later(30).await;
        assert_eq!((visit.stands().await, visit.cancellations()), ("cancelled by the patient", 1));
    }
}

#[tokio::test]
async fn b08_a_lost_answer_is_found_out_by_reading_and_nothing_is_sent_again() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        visit.xis.answers_cancellation(Reply::Cut);
        assert!(visit.cancels().await.contains("Uw annulering is verstuurd"));
        visit.is_shown_as("cancelled");
        visit.later(30).await;
        assert_eq!((visit.stands().await, visit.cancellations()), ("cancelled by the patient", 1));
        assert_eq!(visit.mails().await.len(), 1);
    }
}

#[tokio::test]
async fn b08_a_refusal_of_what_is_cancelled_already_is_no_refusal() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        let (xis, mut cancelled) = (visit.xis.clone(), testkit::appointment("a", JAN));
        cancelled["status"] = "cancelled".into();
        visit.xis.before_answering(move |_| async move { xis.shows(vec![cancelled]) });
        visit.xis.answers_cancellation(Reply::Status(409));
        assert!(visit.cancels().await.contains("Uw afspraak is geannuleerd"));
        assert_eq!((visit.stands().await, visit.cancellations()), ("cancelled by the patient", 1));
    }
}

#[tokio::test]
async fn b08_what_is_not_answered_before_the_visit_is_given_up_where_the_operator_sees_it() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        visit.xis.answers_cancellation(Reply::Status(503));
        visit.cancels().await;
        let id = kit.appointment(JAN).await.id.to_string();
        visit.later(9 * 24 * 3600).await;
        let given_up = kit.given_up().await;
        assert!(given_up.iter().any(|problem| problem.contains(&id)), "{given_up:?}");
        assert_eq!((visit.cancellations(), visit.mails().await.len()), (1, 0));
    }
}

#[tokio::test]
async fn b08_no_bsn_and_no_word_of_the_patient_is_in_the_log() {
    let log = Log::listen();
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        for reply in [Reply::Status(503), Reply::Cut, Reply::Status(403)] {
            visit.xis.answers_cancellation(reply);
        }
        visit.sends("Mijn knie is beter").await;
        for seconds in [30, 2] {
            visit.later(seconds).await;
        }
        assert_eq!((visit.stands().await, visit.cancellations()), ("booked", 3));
    }
    let log = log.text();
    assert!(log.contains("a cancellation was not answered") && log.contains("a cancellation was refused"));
    for word in [JAN.bsn, "Mijn knie is beter", JAN.name] {
        let line = log.lines().find(|line| line.contains(word));
        assert!(line.is_none(), "{word}: {line:?}");
    }
}
