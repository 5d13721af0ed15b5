use std::time::Duration;

use store::{Listener, Pulse};

use crate::common::{
    Tables,
    examples::{FATIMA, JAN, account_id, appointment_id, booked},
    on_both,
};

async fn pulse_of(tables: &Tables, patient: &str) -> Pulse {
    let account = account_id(patient);
    tables.tx(async |tx| tables.store.pulse(tx, account).await).await
}

/// Whether a signal has come, or comes within a while.
async fn hears(listener: &mut Listener) -> bool {
    let signal = listener.wait(Duration::from_secs(60));
    tokio::time::timeout(Duration::from_millis(200), signal).await.is_ok()
}

#[tokio::test]
async fn what_is_stored_changes_the_mark_of_its_patient_and_what_is_seen_only_the_count() {
    on_both(async |tables| {
        let store = &tables.store;
        let (before, of_fatima) = (pulse_of(tables, JAN).await, pulse_of(tables, FATIMA).await);
        let mut stored = booked(1, "xis-1");
        (stored.unseen, stored.revision) = (true, 1);
        tables.add(&stored).await;
        let added = pulse_of(tables, JAN).await;
        assert_ne!(added.mark, before.mark);
        assert_eq!((before.unseen, added.unseen), (0, 1));

        stored.revision = 2;
        tables.tx(async |tx| store.save_appointment(tx, &stored).await).await;
        let saved = pulse_of(tables, JAN).await;
        assert_ne!(saved.mark, added.mark);

        tables.tx(async |tx| store.mark_seen(tx, account_id(JAN), appointment_id(1), 2).await).await;
        assert_eq!(pulse_of(tables, JAN).await, Pulse { unseen: 0, ..saved });
        assert_eq!(pulse_of(tables, FATIMA).await, of_fatima);
    })
    .await;
}

#[tokio::test]
async fn whoever_listens_to_a_patient_hears_of_each_change_and_of_no_other_patient() {
    on_both(async |tables| {
        let store = &tables.store;
        let mut fatima = store.listen_about_patient(account_id(FATIMA));
        let stored = booked(1, "xis-1");
        for change in 0..4 {
            let mut jan = store.listen_about_patient(account_id(JAN));
            tables
                .tx(async |tx| match change {
                    0 => store.add_appointment(tx, &stored).await.map(drop),
                    1 => store.save_appointment(tx, &stored).await,
                    2 => store.mark_seen(tx, account_id(JAN), appointment_id(1), 1).await,
                    _ => {
                        let session = super::sessions::session(JAN);
                        store.add_session(tx, "cookie", &session).await?;
                        store.end_session(tx, "cookie").await.map(drop)
                    }
                })
                .await;
            assert!(hears(&mut jan).await, "change {change}");
        }
        assert!(!hears(&mut fatima).await);
    })
    .await;
}
