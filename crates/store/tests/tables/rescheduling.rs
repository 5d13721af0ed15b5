//! What is to take an appointment's place, and what a patient is choosing for that.

use agenda::Replacing;
use store::{Choice, Draft, Replaces, Stored, Ties};

use crate::common::{
    examples::{FATIMA, JAN, account_id, appointment_id, booked, minutes_later, now, request},
    on_both,
};

#[tokio::test]
async fn what_is_to_take_a_place_is_found_by_its_own_patient_the_last_one_last() {
    on_both(async |tables| {
        let store = &tables.store;
        let replaces = Some(Replaces { old: appointment_id(1), how_far: Replacing::Asked });
        let ties = Ties { replaces, ..Ties::default() };
        let new = |number: u8| Stored {
            ties,
            created_at: minutes_later(10 - i64::from(number)),
            ..request(number.into())
        };
        assert!(tables.add(&booked(1, "xis-1")).await);
        assert!(tables.add(&new(2)).await && tables.add(&new(3)).await);
        let of = async |digits| {
            tables.tx(async |tx| store.replacements_of(tx, account_id(digits), appointment_id(1)).await).await
        };
        assert_eq!(of(JAN).await, [new(3), new(2)]);
        assert_eq!(of(FATIMA).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_draft_of_another_time_belongs_to_one_appointment_of_one_patient() {
    on_both(async |tables| {
        let store = &tables.store;
        let (id, written) =
            (appointment_id(1), Choice { reason: Some("Mijn knie".to_owned()), ..Choice::default() });
        let written = &written;
        tables.add(&booked(1, "xis-1")).await;
        let of = async |digits| {
            tables.tx(async |tx| store.reschedule_draft(tx, account_id(digits), id).await).await
        };
        for choice in [&Choice::default(), written] {
            tables
                .tx(async |tx| store.save_reschedule_draft(tx, account_id(JAN), id, choice, now()).await)
                .await;
        }
        // Another patient neither reads, changes nor drops it.
        let others = Choice::default();
        tables
            .tx(async |tx| store.save_reschedule_draft(tx, account_id(FATIMA), id, &others, now()).await)
            .await;
        tables.tx(async |tx| store.drop_reschedule_draft(tx, account_id(FATIMA), id).await).await;
        assert_eq!(of(JAN).await, Some(Draft { choice: written.clone(), changed_at: now() }));
        assert_eq!(of(FATIMA).await, None);
        tables.tx(async |tx| store.sweep_drafts(tx, now()).await).await;
        assert!(of(JAN).await.is_some(), "it is not older than this");
        tables.tx(async |tx| store.drop_reschedule_draft(tx, account_id(JAN), id).await).await;
        assert_eq!(of(JAN).await, None);
    })
    .await;
}
