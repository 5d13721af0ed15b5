//! However writers and sealers come together, every line is in one batch.

use store::{Actor, AuditEntry, Error, Origin};
use uuid::Uuid;

use super::{LONG, faults, settle, write};
use crate::common::{examples::now, postgres, sqlite};

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
