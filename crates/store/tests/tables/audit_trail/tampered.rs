//! Whatever somebody does to the trail in the database is found.

use super::{batch, faults, id, tamper, tamper_unguarded, write};
use crate::common::{
    examples::{minutes_later, now},
    on_both,
};
use store::AuditFault;

/// ASVS: 16.4.2
#[tokio::test]
async fn the_database_refuses_to_change_the_trail() {
    on_both(async |tables| {
        batch(tables, 1..3).await;
        batch(tables, 3..5).await;
        tables.store.sweep_audit(minutes_later(3), now()).await.unwrap();
        for attempt in [
            "update audit set outcome = 'unchanged'",
            "delete from audit",
            "update audit_seal set lines = 1",
            "delete from audit_seal",
            "update audit_tombstone set lines = 1",
            "delete from audit_tombstone",
        ] {
            assert!(tamper(tables, &[attempt]).await.is_err(), "{attempt}");
        }
        assert_eq!(faults(tables, &[]).await, []);
    })
    .await;
}

/// Whether the faults are those that a tampering must lead to.
type IsFound = fn(&[AuditFault]) -> bool;

/// ASVS: 16.4.2
#[tokio::test]
async fn whatever_is_changed_removed_or_put_in_is_found_and_said() {
    let cases: [(&[&'static str], IsFound); 12] = [
        (&["update audit set outcome = 'unchanged' where object = '2'"], |faults| {
            matches!(faults, [AuditFault::LineChanged { line, .. }] if *line == id(2))
        }),
        (&["update audit set network = '192.0.2.1' where object = '5'"], |faults| {
            matches!(faults, [AuditFault::LineChanged { line, .. }] if *line == id(5))
        }),
        (&["update audit set seal = (select seal from audit where object = '1') where object = '2'"], |faults| {
            matches!(faults, [AuditFault::LineChanged { .. }, AuditFault::LinesDiffer { number: 1, .. }])
        }),
        (&["delete from audit where object = '4'"], |faults| {
            matches!(faults, [AuditFault::LinesRemoved { number: 2, lines: 1, .. }])
        }),
        // A line that is not chained yet goes unseen until it is, but not one that was changed.
        (&["update audit set subject = null where object = '7'"], |faults| {
            matches!(faults, [AuditFault::LineChanged { line, .. }] if *line == id(7))
        }),
        (
            &["insert into audit (id, at, actor_kind, actor, action, outcome, seal, place)
               select '00000000-0000-0000-0000-00000000000f', at, actor_kind, actor, action, outcome, seal, place
               from audit where object = '2'"],
            |faults| {
                matches!(faults, [AuditFault::LineChanged { .. }, AuditFault::LinesInserted { number: 1, lines: 1, .. }])
            },
        ),
        // Two lines change places: each fits its own seal.
        (
            &[
                "update audit set place = -place where object in ('1', '2')",
                "update audit set place = (select -place from audit as other where other.object = '2') where object = '1'",
                "update audit set place = (select -place from audit as other where other.object = '2') - 1 where object = '2'",
            ],
            |faults| matches!(faults, [AuditFault::LinesDiffer { number: 1, .. }]),
        ),
        (&["update audit set place = (select low from audit_seal where number = 2) where object = '1'"], |faults| {
            matches!(
                faults,
                [AuditFault::LinesRemoved { number: 1, .. }, AuditFault::LinesInserted { number: 2, .. }]
            )
        }),
        (&["delete from audit_seal where number = 1"], |faults| {
            matches!(faults, [AuditFault::BatchesRemoved { first: 1, last: 1 }, ..])
        }),
        (&["update audit_seal set lines = 2, chain = '' where number = 2"], |faults| {
            matches!(faults, [AuditFault::BatchChanged { number: 2 }, ..])
        }),
        (
            &["insert into audit_seal select 3, high, high + 1, 0, newest_at, chain, chain, sealed_at, key_id, seal
               from audit_seal where number = 2"],
            |faults| matches!(faults, [AuditFault::BatchChanged { number: 3 }, ..]),
        ),
        // A tombstone of one's own making, to be allowed to delete.
        (
            &["insert into audit_tombstone select 1, high, lines, newest_at, chain, 0, key_id, seal
               from audit_seal where number = 1"],
            |faults| matches!(faults, [AuditFault::TombstoneChanged { number: 1 }, ..]),
        ),
    ];
    for (statements, is_as_expected) in cases {
        on_both(async |tables| {
            batch(tables, 1..4).await;
            batch(tables, 4..7).await;
            write(&tables.store, 7).await;
            assert_eq!(faults(tables, &[]).await, []);
            tamper_unguarded(tables, statements).await;
            let found = faults(tables, &[]).await;
            assert!(is_as_expected(&found), "{statements:?} on {:?}: {found:?}", tables.store.db());
        })
        .await;
    }
}

#[tokio::test]
async fn a_tail_that_was_cut_off_is_found_by_a_head_that_was_kept_elsewhere() {
    on_both(async |tables| {
        let heads = [batch(tables, 1..4).await, batch(tables, 4..6).await];
        assert_eq!(faults(tables, &heads).await, []);
        tamper_unguarded(
            tables,
            &["delete from audit where object > '3'", "delete from audit_seal where number = 2"],
        )
        .await;
        assert_eq!(faults(tables, &[]).await, [], "the trail alone cannot tell");
        let sealed_at = now();
        assert_eq!(faults(tables, &heads).await, [AuditFault::TailCut { number: 2, sealed_at }]);
        // And what is written afterwards is another batch.
        batch(tables, 8..9).await;
        assert_eq!(faults(tables, &heads).await, [AuditFault::HeadDiffers { number: 2, sealed_at }]);
    })
    .await;
}
