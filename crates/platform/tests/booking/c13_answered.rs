use testkit::{JAN, Kit, Reply};

use super::{ONE, booked, word};
use crate::steps;

#[tokio::test]
async fn c13_200_says_that_it_was_there_already_and_is_success() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let (stored, page) = booked(&kit, &xis, ONE, Reply::Found("x1")).await;
        assert_eq!(word(&stored), "booked");
        assert!(page.contains("Uw afspraak is bevestigd"), "{page}");
    }
}

#[tokio::test]
async fn c13_409_asks_for_another_time_and_keeps_what_was_chosen() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let (stored, page) = booked(&kit, &xis, ONE, Reply::Status(409)).await;
        assert_eq!(word(&stored), "failed");
        assert!(page.contains("Deze tijd is niet meer beschikbaar, kies een andere tijd"), "{page}");
        // Another time leads straight to the check: type and reason are there.
        let browser = kit.browser(JAN).await;
        let chosen = browser.post(&format!("/book/{ONE}/{}", steps::TIMES), &[("slot", "s2")]).await;
        assert_eq!(chosen.header("location"), "/book/01000001/check");
        assert!(browser.read("/book/01000001/check").await.contains("Pijn in mijn knie"));
        assert_eq!((kit.rows().await["notice"], xis.bookings().len()), (0, 1));
    }
}

#[tokio::test]
async fn c13_another_4xx_is_refused_and_gives_the_phone_number() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        for status in [400, 403, 404, 422, 429] {
            let (stored, page) = booked(&kit, &xis, ONE, Reply::Status(status)).await;
            assert_eq!(word(&stored), "failed", "{status}");
            assert!(page.contains("Online plannen is nu niet mogelijk"), "{status}: {page}");
            assert!(page.contains("030 123 45 67"), "{status}: {page}");
        }
        assert_eq!(kit.rows().await["notice"], 0);
    }
}

#[tokio::test]
async fn c13_401_is_tried_once_more_with_a_new_token() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        xis.fails("Appointment", 401);
        let (stored, _) = booked(&kit, &xis, ONE, Reply::Booked("x1")).await;
        assert_eq!(word(&stored), "booked");
        let [first, second] = xis.received("POST", "Appointment").try_into().unwrap();
        assert_ne!(first.claims()["jti"], second.claims()["jti"]);
        assert_eq!(first.body, second.body);
        // A second refusal is an answer.
        xis.fails("Appointment", 401);
        xis.fails("Appointment", 401);
        let browser = kit.browser(JAN).await;
        let page = steps::book_and_read(&browser, ONE).await;
        assert!(page.contains("Online plannen is nu niet mogelijk"), "{page}");
        assert_eq!(xis.received("POST", "Appointment").len(), 4);
    }
}

#[tokio::test]
async fn c13_what_says_nothing_of_the_outcome_is_unknown_and_never_sent_again() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let unclear = [412, 500, 502, 503, 504, 202, 204, 302].map(Reply::Status);
        for (index, reply) in unclear.into_iter().chain([Reply::Cut]).enumerate() {
            let (stored, page) = booked(&kit, &xis, ONE, reply.clone()).await;
            assert_eq!(word(&stored), "unknown", "{reply:?}");
            assert!(page.contains("Wij controleren uw afspraak"), "{reply:?}: {page}");
            assert_eq!(xis.bookings().len(), index + 1, "{reply:?}");
        }
    }
}

#[tokio::test]
async fn c13_what_was_never_sent_is_not_booked() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let browser = kit.browser(JAN).await;
        let form = steps::choose(&browser, ONE).await;
        // The practice's system cannot say who the patient is, and then is gone altogether.
        xis.fails("Patient", 500);
        let page = steps::send(&browser, ONE, &form).await;
        assert!(browser.read(page.header("location")).await.contains("Uw afspraak is niet gelukt"));
        let form = steps::choose(&browser, ONE).await;
        kit.set(ONE, "xis_base_url", "http://127.0.0.1:1/fhir/r4").await;
        let page = steps::send(&browser, ONE, &form).await;
        assert!(browser.read(page.header("location")).await.contains("Uw afspraak is niet gelukt"));
        assert!(xis.bookings().is_empty());
        assert!(kit.appointments(JAN).await.iter().all(|stored| word(stored) == "failed"));
    }
}
