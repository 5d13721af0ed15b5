//! Both ends of the trail: what was swept, where it goes on after a restore, and who its former patients were.

use jiff::Timestamp;
use store::{AuditFault, Head};

use crate::{
    audit_trail::{batch, faults, tamper_unguarded, write},
    common::{
        examples::{JAN, account_id, minutes_later, now},
        on_both, postgres,
    },
};

#[tokio::test]
async fn a_head_that_was_kept_elsewhere_is_held_until_the_end_is_cut_off() {
    on_both(async |tables| {
        let store = &tables.store;
        let heads = [batch(tables, 1..3).await, batch(tables, 3..5).await, batch(tables, 5..7).await];
        let holds = async |head: &Head| store.holds_head(head).await.unwrap();
        for head in &heads {
            assert!(holds(head).await, "{head:?}");
            assert!(!holds(&Head { chain: heads[0].chain.clone() + "x", ..head.clone() }).await, "{head:?}");
        }
        assert!(!holds(&Head { number: 4, ..heads[2].clone() }).await);
        // Swept is not cut off.
        store.sweep_audit(minutes_later(5), now()).await.unwrap();
        for head in &heads {
            assert!(holds(head).await, "{head:?}");
        }
        assert!(!holds(&Head { chain: String::new(), ..heads[1].clone() }).await);
        tamper_unguarded(
            tables,
            &["delete from audit where object in ('5', '6')", "delete from audit_seal where number = 3"],
        )
        .await;
        assert!(!holds(&heads[2]).await && holds(&heads[1]).await);
        // Its number is given again.
        assert_eq!(batch(tables, 8..9).await.number, 3);
        assert!(!holds(&heads[2]).await);
    })
    .await;
}

/// A tombstone of one's own making would make an end that was cut off look swept.
#[tokio::test]
async fn a_tombstone_that_was_put_in_stands_for_no_head() {
    on_both(async |tables| {
        batch(tables, 1..3).await;
        let head = batch(tables, 3..5).await;
        tamper_unguarded(
            tables,
            &[
                "insert into audit_tombstone select 9, high, lines, newest_at, chain, 0, key_id, seal
                 from audit_seal where number = 2",
                "delete from audit where object in ('3', '4')",
                "delete from audit_seal where number = 2",
            ],
        )
        .await;
        assert!(!tables.store.holds_head(&head).await.unwrap());
    })
    .await;
}

/// ASVS: 16.4.2
#[tokio::test]
async fn a_tombstone_that_was_removed_is_found_and_by_a_head_also_where_nothing_is_left() {
    on_both(async |tables| {
        let store = &tables.store;
        batch(tables, 1..3).await;
        let head = batch(tables, 3..5).await;
        store.sweep_audit(minutes_later(3), now()).await.unwrap();
        assert_eq!(faults(tables, &[]).await, []);
        tamper_unguarded(tables, &["delete from audit_tombstone"]).await;
        assert_eq!(faults(tables, &[]).await, [AuditFault::BatchesRemoved { first: 1, last: 1 }]);
        tamper_unguarded(tables, &["delete from audit", "delete from audit_seal"]).await;
        let Head { number, sealed_at, .. } = head;
        assert_eq!(faults(tables, &[head]).await, [AuditFault::TailCut { number, sealed_at }]);
    })
    .await;
}

/// As in a database that was filled from a dump: the places are those of another server's transactions, which had come
/// further than this one's.
#[tokio::test]
async fn a_service_goes_on_above_what_was_restored_though_it_does_not_own_the_tables() {
    let tables = &postgres().await;
    let head = batch(tables, 1..4).await;
    tamper_unguarded(tables, &["update audit_epoch set ahead = ahead - 1000000000"]).await;
    tables.store.migrate().await.unwrap();
    for number in 4..6 {
        write(&tables.store, number).await;
    }
    let next = batch(tables, 6..7).await;
    assert_eq!((next.number, faults(tables, &[head, next]).await), (2, vec![]));
    // Nothing moves where nothing has to.
    tables.store.migrate().await.unwrap();
    let last = batch(tables, 7..8).await;
    assert_eq!((last.number, faults(tables, &[last]).await), (3, vec![]));
}

#[tokio::test]
async fn whose_an_id_was_is_known_as_long_as_the_trail_is_kept_and_no_longer() {
    on_both(async |tables| {
        let (store, jan) = (&tables.store, account_id(JAN));
        tables
            .tx(async |tx| {
                let account = store.account(tx, jan).await?.unwrap();
                store.forget_account(tx, &account, now()).await
            })
            .await;
        let who_is_known = async |before: Timestamp| {
            tables
                .tx(async |tx| {
                    store.sweep_former_accounts(tx, before).await?;
                    store.former_account(tx, jan).await
                })
                .await
        };
        assert_eq!(who_is_known(now()).await.unwrap().expose(), JAN);
        assert_eq!(who_is_known(minutes_later(1)).await, None);
    })
    .await;
}
