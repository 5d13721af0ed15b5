//! The same content within a day is known again; and one of two at the same time is.

use uuid::Uuid;

use crate::common::{
    examples::{minutes_later, now},
    on_both,
};

const ONE: Uuid = Uuid::from_u128(1);
const TWO: Uuid = Uuid::from_u128(2);

/// The fingerprint of a content under the index key, and under the one before it.
fn print(content: &str) -> [String; 2] {
    [content.to_owned(), format!("{content}, formerly")]
}

#[tokio::test]
async fn the_same_again_is_known_until_it_is_too_long_ago() {
    on_both(async |tables| {
        let store = &tables.store;
        let note = async |content, id, since, at| {
            tables
                .tx(async |tx| {
                    store.note_receipt(tx, &print(content), id, minutes_later(since), minutes_later(at)).await
                })
                .await
        };
        assert_eq!(note("a", ONE, -10, 0).await, None);
        assert_eq!(note("a", TWO, -1, 9).await, Some(ONE));
        assert_eq!(note("b", TWO, -1, 9).await, None);
        // Noted at 0: what counts is what came after 0.
        assert_eq!(note("a", TWO, 0, 10).await, None);
        assert_eq!(note("a", ONE, 1, 11).await, Some(TWO));
        tables.tx(async |tx| store.sweep_receipts(tx, minutes_later(9)).await).await;
        assert_eq!(note("b", ONE, -10, 12).await, None);
        assert_eq!(note("a", ONE, -10, 12).await, Some(TWO));
    })
    .await;
}

#[tokio::test]
async fn of_two_at_the_same_time_one_is_the_first() {
    on_both(async |tables| {
        let store = &tables.store;
        let note = async |id| {
            tables
                .tx(async |tx| store.note_receipt(tx, &print("a"), id, minutes_later(-10), now()).await)
                .await
        };
        let (one, two) = tokio::join!(note(ONE), note(TWO));
        assert!(matches!((one, two), (None, Some(ONE)) | (Some(TWO), None)), "{one:?} {two:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_undone_was_never_received() {
    on_both(async |tables| {
        let store = &tables.store;
        let failed = tables
            .try_tx(async |tx| {
                store.note_receipt(tx, &print("a"), ONE, minutes_later(-10), now()).await?;
                Err::<(), _>(store::Error::Missing("on purpose"))
            })
            .await;
        assert!(failed.is_err());
        let noted = tables
            .tx(async |tx| store.note_receipt(tx, &print("a"), TWO, minutes_later(-10), now()).await)
            .await;
        assert_eq!(noted, None);
    })
    .await;
}
