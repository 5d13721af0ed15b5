use testkit::{FATIMA, JAN, Kit, Reply};

use super::{MOVED, Visit};

#[tokio::test]
async fn a_double_tap_and_a_reload_move_once() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        visit.xis.answers(Reply::Booked("new"));
        let form = visit.chooses(&visit.browser, "s2").await;
        let taps = (0..4).map(|_| visit.asks(&visit.browser, &form));
        let pages = futures::future::join_all(taps).await;
        let new = pages[0].header("location").to_owned();
        assert!(pages.iter().all(|page| page.header("location") == new), "{pages:?}");
        // Sent again from an old page, long after.
        assert_eq!(visit.asks(&visit.browser, &form).await.header("location"), new);
        assert_eq!(visit.stand().await, ("cancelled by the patient", vec!["booked"]));
        assert_eq!((visit.xis.bookings().len(), visit.cancellations()), (2, 1));
        assert_eq!(visit.mails().await, [MOVED]);
    }
}

#[tokio::test]
async fn two_devices_with_a_form_each_move_once() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        visit.xis.answers(Reply::Proposed("new"));
        let second = kit.browser(JAN).await;
        let form = visit.chooses(&visit.browser, "s2").await;
        // The second device chooses another time, and the first one's page is out of date.
        let newer = visit.chooses(&second, "s1").await;
        let sent = visit.asks(&visit.browser, &form).await;
        assert_eq!(sent.header("location"), visit.step("/check?changed=1"));
        let changed = visit.browser.read(sent.header("location")).await;
        assert!(changed.contains("Uw keuze is veranderd"), "{changed}");
        let both = futures::future::join(visit.asks(&second, &newer), visit.asks(&visit.browser, &newer));
        let (one, other) = both.await;
        assert_eq!(one.header("location"), other.header("location"));
        // While that is with the practice, nobody begins another.
        let begun = visit.browser.get(&visit.step("")).await;
        assert_eq!(begun.header("location"), one.header("location"));
        for step in ["/time?agenda=7", "/agenda", "/check"] {
            assert_eq!(visit.browser.get(&visit.step(step)).await.header("location"), one.header("location"));
        }
        assert_eq!((visit.stand().await, visit.xis.bookings().len()), (("booked", vec!["pending"]), 2));
    }
}

#[tokio::test]
async fn nobody_moves_another_patients_visit() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let fatima = kit.browser(FATIMA).await;
        for step in ["", "/time?agenda=7", "/agenda", "/check"] {
            assert_eq!(fatima.get(&visit.step(step)).await.status, 404, "{step}");
        }
        let sent = visit.asks(&fatima, "a form").await;
        assert_eq!((sent.status, visit.xis.bookings().len()), (404, 1));
    }
}

#[tokio::test]
async fn what_is_booked_meanwhile_at_the_same_practice_is_kept_apart() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        crate::steps::choose(&visit.browser, super::ONE).await;
        crate::steps::write(&visit.browser, super::ONE, "Een andere vraag").await;
        visit.moves(Reply::Booked("new")).await;
        let check = visit.browser.read("/book/01000001/check").await;
        assert!(check.contains("Een andere vraag"), "{check}");
    }
}
