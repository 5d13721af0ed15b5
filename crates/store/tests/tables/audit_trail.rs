//! The trail as a whole: whatever somebody does to it in the database is found.

use std::time::Duration;

use db::Db;
use jiff::Timestamp;
use store::{Actor, AuditEntry, AuditFault, AuditFilter, Error, Head, Origin, Store};
use uuid::Uuid;

use crate::common::{
    Tables,
    examples::{JAN, PRACTICE, account_id, agb, minutes_later, now},
    on_both, postgres, sqlite,
};

/// Writes these lines, each in a transaction of its own, and seals them as one batch.
pub(crate) async fn batch(tables: &Tables, numbers: std::ops::Range<u128>) -> Head {
    for number in numbers {
        write(&tables.store, number).await;
    }
    settle(tables).await;
    tables.store.seal_audit(now()).await.unwrap().unwrap().head()
}

/// Longer than anything takes that others do on the same server.
const LONG: Duration = Duration::from_secs(60);

/// Waits until nothing that others do on the same server is older than the last line.
async fn settle(tables: &Tables) {
    let bare = tables.bare().await;
    let settling = async {
        while !is_settled(&bare).await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONG, settling).await.unwrap();
    bare.close().await;
}

async fn is_settled(bare: &Db) -> bool {
    let settled: Result<Option<i64>, db::Error> = bare
        .read("settled", |mut tx| async move {
            db::sql_each("select 1 as n", SETTLED).first(&mut tx, |row| row.get("n")).await
        })
        .await;
    settled.unwrap() == Some(1)
}

const SETTLED: &str =
    "select case when ahead + pg_snapshot_xmin(pg_current_snapshot())::text::bigint > used.place
                              then 1 else 0 end::bigint as n
                       from audit_epoch, (select max(place) as place from audit) as used";

pub(crate) async fn write(store: &Store, number: u128) {
    let (practice, actor) = (&agb(PRACTICE), &Actor::Xis("xis-a".to_owned()));
    let written: Result<(), Error> = store
        .tx("act", |mut tx| async move {
            let entry = AuditEntry {
                id: Uuid::from_u128(number),
                at: minutes_later(i64::try_from(number).unwrap()),
                actor,
                subject: Some(account_id(JAN)),
                practice: Some(practice),
                action: "appointment update",
                object: Some(number.to_string()),
                outcome: "new",
                origin: Origin::default(),
            };
            store.audit(&mut tx, entry).await
        })
        .await;
    written.unwrap();
}

