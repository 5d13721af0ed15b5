//! What `Db` promises, told once for each database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use db::{Db, Error, Migration, sql};

const TABLES: &[Migration] = &[
    Migration {
        version: 1,
        name: "pets",
        sql: "create table pet (name text primary key, legs bigint, chip bytea)",
    },
    Migration {
        version: 2,
        name: "more",
        sql: "create table toy (name text); create index toy_name on toy (name)",
    },
];

/// Both databases, each empty, with the tables above.
async fn databases() -> Vec<(Db, Option<tempfile::TempDir>)> {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Db::connect(&format!("sqlite:{}/story.db", folder.path().display()), "story").await.unwrap();
    let url =
        std::env::var("BALIE_TEST_POSTGRES").expect("run this through scripts/with-postgres (make quick)");
    let schema = format!("story_{}_{}", std::process::id(), {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        NEXT.fetch_add(1, Ordering::Relaxed)
    });
    let postgres = Db::connect(&url, &schema).await.unwrap();
    for db in [&sqlite, &postgres] {
        db.migrate(TABLES).await.unwrap();
        db.migrate(TABLES).await.unwrap();
    }
    vec![(sqlite, Some(folder)), (postgres, None)]
}

async fn names(db: &Db) -> Vec<String> {
    db.read("names", |mut tx| async move {
        sql("select name from pet order by name").all(&mut tx, |row| row.get("name")).await
    })
    .await
    .map_err(|error: Error| error)
    .unwrap()
}

