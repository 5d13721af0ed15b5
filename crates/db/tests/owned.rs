//! What [`Db::tx_owned`] promises: what [`Db::tx`] does, wherever it runs.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use db::{Db, Error, Migration, Tx, sql};
use futures::{FutureExt as _, future::join_all};
use tokio::{sync::Notify, task::JoinHandle};

const SOON: Duration = Duration::from_secs(5);
const TABLES: &[Migration] = &[Migration {
    version: 1,
    name: "pets",
    sql: "create table pet (name text primary key);
          create table toy (name text primary key,
                            pet text references pet (name) deferrable initially deferred)",
}];

/// Both databases, each empty, with the tables above.
async fn databases() -> Vec<(Db, Option<tempfile::TempDir>)> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let (sqlite, folder) = sqlite().await;
    let url =
        std::env::var("BALIE_TEST_POSTGRES").expect("run this through scripts/with-postgres (make quick)");
    let schema = format!("owned_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let postgres = Db::connect(&url, &schema).await.unwrap();
    postgres.migrate(TABLES).await.unwrap();
    vec![(sqlite, Some(folder)), (postgres, None)]
}

async fn sqlite() -> (Db, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::connect(&format!("sqlite:{}/owned.db", folder.path().display()), "owned").await.unwrap();
    db.migrate(TABLES).await.unwrap();
    (db, folder)
}

async fn names(db: &Db) -> Vec<String> {
    let names: Result<_, Error> = db
        .read("names", |mut tx| async move {
            sql("select name from pet order by name").all(&mut tx, |row| row.get("name")).await
        })
        .await;
    names.unwrap()
}

async fn insert(tx: &mut Tx, name: &str) -> Result<(), Error> {
    sql("insert into pet (name) values ($1)").bind(name).execute(tx).await.map(drop)
}

async fn borrowed(db: &Db, name: &str) -> Result<(), Error> {
    db.tx("borrowed", |mut tx| async move { insert(&mut tx, name).await }).await
}

async fn owned(db: &Db, name: &str) -> Result<String, Error> {
    let name = name.to_owned();
    db.tx_owned("owned", move |mut tx| {
        let name = name.clone();
        async move { insert(&mut tx, &name).await.map(|()| name) }
    })
    .await
}

/// Writes, and is refused.
async fn refused(db: &Db, name: &str) -> Error {
    let name = name.to_owned();
    let refused: Result<(), Error> = db
        .tx_owned("refused", move |mut tx| {
            let name = name.clone();
            async move {
                insert(&mut tx, &name).await?;
                Err(Error::Address(name))
            }
        })
        .await;
    refused.unwrap_err()
}

