//! What is old goes in whole batches.

use store::Error;

use super::{batch, faults, tamper_unguarded};
use crate::common::{
    examples::{minutes_later, now},
    on_both,
};

#[tokio::test]
async fn whole_batches_are_swept_when_they_are_old_and_the_chain_holds() {
    on_both(async |tables| {
        let store = &tables.store;
        let head = batch(tables, 1..4).await;
        batch(tables, 4..7).await;
        batch(tables, 7..9).await;
        // Line 5 is younger: its whole batch stays.
        assert_eq!(store.sweep_audit(minutes_later(5), now()).await.unwrap(), 3);
        assert_eq!(store.sweep_audit(minutes_later(5), now()).await.unwrap(), 0);
        assert_eq!(tables.tx(async |tx| store.audit_lines(tx).await).await, 5);
        assert_eq!(faults(tables, &[head]).await, []);
        // The chain goes on, also when nothing is left of it.
        assert_eq!(store.sweep_audit(minutes_later(60), now()).await.unwrap(), 5);
        let head = batch(tables, 9..10).await;
        assert_eq!((head.number, faults(tables, &[head]).await), (4, vec![]));
        assert_eq!(tables.tx(async |tx| store.audit_lines(tx).await).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_tampered_with_is_not_swept() {
    on_both(async |tables| {
        batch(tables, 1..4).await;
        tamper_unguarded(tables, &["delete from audit where object = '2'"]).await;
        let swept = tables.store.sweep_audit(minutes_later(60), now()).await;
        assert!(matches!(swept, Err(Error::AuditDiffers { number: 1 })), "{swept:?}");
        assert_eq!(tables.tx(async |tx| tables.store.audit_lines(tx).await).await, 2);
    })
    .await;
}
