//! One deadline for a whole page, however many calls it takes.

use std::time::Duration;

use testkit::{Answer, JAN, Kit};
use world::Clock as _;

use super::ONE;
use crate::portal::page::text;

const TYPES: &str = "/book/01000001";
const TIMES: &str = "/book/01000001/time?type=urn%3Axis%3Atypes%7Cconsult&agenda=7";
/// What a patient has patience for.
const PATIENCE: Duration = Duration::from_secs(3);

fn is_down(answer: &Answer) {
    let said = text(&answer.text);
    assert_eq!((answer.status, answer.header("retry-after")), (503, "30"), "{said}");
    assert!(said.contains("Online plannen is even niet mogelijk"), "{said}");
    assert!(said.contains("Bel de praktijk: 030 123 45 67"), "{said}");
}

#[tokio::test]
async fn c17_a_system_that_hangs_gives_a_clear_page_within_three_seconds() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let browser = kit.browser(JAN).await;
        for (page, resource, turned) in [(TYPES, "ValueSet", 2_400), (TIMES, "Slot", 2_400)] {
            xis.hangs(resource);
            let (answer, ()) = tokio::join!(browser.get(page), async {
                xis.has_hanging(1).await;
                kit.clock.turn(Duration::from_millis(turned));
            });
            is_down(&answer);
            // Whoever waits no longer has hung up.
            xis.has_hanging(0).await;
            xis.behaves();
            kit.clock.turn(Duration::from_secs(60));
            assert_eq!(browser.get(TYPES).await.status, 200);
        }
    }
}

#[tokio::test]
async fn c17_many_slow_calls_of_one_page_share_one_deadline() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        xis.offers_pages((0..10).map(|_| Vec::new()).collect());
        xis.takes("Slot", &kit.clock, Duration::from_millis(700));
        let browser = kit.browser(JAN).await;
        let asked_at = kit.clock.now();
        is_down(&browser.get(TIMES).await);
        assert!(kit.clock.now().duration_since(asked_at) < PATIENCE.try_into().unwrap());
        // The fourth has what the three before it left.
        assert_eq!(xis.received("GET", "Slot").len(), 4);
    }
}

#[tokio::test]
async fn c17_a_booking_that_hangs_is_checked_within_three_seconds_and_its_answer_is_taken_later() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let browser = kit.browser(JAN).await;
        let form = crate::steps::choose(&browser, ONE).await;
        let (clock, asked_at) = (kit.clock.clone(), kit.clock.now());
        xis.answers(testkit::Reply::Booked("x1"));
        xis.before_answering(move |_| async move { clock.turn(Duration::from_millis(2_600)) });
        let sent = crate::steps::send(&browser, ONE, &form).await;
        assert!(kit.clock.now().duration_since(asked_at) < PATIENCE.try_into().unwrap());
        let page = browser.read(sent.header("location")).await;
        assert!(
            page.contains("Wij controleren uw afspraak") || page.contains("Uw afspraak is bevestigd"),
            "{page}"
        );
        assert_eq!(xis.bookings().len(), 1);
    }
}
