use crate::common::{
    examples::{PRACTICE, PRACTICE_B, agb, appointment_id, minutes_later, request},
    on_both,
};

#[tokio::test]
async fn c18_a_slot_was_seen_free_or_taken_at_each_time_in_order() {
    on_both(async |tables| {
        let store = &tables.store;
        let (practice, id, other) = (&agb(PRACTICE), appointment_id(1), appointment_id(2));
        tables
            .tx(async |tx| {
                store.add_appointment(tx, &request(1)).await?;
                store.add_appointment(tx, &request(2)).await?;
                for (minute, free) in [(2, false), (1, true), (2, true)] {
                    store.add_sighting(tx, practice, id, free, minutes_later(minute)).await?;
                }
                store.add_sighting(tx, practice, other, false, minutes_later(3)).await
            })
            .await;
        let seen = tables.tx(async |tx| store.sightings(tx, practice, id).await).await;
        assert_eq!(seen, [(minutes_later(1), true), (minutes_later(2), true)]);
        let seen = tables.tx(async |tx| store.sightings(tx, practice, other).await).await;
        assert_eq!(seen, [(minutes_later(3), false)]);
        assert!(
            tables.tx(async |tx| store.sightings(tx, practice, appointment_id(3)).await).await.is_empty()
        );
        let others = tables.tx(async |tx| store.sightings(tx, &agb(PRACTICE_B), id).await).await;
        assert!(others.is_empty(), "another practice's are unknown");
    })
    .await;
}
