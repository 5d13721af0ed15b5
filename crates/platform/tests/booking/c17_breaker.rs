//! A system that fails is left alone for a while, and nobody else notices.

use std::time::Duration;

use serde_json::Value;
use testkit::{Browser, JAN, Kit, Log, Reply, ScriptedXis, appointment};

use super::{ONE, TWO};
use crate::{portal::page::text, steps};

const TYPES: &str = "/book/01000001";
/// A page for which the types and the times are asked.
const DAY: &str = "/book/01000001/time?type=urn%3Axis%3Atypes%7Cconsult&agenda=7&day=2026-05-12";
const PAUSE: Duration = Duration::from_secs(3);

/// Lets the system of practice 1 fail until it is not called any more.
async fn trip(xis: &ScriptedXis, browser: &Browser) {
    for _ in 0..4 {
        xis.fails("ValueSet", 503);
        assert_eq!(browser.get(TYPES).await.status, 503);
    }
}

#[tokio::test]
async fn c17_a_system_that_fails_is_not_called_for_a_while_and_then_by_one_call() {
    let log = Log::listen();
    for kit in Kit::on_both().await {
        let (xis, other) = (kit.xis_of(ONE).await, kit.xis_of(TWO).await);
        let browser = kit.browser(JAN).await;
        trip(&xis, &browser).await;
        for _ in 0..5 {
            assert_eq!(browser.get(TYPES).await.status, 503);
        }
        assert_eq!(xis.received("GET", "ValueSet").len(), 4);
        browser.read("/book/01000002").await;
        assert_eq!(other.received("GET", "ValueSet").len(), 1);
        kit.clock.turn(PAUSE);
        xis.fails("ValueSet", 503);
        for _ in 0..5 {
            assert_eq!(browser.get(TYPES).await.status, 503);
        }
        assert_eq!(xis.received("GET", "ValueSet").len(), 5);
        kit.clock.turn(PAUSE);
        browser.read(TYPES).await;
        browser.read(TYPES).await;
    }
    for (level, words) in [("WARN", "fails and is not called for now"), ("INFO", "answers again")] {
        let lines = log.lines(level);
        let told: Vec<_> = lines.iter().filter(|line| line.contains(words)).collect();
        assert_eq!(told.len(), 2, "once on each database: {told:?}");
        assert!(told.iter().all(|line| line.contains("practice=01000001")), "{told:?}");
    }
}

#[tokio::test]
async fn c17_a_page_that_asks_for_two_things_tries_with_the_first_and_goes_on_when_it_is_answered() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let browser = kit.browser(JAN).await;
        trip(&xis, &browser).await;
        kit.clock.turn(PAUSE);
        assert!(browser.read(DAY).await.contains("09:10"));
        assert_eq!((xis.received("GET", "ValueSet").len(), xis.received("GET", "Slot").len()), (5, 1));
        // And one that fails again asks for nothing more.
        trip(&xis, &browser).await;
        kit.clock.turn(PAUSE);
        xis.fails("ValueSet", 503);
        assert_eq!(browser.get(DAY).await.status, 503);
        assert_eq!((xis.received("GET", "ValueSet").len(), xis.received("GET", "Slot").len()), (10, 1));
    }
}

#[tokio::test]
async fn c17_two_calls_that_hang_are_enough() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let browser = kit.browser(JAN).await;
        xis.hangs("ValueSet");
        for _ in 0..2 {
            tokio::join!(browser.get(TYPES), async {
                xis.has_hanging(1).await;
                kit.clock.turn(Duration::from_millis(2_400));
            });
            xis.has_hanging(0).await;
        }
        assert_eq!(browser.get(TYPES).await.status, 503);
        assert_eq!(xis.received("GET", "ValueSet").len(), 2);
    }
}

#[tokio::test]
async fn c17_a_refusal_is_an_answer_and_no_failure() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let browser = kit.browser(JAN).await;
        for status in [400, 403, 404, 422, 429].repeat(3) {
            xis.fails("ValueSet", status);
            browser.get(TYPES).await;
        }
        assert_eq!(xis.received("GET", "ValueSet").len(), 15);
        browser.read(TYPES).await;
    }
}

#[tokio::test]
async fn c17_what_cannot_be_sent_is_not_written_and_what_was_chosen_is_kept() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let browser = kit.browser(JAN).await;
        let form = steps::choose(&browser, ONE).await;
        trip(&xis, &browser).await;
        let answer = browser.post("/book/01000001/check", &[("form", &form)]).await;
        let said = text(&answer.text);
        assert_eq!(answer.status, 503, "{said}");
        assert!(said.contains("Uw afspraak is nog niet aangevraagd"), "{said}");
        assert!(said.contains("Bel de praktijk: 030 123 45 67"), "{said}");
        assert!(answer.text.contains(r#"href="/book/01000001/check""#), "{}", answer.text);
        assert_eq!((kit.appointments(JAN).await.len(), xis.bookings().len()), (0, 0));
        // A booking never tries out whether the system answers again.
        kit.clock.turn(PAUSE);
        assert_eq!(browser.post("/book/01000001/check", &[("form", &form)]).await.status, 503);
        browser.read(TYPES).await;
        xis.answers(Reply::Booked("x1"));
        let sent = steps::send(&browser, ONE, &form).await;
        assert!(browser.read(sent.header("location")).await.contains("Uw afspraak is bevestigd"));
    }
}

#[tokio::test]
async fn c17_known_appointments_stay_readable_and_say_from_when_they_are() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let browser = kit.browser(JAN).await;
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        kit.put(TWO, "b", &appointment("b", JAN)).await;
        let known = kit.appointments(JAN).await;
        let page =
            format!("/appointments/{}", known.iter().find(|one| one.practice.as_str() == ONE).unwrap().id);
        let both = async || {
            // By then the session before has long ended.
            let browser = kit.browser(JAN).await;
            [text(&browser.read("/").await), text(&browser.read(&page).await)]
        };
        // It last answered at ten o'clock.
        browser.read(TYPES).await;
        assert!(both().await.iter().all(|said| !said.contains("bijgewerkt om")));
        kit.clock.turn(Duration::from_secs(12 * 60));
        trip(&xis, &browser).await;
        let note = "Het systeem van Praktijk De Linde geeft nu geen antwoord. \
                    Uw afspraken daar zijn bijgewerkt om 10:00 uur.";
        for said in both().await {
            assert!(said.contains(note) && said.contains("Consult"), "{said}");
            assert!(!said.contains("Huisartsen aan de Vecht geeft nu geen antwoord"), "{said}");
        }
        kit.clock.turn(Duration::from_secs(24 * 3600));
        assert!(both().await[0].contains("bijgewerkt op maandag 4 mei 2026 om 10:00 uur"));
        kit.browser(JAN).await.read(TYPES).await;
        assert!(both().await.iter().all(|said| !said.contains("geeft nu geen antwoord")));
    }
}

#[tokio::test]
async fn c17_recovering_does_not_wait_for_a_patient() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let browser = kit.browser(JAN).await;
        trip(&xis, &browser).await;
        kit.begin_jobs();
        // Time passes in leaps: a call that is under way must not run out of it.
        let mut probed = std::pin::pin!(xis.is_read("ValueSet", 5));
        while tokio::time::timeout(Duration::from_millis(300), &mut probed).await.is_err() {
            kit.clock.turn(PAUSE);
        }
        let probe = xis.received("GET", "ValueSet").pop().unwrap();
        assert_eq!(probe.claims()["bsn"], Value::Null);
        while browser.get(TYPES).await.status != 200 {}
    }
}
