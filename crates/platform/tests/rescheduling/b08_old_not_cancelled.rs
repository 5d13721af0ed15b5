use testkit::{Kit, Reply};

use super::{CONFIRMED, TWO, Visit};

#[tokio::test]
async fn b08_where_the_old_one_cannot_be_cancelled_both_are_shown_and_told() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        visit.xis.answers_cancellation(Reply::Status(422));
        let page = visit.moves_and_reads(Reply::Booked("new")).await;
        assert!(page.contains("Uw afspraak is bevestigd"), "{page}");
        let refused =
            "De praktijk kan uw oude afspraak van dinsdag 12 mei 2026 om 09:10 uur niet online annuleren.";
        assert!(page.contains(refused) && page.contains("030 123 45 67"), "{page}");
        assert_eq!(visit.stand().await, ("booked", vec!["booked"]));
        assert_eq!(visit.mails().await, [TWO]);
        let mail = kit.mailbox.mails().pop().unwrap();
        for said in [
            "Nieuw: dinsdag 12 mei 2026 om 14:30 uur",
            "Die staat dus nog. Komt u daar niet? Bel dan de praktijk.",
        ] {
            assert!(mail.text.contains(said), "{said}: {}", mail.text);
        }
        // When the old one is, its own mails say.
        assert!(!mail.text.contains("09:10"), "{}", mail.text);
        visit.later(3600).await;
        assert_eq!((visit.mails().await.len(), visit.cancellations()), (1, 1));
    }
}

#[tokio::test]
async fn b08_what_is_not_answered_heals_and_within_two_minutes_is_told_as_one() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        for reply in [Reply::Status(503), Reply::Cut] {
            visit.xis.answers_cancellation(reply);
        }
        let page = visit.moves_and_reads(Reply::Booked("new")).await;
        let leaving = "Uw oude afspraak van dinsdag 12 mei 2026 om 09:10 uur wordt nog geannuleerd.";
        assert!(page.contains("Uw afspraak is bevestigd") && page.contains(leaving), "{page}");
        let old = visit.reads(&visit.address).await;
        assert!(
            old.contains("Wordt geannuleerd") && old.contains("Deze afspraak wordt geannuleerd"),
            "{old}"
        );
        assert_eq!(visit.stand().await, ("cancelling", vec!["booked"]));
        visit.later(30).await;
        assert_eq!(visit.mails().await, [""; 0]);
        visit.later(10).await;
        assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["booked"]));
        assert_eq!(visit.mails().await, [super::MOVED]);
        visit.later(3600).await;
        assert_eq!(visit.mails().await.len(), 1);
    }
}

#[tokio::test]
async fn b08_after_two_minutes_each_half_is_told_by_itself() {
    for refused in [false, true] {
        for kit in Kit::on_both().await {
            let visit = Visit::booked(&kit).await;
            for _ in 0..12 {
                visit.xis.answers_cancellation(Reply::Status(503));
            }
            visit.moves(Reply::Booked("new")).await;
            visit.later(121).await;
            assert_eq!(visit.mails().await, [CONFIRMED]);
            let mail = kit.mailbox.mails().pop().unwrap();
            assert!(mail.text.contains("Uw oude afspraak is nog niet geannuleerd."), "{}", mail.text);
            if refused {
                visit.is_shown_as("fulfilled");
            } else {
                visit.is_shown_as("cancelled");
            }
            visit.later(3600).await;
            let last = if refused {
                TWO
            } else {
                "U hebt uw afspraak op dinsdag 12 mei 2026 om 09:10 uur geannuleerd"
            };
            assert_eq!(visit.mails().await, [CONFIRMED, last]);
        }
    }
}
