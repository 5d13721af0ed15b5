//! A patient is reminded of a visit that is near: once, by day, and of nothing that does not stand.

use std::time::Duration;

use agenda::Bsn;
use serde_json::{Value, json};
use store::Preferences;
use testkit::{FATIMA, JAN, Kit, appointment};
use world::Clock as _;

const ONE: &str = "01000001";

/// A visit of ten minutes.
fn visit(id: &str, start: &str) -> Value {
    let mut visit = appointment(id, JAN);
    let start: jiff::Timestamp = start.parse().unwrap();
    visit["start"] = json!(start);
    visit["end"] = json!(start + Duration::from_secs(600));
    visit
}

/// Lets the clock go to this time and everything happen that is due by then.
async fn go_to(kit: &Kit, time: &str) {
    let until: jiff::Timestamp = time.parse().unwrap();
    kit.clock.turn(until.duration_since(kit.clock.now()).try_into().unwrap());
    kit.drain().await;
}

/// Jan chooses to get no reminders.
async fn want_none(kit: &Kit) {
    let (store, bsn) = (&kit.store, &Bsn::parse(JAN.bsn).unwrap());
    store
        .tx("want none", |mut tx| async move {
            let account = store.account_of(&mut tx, bsn).await?.unwrap();
            let none = Preferences { remind_minutes: None, ..account.preferences };
            store.save_preferences(&mut tx, account.id, &none).await
        })
        .await
        .unwrap();
}

fn reminders(kit: &Kit) -> Vec<String> {
    let subjects = kit.mailbox.mails().into_iter().map(|mail| mail.subject);
    subjects.filter(|subject| subject.starts_with("Herinnering")).collect()
}

#[tokio::test]
async fn a_visit_is_reminded_of_a_day_before_and_once() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &visit("a", "2026-05-12T09:10:00+02:00")).await;
        go_to(&kit, "2026-05-11T09:09:59+02:00").await;
        assert!(reminders(&kit).is_empty());
        for time in ["2026-05-11T09:10:00+02:00", "2026-05-11T09:10:30+02:00", "2026-05-12T09:00:00+02:00"] {
            go_to(&kit, time).await;
            assert_eq!(reminders(&kit), ["Herinnering: uw afspraak op dinsdag 12 mei 2026 om 09:10 uur"]);
        }
        let mail = kit.mailbox.mails().pop().unwrap();
        for leak in [JAN.bsn, "Consult", "dokter Jansen"] {
            assert!(!mail.raw.contains(leak) && !mail.text.contains(leak), "{leak}");
        }
    }
}

#[tokio::test]
async fn a_reminder_moves_and_ends_with_its_appointment() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "moved", &visit("moved", "2026-05-12T09:10:00+02:00")).await;
        kit.put(ONE, "off", &visit("off", "2026-05-12T10:10:00+02:00")).await;
        kit.put(ONE, "moved", &visit("moved", "2026-05-14T11:40:00+02:00")).await;
        let mut cancelled = visit("off", "2026-05-12T10:10:00+02:00");
        cancelled["status"] = json!("cancelled");
        kit.put(ONE, "off", &cancelled).await;
        kit.drain().await;
        // When the reminders were to come before.
        for time in ["2026-05-11T09:10:00+02:00", "2026-05-11T10:10:00+02:00"] {
            go_to(&kit, time).await;
            assert!(reminders(&kit).is_empty(), "{time}");
        }
        go_to(&kit, "2026-05-13T11:39:00+02:00").await;
        assert!(reminders(&kit).is_empty());
        go_to(&kit, "2026-05-13T11:40:00+02:00").await;
        assert_eq!(reminders(&kit), ["Herinnering: uw afspraak op donderdag 14 mei 2026 om 11:40 uur"]);
    }
}

#[tokio::test]
async fn who_books_later_than_the_reminder_would_come_is_not_reminded() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &visit("a", "2026-05-05T09:00:00+02:00")).await;
        go_to(&kit, "2026-05-05T08:59:00+02:00").await;
        assert!(reminders(&kit).is_empty());
    }
}

#[tokio::test]
async fn a_cancellation_that_waits_beside_the_reminder_is_all_that_is_told() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &visit("a", "2026-05-12T09:10:00+02:00")).await;
        kit.drain().await;
        let told = kit.mailbox.mails().len();
        kit.clock.turn(Duration::from_secs(7 * 24 * 3600));
        let mut cancelled = visit("a", "2026-05-12T09:10:00+02:00");
        cancelled["status"] = json!("cancelled");
        kit.put(ONE, "a", &cancelled).await;
        kit.drain().await;
        assert!(reminders(&kit).is_empty());
        assert_eq!(kit.mailbox.mails().len(), told + 1);
    }
}

#[tokio::test]
async fn a_reminder_that_fails_holds_up_no_other() {
    for kit in Kit::on_both().await {
        let mut of_fatima = appointment("good", FATIMA);
        of_fatima["start"] = json!("2026-05-12T09:20:00+02:00");
        of_fatima["end"] = json!("2026-05-12T09:30:00+02:00");
        kit.put(ONE, "bad", &visit("bad", "2026-05-12T09:10:00+02:00")).await;
        kit.put(ONE, "good", &of_fatima).await;
        kit.drain().await;
        kit.spoil_appointment("bad").await;
        go_to(&kit, "2026-05-11T09:30:00+02:00").await;
        assert_eq!(reminders(&kit), ["Herinnering: uw afspraak op dinsdag 12 mei 2026 om 09:20 uur"]);
    }
}

/// The practice's ten o'clock is the patient's ten o'clock, on the day after a night in which the clock changed too.
#[tokio::test]
async fn a_reminder_is_right_over_both_nights_in_which_the_clock_changes() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "autumn", &visit("autumn", "2026-10-25T10:00:00+01:00")).await;
        kit.put(ONE, "spring", &visit("spring", "2027-03-28T10:00:00+02:00")).await;
        let said = |day: &str| format!("Herinnering: uw afspraak op zondag {day} om 10:00 uur");
        for (before, at, day) in [
            ("2026-10-24T09:59:59+02:00", "2026-10-24T10:00:00+02:00", "25 oktober 2026"),
            ("2027-03-27T09:59:59+01:00", "2027-03-27T10:00:00+01:00", "28 maart 2027"),
        ] {
            go_to(&kit, before).await;
            assert!(!reminders(&kit).contains(&said(day)), "{day}");
            go_to(&kit, at).await;
            assert_eq!(reminders(&kit).last(), Some(&said(day)));
        }
    }
}

#[tokio::test]
async fn who_wants_no_reminders_gets_none() {
    for kit in Kit::on_both().await {
        want_none(&kit).await;
        kit.put(ONE, "a", &visit("a", "2026-05-12T09:10:00+02:00")).await;
        go_to(&kit, "2026-05-12T09:00:00+02:00").await;
        assert!(reminders(&kit).is_empty());
    }
}

#[tokio::test]
async fn a_reminder_that_waits_for_the_mail_server_is_not_sent_to_who_stopped_them_meanwhile() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &visit("a", "2026-05-12T09:10:00+02:00")).await;
        kit.drain().await;
        kit.mailbox.answer_recipients("451 later");
        go_to(&kit, "2026-05-11T09:10:00+02:00").await;
        want_none(&kit).await;
        kit.mailbox.answer_recipients("250 ok");
        go_to(&kit, "2026-05-11T09:20:00+02:00").await;
        assert!(reminders(&kit).is_empty());
    }
}