/// What somebody does in the database who may do everything there.
async fn tamper(tables: &Tables, statements: &[&'static str]) -> Result<(), db::Error> {
    let bare = tables.bare().await;
    let done = bare
        .tx("tamper", |mut tx| async move {
            for statement in statements {
                db::sql(statement).execute(&mut tx).await?;
            }
            Ok(())
        })
        .await;
    bare.close().await;
    done
}

/// Takes the guards away first, as far as they stand.
pub(crate) async fn tamper_unguarded(tables: &Tables, statements: &[&'static str]) {
    let bare = tables.bare().await;
    let away: Result<(), db::Error> = bare
        .tx("unguard", |mut tx| async move {
            for (sqlite, postgres) in UNGUARD {
                db::sql_each(sqlite, postgres).execute(&mut tx).await?;
            }
            Ok(())
        })
        .await;
    away.unwrap();
    bare.close().await;
    tamper(tables, statements).await.unwrap();
}

const UNGUARD: [(&str, &str); 5] = [
    ("drop trigger if exists audit_stays", "drop trigger if exists audit_stays on audit"),
    ("drop trigger if exists audit_stays_there", "drop trigger if exists audit_stays on audit_seal"),
    ("drop trigger if exists audit_seal_stays", "drop trigger if exists audit_stays on audit_tombstone"),
    ("drop trigger if exists audit_seal_stays_there", "select 1"),
    ("drop trigger if exists audit_tombstone_stays_there", "select 1"),
];

pub(crate) async fn faults(tables: &Tables, heads: &[Head]) -> Vec<AuditFault> {
    let (mut check, mut faults) = (tables.store.check_audit(heads.to_vec()), Vec::new());
    while let Some(found) = check.next().await.unwrap() {
        faults.extend(found);
    }
    faults
}

fn id(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

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

/// Lines whose transactions take long, and end in another order than they began.
#[tokio::test]
async fn no_line_is_left_out_however_late_it_is_committed() {
    let tables = postgres().await;
    let store = &tables.store;
    let (begun, mut wait_begun) = tokio::sync::mpsc::channel::<()>(1);
    let (go_on, waits) = tokio::sync::watch::channel(false);
    let late = {
        let (store, begun, waits) = (store.clone(), begun, waits);
        async move {
            let done: Result<(), Error> = store
                .tx("late", |mut tx| {
                    let (store, begun, mut waits) = (store.clone(), begun.clone(), waits.clone());
                    async move {
                        let actor = &Actor::Platform("late");
                        let entry = AuditEntry {
                            id: Uuid::from_u128(1),
                            at: now(),
                            actor,
                            subject: None,
                            practice: None,
                            action: "login",
                            object: None,
                            outcome: "ok",
                            origin: Origin::default(),
                        };
                        store.audit(&mut tx, entry).await?;
                        begun.send(()).await.unwrap();
                        waits.wait_for(|go_on| *go_on).await.unwrap();
                        Ok(())
                    }
                })
                .await;
            done.unwrap();
        }
    };
    let meanwhile = async {
        wait_begun.recv().await.unwrap();
        write(store, 2).await;
        // The second is committed, but the first may come before it.
        assert_eq!(store.seal_audit(now()).await.unwrap(), None);
        go_on.send(true).unwrap();
    };
    tokio::join!(late, meanwhile);
    settle(&tables).await;
    assert_eq!(store.seal_audit(now()).await.unwrap().unwrap().lines, 2);
    assert_eq!(faults(&tables, &[]).await, []);
}

/// Writers and two sealers at once: every line is in one batch, and the chain holds.
#[tokio::test]
async fn every_line_of_many_writers_is_in_the_chain() {
    let folder = tempfile::tempdir().unwrap();
    for tables in [sqlite(&folder).await, postgres().await] {
        let store = &tables.store;
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..8_u128 {
            let store = store.clone();
            writers.spawn(async move {
                for number in 0..25 {
                    write(&store, writer * 100 + number + 1).await;
                }
            });
        }
        let sealing = async {
            let mut lines = 0;
            while lines < 200 {
                let (one, other) = tokio::join!(store.seal_audit(now()), store.seal_audit(now()));
                lines += [one, other]
                    .into_iter()
                    .filter_map(|sealed| sealed.unwrap())
                    .map(|batch| batch.lines)
                    .sum::<i64>();
                tokio::task::yield_now().await;
            }
            lines
        };
        let writing = async { while writers.join_next().await.is_some() {} };
        let both = async { tokio::join!(sealing, writing) };
        let (lines, ()) = tokio::time::timeout(LONG, both).await.unwrap();
        assert_eq!(lines, 200);
        let mut check = store.check_audit(Vec::new());
        while let Some(found) = check.next().await.unwrap() {
            assert_eq!(found, []);
        }
        assert_eq!((check.counts().lines, check.counts().waiting), (200, 0));
    }
}

#[tokio::test]
async fn the_trail_is_read_in_pages_by_time_practice_and_patient() {
    on_both(async |tables| {
        batch(tables, 1..4).await;
        batch(tables, 4..7).await;
        write(&tables.store, 7).await;
        let store = &tables.store;
        let page = async |filter: &AuditFilter| -> Vec<String> {
            let (mut objects, mut after) = (Vec::new(), None);
            loop {
                let lines = tables.tx(async |tx| store.audit_page(tx, filter, after.as_ref(), 2).await).await;
                let Some(last) = lines.last() else { break objects };
                after = Some(last.spot());
                objects.extend(lines.into_iter().filter_map(|line| line.object));
            }
        };
        let all = AuditFilter::default();
        assert_eq!(page(&all).await, ["1", "2", "3", "4", "5", "6", "7"]);
        let (from, to): (Option<Timestamp>, _) = (Some(minutes_later(3)), Some(minutes_later(6)));
        assert_eq!(page(&AuditFilter { from, to, ..all.clone() }).await, ["3", "4", "5"]);
        assert_eq!(page(&AuditFilter { practice: Some(agb(PRACTICE)), from, ..all.clone() }).await.len(), 5);
        assert!(page(&AuditFilter { practice: Some(agb("01000009")), ..all.clone() }).await.is_empty());
        assert!(page(&AuditFilter { patient: Some(account_id("999990020")), ..all }).await.is_empty());

        let of_jan = |before: Option<store::AuditSpot>| async move {
            let before = before.as_ref();
            let lines = tables
                .tx(async |tx| store.audit_of_patient(tx, account_id(JAN), false, before, 4).await)
                .await;
            let last = lines.last().map(|line| line.spot().to_string().parse().unwrap());
            (lines.into_iter().filter_map(|line| line.object).collect::<Vec<_>>(), last)
        };
        let (first, spot) = of_jan(None).await;
        assert_eq!(first, ["7", "6", "5", "4"]);
        assert_eq!(of_jan(spot).await.0, ["3", "2", "1"]);
    })
    .await;
}
