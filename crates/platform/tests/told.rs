//! Each change is told exactly once: one notice and one message, in the transaction of the change.

use agenda::Kind;
use serde_json::{Value, json};
use testkit::{JAN, Kit, appointment};

const ONE: &str = "01000001";

/// The four things that can happen, one after the other.
fn changes() -> [(Value, Kind); 4] {
    let (mut moved, mut cancelled) = (appointment("a", JAN), appointment("a", JAN));
    (moved["start"], moved["end"]) = (json!("2026-05-12T11:40:00+02:00"), json!("2026-05-12T11:50:00+02:00"));
    cancelled["status"] = json!("cancelled");
    [
        (appointment("a", JAN), Kind::New),
        (moved.clone(), Kind::Modified),
        (cancelled, Kind::CancelledByPractice),
        (moved, Kind::PlannedAgain),
    ]
}

#[tokio::test]
async fn each_change_writes_one_notice_and_one_message() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        for (body, kind) in changes() {
            let before = kit.rows().await;
            xis.put(ONE, "a", &body).await;
            let told = kit.grown(&before).await.into_iter().filter(|(table, _)| *table != "appointment");
            assert_eq!(
                told.collect::<Vec<_>>(),
                [("audit", 1), ("delivery", 1), ("notice", 1), ("outbox", 1)]
            );
            assert_eq!(kit.appointment(JAN).await.news.unwrap().kind, kind);
            // The same again: nothing to tell.
            let before = kit.rows().await;
            xis.put(ONE, "a", &body).await;
            assert_eq!(kit.grown(&before).await, [("audit", 1)], "{kind:?}");
        }
    }
}

#[tokio::test]
async fn each_change_is_mailed_once_however_often_the_outbox_is_drained() {
    for kit in Kit::on_both().await {
        let said = [("Nieuwe", "09:10"), ("verzet", "11:40"), ("geannuleerd", "11:40"), ("opnieuw", "11:40")];
        for ((body, _), (word, time)) in changes().iter().zip(said) {
            kit.put(ONE, "a", body).await;
            kit.drain().await;
            kit.drain().await;
            let mail = kit.mailbox.mails().pop().unwrap();
            assert_eq!(mail.to, JAN.mail);
            assert!(mail.subject.contains(word) && mail.subject.contains(time), "{}", mail.subject);
            for leak in [JAN.bsn, "Consult", "dokter Jansen"] {
                assert!(!mail.raw.contains(leak) && !mail.text.contains(leak) && !mail.html.contains(leak));
            }
        }
        assert_eq!(kit.mailbox.mails().len(), 4);
    }
}

#[tokio::test]
async fn what_cannot_be_told_is_not_stored_either() {
    for kit in Kit::on_both().await {
        let xis = kit.caller().await;
        xis.put(ONE, "a", &appointment("a", JAN)).await;
        kit.break_outbox().await;
        let before = kit.rows().await;
        let [_, (moved, _), ..] = changes();
        assert_eq!(xis.put(ONE, "a", &moved).await.status, 500);
        assert!(kit.grown(&before).await.is_empty());
        assert_eq!(kit.appointment(JAN).await.revision, 1);
    }
}

#[tokio::test]
async fn the_badge_comes_with_the_change_and_goes_when_it_was_seen() {
    for kit in Kit::on_both().await {
        kit.put(ONE, "a", &appointment("a", JAN)).await;
        let (phone, laptop) = (kit.browser(JAN).await, kit.browser(JAN).await);
        let page = phone.read("/").await;
        assert!(page.contains("1 afspraak met nieuws") && page.contains("Nieuw"), "{page}");
        // On no device any more.
        assert!(!laptop.read("/").await.contains("met nieuws"));
    }
}
