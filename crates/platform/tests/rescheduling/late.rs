//! A session that ends while the patient writes: nothing that was typed is lost.

use std::time::Duration;

use testkit::{FATIMA, JAN, Kit};

use super::Visit;

/// Longer than an unused session lives.
const TOO_LONG: Duration = Duration::from_secs(20 * 60);

#[tokio::test]
async fn a_reason_that_is_sent_after_the_session_has_ended_is_there_after_logging_in_again() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let form = visit.chooses(&visit.browser, "s2").await;
        let check = visit.step("/check");
        kit.clock.turn(TOO_LONG);
        let fields = [("form", &*form), ("reason", "Pijn in mijn knie, en lang")];
        let sent = visit.browser.post(&check, &fields).await;
        let login = format!("/login?to={}", check.replace('/', "%2F"));
        assert_eq!((sent.status, sent.header("location")), (303, &*login));
        let page = kit.browser(JAN).await.read(&check).await;
        assert!(page.contains("Pijn in mijn knie, en lang</textarea>"), "{page}");
        // Nothing was asked for whoever was not there.
        assert_eq!((visit.xis.bookings().len(), visit.stand().await), (1, ("booked", Vec::new())));
    }
}

#[tokio::test]
async fn another_patients_session_leaves_no_text_nor_one_that_has_begun_nothing() {
    for kit in Kit::on_both().await {
        let visit = Visit::booked(&kit).await;
        let (fatima, check) = (kit.browser(FATIMA).await, visit.step("/check"));
        for reason in ["Nog niets gekozen", "Van een ander"] {
            kit.clock.turn(TOO_LONG);
            let before = kit.rows().await;
            for browser in [&fatima, &visit.browser] {
                let sent = browser.post(&check, &[("form", "a form"), ("reason", reason)]).await;
                assert_eq!(sent.header("location"), "/login?to=%2F");
            }
            assert_eq!(kit.grown(&before).await, []);
        }
        visit.chooses(&kit.browser(JAN).await, "s2").await;
        kit.clock.turn(TOO_LONG);
        let sent = fatima.post(&check, &[("form", "a form"), ("reason", "Van een ander")]).await;
        assert_eq!(sent.header("location"), "/login?to=%2F");
        let page = kit.browser(JAN).await.read(&check).await;
        assert!(page.contains("Pijn in mijn knie</textarea>"), "{page}");
    }
}
