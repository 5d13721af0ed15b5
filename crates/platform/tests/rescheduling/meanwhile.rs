use agenda::State;
use testkit::{Kit, Reply};

use super::{CONFIRMED, MOVED, ONE, Visit, told};

#[tokio::test]
async fn the_practices_word_that_the_old_one_is_cancelled_is_the_answer_in_either_order() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let caller = kit.caller().await;
        visit.xis.answers_cancellation(Reply::Cut);
        visit.moves(Reply::Booked("new")).await;
        assert_eq!(caller.put(ONE, "old", &told("old", "cancelled")).await.status, 200);
        assert_eq!(caller.put(ONE, "new", &told("new", "booked")).await.status, 200);
        assert_eq!(visit.mails().await, [MOVED]);
        visit.later(3600).await;
        assert_eq!((visit.mails().await.len(), visit.cancellations()), (1, 1));
        assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["booked"]));
    }
}

#[tokio::test]
async fn an_old_one_that_the_practice_cancelled_first_is_not_cancelled_again() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        visit.moves(Reply::Proposed("new")).await;
        kit.put(ONE, "old", &told("old", "cancelled")).await;
        kit.put(ONE, "new", &told("new", "booked")).await;
        let mut mails = visit.mails().await;
        mails.sort();
        assert_eq!(mails, ["Uw afspraak op dinsdag 12 mei 2026 om 09:10 uur is geannuleerd", CONFIRMED]);
        assert_eq!(visit.stand().await, ("cancelled by the practice", vec!["booked"]));
        assert_eq!(visit.cancellations(), 0);
    }
}

#[tokio::test]
async fn an_old_one_that_the_practice_moves_meanwhile_gives_way_where_it_is() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        visit.moves(Reply::Proposed("new")).await;
        let mut moved = told("old", "booked");
        (moved["start"], moved["end"]) =
            ("2026-05-12T10:00:00+02:00".into(), "2026-05-12T10:10:00+02:00".into());
        kit.put(ONE, "old", &moved).await;
        assert_eq!(visit.mails().await.len(), 1);
        visit.xis.shows(vec![moved]);
        kit.put(ONE, "new", &told("new", "booked")).await;
        let mails = visit.mails().await;
        assert_eq!(mails, ["Uw afspraak is verzet naar dinsdag 12 mei 2026 om 10:00 uur", MOVED]);
        let mail = kit.mailbox.mails().pop().unwrap();
        assert!(mail.text.contains("Was: dinsdag 12 mei 2026 om 10:00 uur"), "{}", mail.text);
        assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["booked"]));
    }
}

#[tokio::test]
async fn when_the_new_one_is_lost_before_the_old_one_was_cancelled_the_old_one_is_kept() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        visit.xis.answers_cancellation(Reply::Status(503));
        visit.moves(Reply::Booked("new")).await;
        kit.put(ONE, "new", &told("new", "cancelled")).await;
        assert_eq!(visit.mails().await, ["Uw afspraak op dinsdag 12 mei 2026 om 14:30 uur is geannuleerd"]);
        let mail = kit.mailbox.mails().pop().unwrap();
        assert!(mail.text.contains("Uw oude afspraak staat nog."), "{}", mail.text);
        visit.later(30).await;
        assert_eq!(visit.stand().await, ("booked", vec!["cancelled by the practice"]));
        assert_eq!((visit.cancellations(), visit.mails().await.len()), (1, 1));
        assert_eq!(
            kit.audited("appointment cancel answer").await,
            ["kept: what was to take its place is lost"]
        );
        // From here on it is cancelled as any other.
        visit.later(3600).await;
        visit.kit.browser(testkit::JAN).await.post(&format!("{}/cancel", visit.address), &[]).await;
        assert_eq!(visit.stand().await.0, "cancelled by the patient");
        assert_eq!(visit.mails().await.len(), 2);
    }
}

#[tokio::test]
async fn an_old_one_that_is_planned_again_is_told_as_that() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        visit.moves(Reply::Booked("new")).await;
        visit.later(16 * 60).await;
        kit.put(ONE, "old", &told("old", "booked")).await;
        let again = "Uw afspraak is opnieuw gepland op dinsdag 12 mei 2026 om 09:10 uur";
        assert_eq!(visit.mails().await, [MOVED, again]);
        let all = kit.appointments(testkit::JAN).await;
        assert!(all.iter().all(|stored| stored.appointment.state == State::Booked));
    }
}

#[tokio::test]
async fn the_process_that_asked_may_die_between_the_two() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        // Nobody is left to hear that it is booked; the practice's own word comes, and then the outbox goes on.
        visit.moves(Reply::Cut).await;
        kit.put(ONE, "new", &told("new", "booked")).await;
        assert_eq!(visit.stand().await, ("cancelling", vec!["booked"]));
        kit.drain().await;
        assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["booked"]));
        assert_eq!(visit.mails().await, [MOVED]);
    }
}