async fn add(db: &Db, name: &str) -> Result<(), Error> {
    db.tx("add", |mut tx| async move {
        sql("insert into pet (name) values ($1)").bind(name).execute(&mut tx).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn ok_commits_and_err_leaves_no_trace() {
    for (db, _folder) in databases().await {
        add(&db, "Wodan").await.unwrap();
        let refused: Result<(), Error> = db
            .tx("refused", |mut tx| async move {
                sql("insert into pet (name) values ('Freya')").execute(&mut tx).await?;
                Err(Error::Address("made up".into()))
            })
            .await;
        assert!(refused.is_err());
        assert_eq!(names(&db).await, ["Wodan"]);
    }
}

#[tokio::test]
async fn every_type_comes_back_as_it_went_in() {
    for (db, _folder) in databases().await {
        let row = db
            .tx("types", |mut tx| async move {
                sql("insert into pet (name, legs, chip) values ($1, $2, $3)")
                    .bind("Wodan")
                    .bind(4_u32)
                    .bind(vec![0_u8, 255])
                    .execute(&mut tx)
                    .await?;
                sql("insert into pet (name, legs) values ('Slak', $1)")
                    .bind(None::<u32>)
                    .execute(&mut tx)
                    .await?;
                sql("select * from pet where legs is not null")
                    .first(&mut tx, |row| {
                        Ok((
                            row.get::<String>("name")?,
                            row.get::<u32>("legs")?,
                            row.get::<bool>("legs")?,
                            row.get::<jiff::Timestamp>("legs")?,
                            row.get::<Vec<u8>>("chip")?,
                        ))
                    })
                    .await
            })
            .await
            .map_err(|error: Error| error)
            .unwrap();
        let four = jiff::Timestamp::from_microsecond(4).unwrap();
        assert_eq!(row, Some(("Wodan".into(), 4, true, four, vec![0, 255])));
        let missing: Result<_, Error> = db
            .read("null", |mut tx| async move {
                sql("select legs from pet where name = 'Slak'")
                    .first(&mut tx, |row| row.get::<u32>("legs"))
                    .await
            })
            .await;
        assert_eq!(missing.unwrap_err().to_string(), "column legs cannot be read: it is null");
    }
}

#[tokio::test]
async fn a_taken_key_is_a_unique_violation_and_spoils_nobody_elses_work() {
    for (db, _folder) in databases().await {
        add(&db, "Wodan").await.unwrap();
        let (first, second, third) = tokio::join!(add(&db, "Freya"), add(&db, "Wodan"), add(&db, "Loki"));
        assert!(second.unwrap_err().is_unique_violation());
        first.unwrap();
        third.unwrap();
        assert_eq!(names(&db).await, ["Freya", "Loki", "Wodan"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_writers_at_once_are_all_stored() {
    for (db, _folder) in databases().await {
        let writers: Vec<_> = (0..200)
            .map(|number| {
                let db = db.clone();
                tokio::spawn(async move { add(&db, &format!("pet {number:03}")).await })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap().unwrap();
        }
        assert_eq!(names(&db).await.len(), 200);
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_half_way_leaves_no_trace_and_holds_up_nobody() {
    for (db, _folder) in databases().await {
        let (reached, wait) = tokio::sync::oneshot::channel();
        let reached = std::sync::Mutex::new(Some(reached));
        let half_way = {
            let db = db.clone();
            tokio::spawn(async move {
                let reached = &reached;
                let never: Result<(), Error> = db
                    .tx("half way", |mut tx| async move {
                        sql("insert into pet (name) values ('ghost')").execute(&mut tx).await?;
                        if let Some(reached) = reached.lock().unwrap().take() {
                            reached.send(()).unwrap();
                        }
                        std::future::pending().await
                    })
                    .await;
                never
            })
        };
        wait.await.unwrap();
        half_way.abort();
        tokio::time::timeout(Duration::from_secs(5), add(&db, "Wodan")).await.unwrap().unwrap();
        assert_eq!(names(&db).await, ["Wodan"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_serialises_read_then_write() {
    for (db, _folder) in databases().await {
        sql_once(&db, "insert into pet (name, legs) values ('centipede', 0)").await;
        let steps: Vec<_> = (0..50)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    db.tx("grow", |mut tx| async move {
                        tx.lock("centipede").await?;
                        let legs: u32 =
                            sql("select legs from pet").first(&mut tx, |row| row.get("legs")).await?.unwrap();
                        sql("update pet set legs = $1").bind(legs + 1).execute(&mut tx).await.map(drop)
                    })
                    .await
                    .map_err(|error: Error| error)
                })
            })
            .collect();
        for step in steps {
            step.await.unwrap().unwrap();
        }
        let legs = db
            .read("legs", |mut tx| async move {
                sql("select legs from pet").first(&mut tx, |row| row.get::<u32>("legs")).await
            })
            .await
            .map_err(|error: Error| error)
            .unwrap();
        assert_eq!(legs, Some(50));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadlock_is_run_again() {
    for (db, _folder) in databases().await {
        sql_once(&db, "insert into pet (name, legs) values ('a', 0), ('b', 0)").await;
        let tries = Arc::new(AtomicU32::new(0));
        let both = |first: &'static str, second: &'static str| {
            let (db, tries) = (db.clone(), Arc::clone(&tries));
            tokio::spawn(async move {
                let tries = &tries;
                db.tx("both", |mut tx| async move {
                    tries.fetch_add(1, Ordering::Relaxed);
                    for name in [first, second] {
                        sql("update pet set legs = legs + 1 where name = $1")
                            .bind(name)
                            .execute(&mut tx)
                            .await?;
                        tokio::task::yield_now().await;
                    }
                    Ok::<_, Error>(())
                })
                .await
            })
        };
        for writer in [both("a", "b"), both("b", "a")] {
            writer.await.unwrap().unwrap();
        }
        let legs = db
            .read("legs", |mut tx| async move {
                sql("select legs from pet").all(&mut tx, |row| row.get::<u32>("legs")).await
            })
            .await
            .map_err(|error: Error| error)
            .unwrap();
        assert_eq!(legs, [2, 2]);
        assert!(tries.load(Ordering::Relaxed) >= 2);
    }
}

#[tokio::test]
async fn a_wrong_address_is_refused_in_words_without_its_password() {
    let error = Db::connect("mysql://root:geheim@localhost/x", "story").await.unwrap_err();
    assert!(error.to_string().contains("no database address"));
    assert!(!error.to_string().contains("geheim"));
}

async fn sql_once(db: &Db, text: &'static str) {
    db.tx("once", |mut tx| async move { sql(text).execute(&mut tx).await })
        .await
        .map_err(|error: Error| error)
        .unwrap();
}

#[tokio::test]
async fn what_was_only_just_migrated_is_closed_without_waiting_for_itself() {
    for (db, _folder) in databases().await {
        let closed = tokio::time::timeout(Duration::from_secs(5), db.close());
        closed.await.expect("closing takes as long as a lock may be waited for");
    }
}
