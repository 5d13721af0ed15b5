//! What patients of one practice share, and what they never do.

use std::time::Duration;

use testkit::{Browser, FATIMA, JAN, Kit, Reply, ScriptedXis, appointment, slot};

use super::{ONE, TWO, booked};
use crate::portal::page::to;

const DAY: &str = "/book/01000001/time?type=urn%3Axis%3Atypes%7Cconsult&agenda=7&day=2026-05-12";

/// A practice that lets its patients share, and two of them.
async fn sharing(kit: &Kit) -> (ScriptedXis, Browser, Browser) {
    let xis = kit.xis_of(ONE).await;
    kit.set(ONE, "shared_search", "on").await;
    (xis, kit.browser(JAN).await, kit.browser(FATIMA).await)
}

/// How often types and slots were asked for.
fn searches(xis: &ScriptedXis) -> (usize, usize) {
    (xis.received("GET", "ValueSet").len(), xis.received("GET", "Slot").len())
}

/// The system's agenda without slot `s1`, of which it tells nobody.
fn taken(xis: &ScriptedXis) {
    xis.offers(vec![slot("s2", "7", "2026-05-12T14:30:00+02:00")]);
}

fn offers_s1(page: &str) -> bool {
    page.contains(r#"name="slot" value="s1""#)
}

#[tokio::test]
async fn c19_patients_who_look_at_the_same_time_or_shortly_after_share_a_search() {
    for kit in Kit::on_both().await {
        let (xis, jan, fatima) = sharing(&kit).await;
        tokio::join!(jan.read(DAY), fatima.read(DAY), jan.read(DAY), fatima.read(DAY));
        kit.clock.turn(Duration::from_millis(2_999));
        jan.read(DAY).await;
        assert_eq!(searches(&xis), (1, 1));
        kit.clock.turn(Duration::from_millis(1));
        fatima.read(DAY).await;
        assert_eq!(searches(&xis), (2, 2));
    }
}

#[tokio::test]
async fn c19_without_the_setting_nothing_is_shared() {
    for kit in Kit::on_both().await {
        let (xis, jan, fatima) = sharing(&kit).await;
        kit.set(ONE, "shared_search", "off").await;
        tokio::join!(jan.read(DAY), fatima.read(DAY));
        jan.read(DAY).await;
        assert_eq!(searches(&xis), (3, 3));
    }
}

#[tokio::test]
async fn c19_nothing_is_shared_between_practices() {
    for kit in Kit::on_both().await {
        let (xis, jan, _) = sharing(&kit).await;
        // The same system, and the same addresses.
        kit.set(TWO, "xis_base_url", &xis.base()).await;
        kit.set(TWO, "shared_search", "on").await;
        jan.read(DAY).await;
        jan.read(&DAY.replace(ONE, TWO)).await;
        assert_eq!(searches(&xis), (2, 2));
    }
}

#[tokio::test]
async fn c19_a_booking_or_a_refusal_of_one_drops_what_was_read_before() {
    for kit in Kit::on_both().await {
        let (xis, _, fatima) = sharing(&kit).await;
        for reply in [Reply::Booked("x1"), Reply::Status(409), Reply::Cut] {
            xis.offers(vec![slot("s1", "7", "2026-05-12T09:10:00+02:00")]);
            kit.clock.turn(Duration::from_secs(3));
            assert!(offers_s1(&fatima.read(DAY).await));
            let taking = xis.clone();
            xis.before_answering(move |_| async move { taken(&taking) });
            booked(&kit, &xis, ONE, reply).await;
            assert!(!offers_s1(&fatima.read(&DAY.replace("&day=2026-05-12", "&week=1")).await));
            assert!(!offers_s1(&fatima.get(DAY).await.text));
        }
    }
}

#[tokio::test]
async fn c19_what_the_practice_tells_drops_what_was_read_before() {
    for kit in Kit::on_both().await {
        let (xis, jan, _) = sharing(&kit).await;
        assert!(offers_s1(&jan.read(DAY).await));
        taken(&xis);
        assert!(offers_s1(&jan.read(DAY).await));
        kit.put(ONE, "a", &appointment("a", FATIMA)).await;
        assert!(!offers_s1(&jan.read(DAY).await));
    }
}

#[tokio::test]
async fn c19_whoever_saw_that_a_time_is_gone_never_sees_it_again() {
    for kit in Kit::on_both().await {
        let (xis, jan, fatima) = sharing(&kit).await;
        jan.read(DAY).await;
        taken(&xis);
        // Another platform, or another process of it, has booked it: nobody told this one.
        let near = DAY.replace("&day=2026-05-12", "&gone=2026-05-12T07:10:00Z");
        assert!(!offers_s1(&jan.read(&near).await));
        assert!(!offers_s1(&jan.read(DAY).await));
        let chosen = fatima.post(DAY, &[("slot", "s1")]).await;
        assert!(to(&chosen).contains("gone="), "{}", to(&chosen));
    }
}
