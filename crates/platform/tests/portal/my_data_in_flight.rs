//! An account ends while something is on its way for its patient: that ends too, and nobody hears of it.

use std::time::Duration;

use testkit::{Browser, Caller, JAN, Kit, Reply, appointment, invitation};

use crate::{
    steps,
    visit::{ONE, Visit},
};

const TWO: &str = "01000002";
const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

async fn delete(browser: &Browser) {
    let deleted = browser.post("/my-data/delete", &[]).await;
    assert_eq!(deleted.status, 200, "{}", deleted.text);
}

/// Nothing was given up, and nothing is tried again.
async fn is_quiet(kit: &Kit) {
    assert!(kit.given_up().await.is_empty(), "{:?}", kit.given_up().await);
    kit.clock.turn(Duration::from_secs(DAY));
    assert_eq!(kit.drain().await, 0, "nothing is tried again");
}

#[tokio::test]
async fn what_waits_for_a_patient_who_is_gone_ends_and_asks_nobody() {
    for kit in Kit::on_both().await {
        let visit = Visit::planned(&kit).await;
        visit.xis.cuts("AppointmentResponse");
        let cancelled = visit.browser.post(&format!("{}/cancel", visit.address), &[("words", "")]).await;
        assert_eq!(cancelled.status, 303, "{}", cancelled.text);
        let other = kit.xis_of(TWO).await;
        other.answers(Reply::Cut);
        steps::book(&visit.browser, TWO).await;
        // Past the visits: until then an answer is awaited, and the account stays.
        kit.clock.turn(Duration::from_secs(9 * DAY));
        let third = Caller::new(&kit.base, &kit.http, "other-xis", "other-secret").await;
        assert_eq!(third.post("01000004", &invitation(JAN)).await.status, 201);
        delete(&kit.browser(JAN).await).await;
        let asked = |xis: &testkit::ScriptedXis| xis.received("GET", "Appointment").len();
        let before = (asked(&visit.xis), asked(&other), kit.mailbox.mails().len());
        assert!(kit.drain().await > 0, "something waited");
        assert_eq!((asked(&visit.xis), asked(&other), kit.mailbox.mails().len()), before);
        is_quiet(&kit).await;
    }
}

#[tokio::test]
async fn a9_who_leaves_while_the_agenda_is_read_again_is_not_found_and_nothing_is_kept() {
    for kit in Kit::on_both().await {
        kit.set(ONE, "park_unknown_patients", "on").await;
        let xis = kit.xis_of(ONE).await;
        assert_eq!(kit.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        kit.cancel_by_patient(kit.appointment(JAN).await).await;
        assert_eq!(kit.put(ONE, "a", &appointment("a", JAN)).await.status, 200);
        xis.shows(vec![appointment("a", JAN)]);
        // What else there is to deliver goes first.
        kit.drain().await;
        kit.clock.turn(Duration::from_secs(15 * MINUTE + 1));
        let browser = kit.browser(JAN).await;
        xis.before_showing(move || async move { delete(&browser).await });
        kit.drain().await;
        assert_eq!(xis.received("GET", "Appointment").len(), 1, "it was read");
        let rows = kit.rows().await;
        assert_eq!((rows["account"], rows["appointment"], rows["parked_update"]), (1, 0, 0));
        is_quiet(&kit).await;
    }
}

#[tokio::test]
async fn c18_who_leaves_while_a_booking_is_looked_for_leaves_nothing_to_find() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        xis.answers(Reply::Cut);
        steps::book(&kit.browser(JAN).await, ONE).await;
        kit.drain().await;
        kit.clock.turn(Duration::from_secs(16 * MINUTE));
        let browser = kit.browser(JAN).await;
        xis.before_showing(move || async move { delete(&browser).await });
        kit.drain().await;
        assert!(!xis.received("GET", "Appointment").is_empty(), "it was looked for");
        let rows = kit.rows().await;
        assert_eq!((rows["account"], rows["appointment"], rows["sighting"]), (1, 0, 0));
        is_quiet(&kit).await;
    }
}
