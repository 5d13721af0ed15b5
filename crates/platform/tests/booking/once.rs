use testkit::{JAN, Kit, Log, Reply};

use super::ONE;
use crate::steps;

#[tokio::test]
async fn a_double_tap_books_once() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        xis.answers(Reply::Booked("x1"));
        let browser = kit.browser(JAN).await;
        let form = steps::choose(&browser, ONE).await;
        let taps = (0..4).map(|_| steps::send(&browser, ONE, &form));
        let pages = futures::future::join_all(taps).await;
        let address = format!("/appointments/{}", kit.appointment(JAN).await.id);
        assert!(pages.iter().all(|page| page.header("location") == address), "{pages:?}");
        assert_eq!((xis.bookings().len(), kit.rows().await["notice"]), (1, 1));
    }
}

#[tokio::test]
async fn the_attempt_is_written_before_the_practice_is_asked() {
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        let (store, bsn) = (kit.store.clone(), agenda::Bsn::parse(JAN.bsn).unwrap());
        xis.before_answering(move |booking| async move {
            let (store, bsn) = (&store, &bsn);
            let found: Result<Vec<store::Stored>, store::Error> = store
                .read("attempts", |mut tx| async move {
                    let account = store.account_of(&mut tx, bsn).await?.unwrap();
                    store.appointments_of(&mut tx, account.id).await
                })
                .await;
            let [attempt]: [store::Stored; 1] = found.unwrap().try_into().unwrap();
            assert_eq!(booking["id"], attempt.id.to_string());
            assert!(matches!(attempt.appointment.state, agenda::State::Requested { .. }));
        });
        xis.answers(Reply::Booked("x1"));
        steps::book(&kit.browser(JAN).await, ONE).await;
        assert_eq!(kit.audited("appointment request").await, ["requested"]);
        assert_eq!(kit.audited("appointment answer").await, ["confirmed"]);
    }
}

#[tokio::test]
async fn a_booking_leaves_no_bsn_and_no_word_of_the_patient_in_the_log() {
    let log = Log::listen();
    for kit in Kit::on_both().await {
        let xis = kit.xis_of(ONE).await;
        for reply in [Reply::Status(400), Reply::Status(409), Reply::Cut, Reply::Booked("x1")] {
            xis.answers(reply);
            let browser = kit.browser(JAN).await;
            steps::book(&browser, ONE).await;
            browser.read("/").await;
        }
        kit.clock.turn(std::time::Duration::from_secs(30));
        kit.drain().await;
        assert_eq!(kit.mailbox.mails().len(), 1);
    }
    let log = log.text();
    assert!(log.contains("a booking was refused") && log.contains("a booking was not answered"));
    for word in [JAN.bsn, "Pijn in mijn knie", JAN.name, JAN.mail] {
        let line = log.lines().find(|line| line.contains(word));
        assert!(line.is_none(), "{word}: {line:?}");
    }
}