#[tokio::test]
async fn ok_commits_and_err_leaves_no_trace() {
    for (db, _folder) in databases().await {
        assert_eq!(owned(&db, "Wodan").await.unwrap(), "Wodan");
        assert!(refused(&db, "Freya").await.to_string().starts_with("Freya is no database address"));
        assert!(owned(&db, "Wodan").await.unwrap_err().is_unique_violation());
        assert_eq!(names(&db).await, ["Wodan"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_refused_after_writing_spoils_nobody_elses_work() {
    for (db, _folder) in databases().await {
        let all = (0..300).map(|number| {
            let (db, name) = (db.clone(), format!("pet {number:03}"));
            tokio::spawn(async move {
                match number % 3 {
                    0 => owned(&db, &name).await.map(drop).unwrap(),
                    1 => borrowed(&db, &name).await.unwrap(),
                    _ => assert!(refused(&db, &name).await.to_string().starts_with(&name)),
                }
            })
        });
        for one in join_all(all).await {
            one.unwrap();
        }
        let stored: Vec<_> =
            (0..300).filter(|number| number % 3 != 2).map(|number| format!("pet {number:03}")).collect();
        assert_eq!(names(&db).await, stored);
    }
}

/// Has the turn to write until it is told to go on.
async fn in_the_way(db: &Db) -> (JoinHandle<Result<(), Error>>, Arc<Notify>) {
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let holding = {
        let (db, begun, go_on) = (db.clone(), Arc::clone(&begun), Arc::clone(&go_on));
        tokio::spawn(async move {
            let (begun, go_on) = (&begun, &go_on);
            db.tx("in the way", |_| async move {
                begun.notify_one();
                go_on.notified().await;
                Ok::<_, Error>(())
            })
            .await
        })
    };
    begun.notified().await;
    (holding, go_on)
}

/// Lets them all come into the line, and only then be carried out.
async fn at_once<T: Send + 'static>(db: &Db, all: Vec<impl Future<Output = T> + Send + 'static>) -> Vec<T> {
    let (holding, go_on) = in_the_way(db).await;
    let count = all.len();
    let all: Vec<_> = all.into_iter().map(tokio::spawn).collect();
    while db.under_way() < count + 1 {
        tokio::task::yield_now().await;
    }
    go_on.notify_one();
    holding.await.unwrap().unwrap();
    join_all(all).await.into_iter().map(Result::unwrap).collect()
}

#[tokio::test]
async fn what_shares_a_batch_with_one_that_is_undone_runs_again_and_is_stored_once() {
    let (db, _folder) = sqlite().await;
    let runs = Arc::new(AtomicU32::new(0));
    let counted = {
        let (db, runs) = (db.clone(), Arc::clone(&runs));
        async move {
            db.tx_owned("counted", move |mut tx| {
                let runs = Arc::clone(&runs);
                async move {
                    runs.fetch_add(1, Ordering::Relaxed);
                    insert(&mut tx, "Wodan").await
                }
            })
            .await
            .unwrap();
        }
    };
    let (second, third) = (db.clone(), db.clone());
    let all = vec![
        counted.boxed(),
        async move { assert!(refused(&second, "Freya").await.to_string().starts_with("Freya")) }.boxed(),
        async move { owned(&third, "Loki").await.map(drop).unwrap() }.boxed(),
    ];
    at_once(&db, all).await;
    assert_eq!(names(&db).await, ["Loki", "Wodan"]);
    assert_eq!(runs.load(Ordering::Relaxed), 2, "it was undone with the other one");
}

#[tokio::test]
async fn a_panic_is_its_callers_alone() {
    for (db, folder) in databases().await {
        let falling = {
            let db = db.clone();
            let panicking = async move {
                db.tx_owned("falls", |mut tx| async move {
                    insert(&mut tx, "Freya").await?;
                    if tx.lock("a").await.is_ok() {
                        std::panic::resume_unwind(Box::new("fell"));
                    }
                    Ok::<_, Error>(())
                })
                .await
            };
            async move { AssertUnwindSafe(panicking).catch_unwind().await.map_err(|_| "fell").map(drop) }
        };
        let (first, last) = (db.clone(), db.clone());
        let all = vec![
            async move { owned(&first, "Wodan").await.map(drop).map_err(|_| "failed") }.boxed(),
            falling.boxed(),
            async move { owned(&last, "Loki").await.map(drop).map_err(|_| "failed") }.boxed(),
        ];
        let ends = if folder.is_some() { at_once(&db, all).await } else { join_all(all).await };
        assert_eq!(ends, [Ok(()), Err("fell"), Ok(())]);
        assert_eq!(names(&db).await, ["Loki", "Wodan"]);
    }
}

#[tokio::test]
async fn what_cannot_be_committed_is_told_so_and_the_next_is_stored() {
    for (db, _folder) in databases().await {
        let orphan: Result<(), Error> = db
            .tx_owned("orphan", |mut tx| async move {
                sql("insert into toy (name, pet) values ('ball', 'nobody')").execute(&mut tx).await.map(drop)
            })
            .await;
        orphan.unwrap_err();
        owned(&db, "Wodan").await.unwrap();
        let toys: Result<Vec<String>, Error> = db
            .read("toys", |mut tx| async move {
                sql("select name from toy").all(&mut tx, |row| row.get("name")).await
            })
            .await;
        assert_eq!(toys.unwrap(), [""; 0]);
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_before_its_turn_leaves_no_trace_and_holds_up_nobody() {
    let (db, _folder) = sqlite().await;
    let (holding, go_on) = in_the_way(&db).await;
    let gone = {
        let db = db.clone();
        tokio::spawn(async move { owned(&db, "ghost").await })
    };
    while db.under_way() < 2 {
        tokio::task::yield_now().await;
    }
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    go_on.notify_one();
    holding.await.unwrap().unwrap();
    tokio::time::timeout(SOON, owned(&db, "Wodan")).await.unwrap().unwrap();
    assert_eq!(names(&db).await, ["Wodan"]);
}

#[tokio::test]
async fn signals_are_raised_once_it_is_stored() {
    for (db, _folder) in databases().await {
        let mut listener = db.listen("pet");
        db.tx_owned("signal", |mut tx| async move {
            tx.signal("pet").await;
            insert(&mut tx, "Wodan").await
        })
        .await
        .unwrap();
        let heard = tokio::time::timeout(SOON, listener.wait(SOON * 2)).await;
        assert!(heard.is_ok(), "nobody was woken");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_finds_another_process_writing_waits_for_it() {
    let (here, folder) = sqlite().await;
    let file = format!("sqlite:{}/owned.db", folder.path().display());
    let there = Db::connect(&file, "owned").await.unwrap();
    let (holding, go_on) = in_the_way(&there).await;
    let waiting = {
        let here = here.clone();
        tokio::spawn(async move { owned(&here, "Wodan").await })
    };
    while here.under_way() == 0 {
        tokio::task::yield_now().await;
    }
    assert!(!waiting.is_finished());
    go_on.notify_one();
    holding.await.unwrap().unwrap();
    waiting.await.unwrap().unwrap();
    assert_eq!(names(&here).await, ["Wodan"]);
}
