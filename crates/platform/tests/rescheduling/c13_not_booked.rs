use testkit::{JAN, Kit, Reply};

use super::{MOVED, ONE, Visit, told};

#[tokio::test]
async fn c13_a_time_that_is_gone_leaves_the_old_one_and_keeps_what_was_written() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        visit.xis.answers(Reply::Status(409));
        let form = visit.chooses(&visit.browser, "s2").await;
        let fields = [("form", &*form), ("reason", "Mijn knie is dik")];
        let sent = visit.browser.post(&visit.step("/check"), &fields).await;
        let gone = format!("{}&gone=", visit.step("/time?agenda=7"));
        assert!(sent.header("location").starts_with(&gone), "{}", sent.header("location"));
        let page = visit.browser.read(sent.header("location")).await;
        assert!(page.contains("Deze tijd is niet meer beschikbaar, kies een andere tijd"), "{page}");
        assert!(page.contains("Uw oude afspraak staat nog."), "{page}");
        assert_eq!((visit.stand().await, visit.cancellations()), (("booked", vec!["failed"]), 0));
        // The same form again leads to the same page, and another time is chosen with what was written.
        assert_eq!(visit.asks(&visit.browser, &form).await.header("location"), sent.header("location"));
        visit.chooses(&visit.browser, "s1").await;
        assert!(visit.browser.read(&visit.step("/check")).await.contains("Mijn knie is dik"));
        assert_eq!(visit.mails().await, [""; 0]);
    }
}

#[tokio::test]
async fn c13_a_refusal_leaves_the_old_one_and_says_so() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let page = visit.moves_and_reads(Reply::Status(422)).await;
        assert!(page.contains("Uw oude afspraak staat nog: dinsdag 12 mei 2026 om 09:10 uur."), "{page}");
        assert!(page.contains("030 123 45 67"), "{page}");
        visit.later(600).await;
        assert_eq!((visit.stand().await, visit.cancellations()), (("booked", vec!["failed"]), 0));
        assert_eq!(visit.mails().await, [""; 0]);
        // It can be tried again.
        visit.moves(Reply::Booked("new")).await;
        assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["failed", "booked"]));
    }
}

#[tokio::test]
async fn c18_while_the_outcome_is_unknown_the_old_one_stands() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let page = visit.moves_and_reads(Reply::Cut).await;
        assert!(page.contains("Wij controleren uw afspraak"), "{page}");
        assert!(page.contains("Uw oude afspraak staat nog: dinsdag 12 mei 2026 om 09:10 uur."), "{page}");
        assert_eq!((visit.stand().await, visit.cancellations()), (("booked", vec!["unknown"]), 0));
        // The practice's own word is the answer.
        kit.put(ONE, "new", &told("new", "booked")).await;
        assert_eq!(visit.mails().await, [MOVED]);
        assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["booked"]));
    }
}

#[tokio::test]
async fn c18_what_proves_not_to_be_booked_leaves_the_old_one() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let new = visit.moves(Reply::Cut).await;
        for seconds in [30, 15, 60, 60, 60] {
            visit.later(seconds).await;
        }
        assert_eq!((visit.stand().await, visit.cancellations()), (("booked", vec!["failed"]), 0));
        let page = visit.reads(&new).await;
        assert!(page.contains("Uw oude afspraak staat nog"), "{page}");
        // Should it be in the agenda after all, both stand, for the patient has read that the old one does.
        let mut late = told("new", "booked");
        late["identifier"] = visit.xis.bookings()[1]["identifier"].clone();
        kit.put(ONE, "new", &late).await;
        let mail = {
            visit.mails().await;
            kit.mailbox.mails().pop().unwrap()
        };
        let both = "Uw oude afspraak staat nog. U hebt nu dus twee afspraken.";
        assert!(mail.text.contains(both), "{}", mail.text);
        assert_eq!((visit.stand().await, visit.cancellations()), (("booked", vec!["booked"]), 0));
    }
}

#[tokio::test]
async fn a_declined_request_leaves_the_old_one_and_the_mail_says_so() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        visit.moves(Reply::Proposed("new")).await;
        kit.respond(ONE, &testkit::response("new", "declined", "Helaas vol")).await;
        assert_eq!(visit.mails().await, ["Uw aanvraag voor dinsdag 12 mei 2026 om 14:30 uur is afgewezen"]);
        let mail = kit.mailbox.mails().pop().unwrap();
        assert!(mail.text.contains("Uw oude afspraak staat nog."), "{}", mail.text);
        assert_eq!((visit.stand().await, visit.cancellations()), (("booked", vec!["declined"]), 0));
        let old = kit.browser(JAN).await.read(&visit.address).await;
        assert!(old.contains("Afspraak verzetten"), "{old}");
    }
}
