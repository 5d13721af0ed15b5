//! What is left behind by those who go away before their transaction ends.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    pin::pin,
    task::{Context, Waker},
    time::Duration,
};

use db::{Db, Error, Migration, sql};

const TABLES: &[Migration] =
    &[Migration { version: 1, name: "pets", sql: "create table pet (name text primary key)" }];

/// At how many places a transaction is cut off: more than a short one has.
const CUTS: usize = 60;
/// More than there are connections in use here, so that each is used again.
const AFTERWARDS: usize = 4;

async fn databases() -> (Vec<Db>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Db::connect(&format!("sqlite:{}/cut.db", folder.path().display()), "cut").await.unwrap();
    let url =
        std::env::var("BALIE_TEST_POSTGRES").expect("run this through scripts/with-postgres (make quick)");
    let postgres = Db::connect(&url, &format!("cut_off_{}", std::process::id())).await.unwrap();
    for db in [&sqlite, &postgres] {
        db.migrate(TABLES).await.unwrap();
    }
    (vec![sqlite, postgres], folder)
}

async fn count(db: &Db) -> i64 {
    let counted: Result<_, Error> = db
        .read("count", |mut tx| async move {
            sql("select count(*) as pets from pet").first(&mut tx, |row| row.get("pets")).await
        })
        .await;
    counted.unwrap().unwrap()
}

async fn add(db: &Db, name: &str) -> Result<(), Error> {
    db.tx("add", |mut tx| async move {
        sql("insert into pet (name) values ($1)").bind(name).execute(&mut tx).await.map(drop)
    })
    .await
}

/// Goes on with this for so many steps, and then goes away.
async fn leave_after(steps: usize, work: impl Future) {
    let mut work = pin!(work);
    for _ in 0..steps {
        if work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            return;
        }
        // Others get their turn: an answer comes meanwhile, or not yet.
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn who_goes_away_at_whatever_moment_is_in_nobodys_way() {
    let (databases, _folder) = databases().await;
    for db in &databases {
        for steps in 0..CUTS {
            leave_after(steps, count(db)).await;
            leave_after(steps, add(db, &format!("cut {steps}"))).await;
            for again in 0..AFTERWARDS {
                let added = add(db, &format!("whole {steps} {again}")).await;
                added.unwrap_or_else(|error| panic!("after {steps} steps of another: {error}"));
            }
            let whole = i64::try_from((steps + 1) * AFTERWARDS).unwrap();
            assert!(count(db).await >= whole, "after {steps} steps of another");
        }
    }
}

/// Longer than anything here takes that is not held up.
const PATIENCE: Duration = Duration::from_secs(5);

/// Adds a pet behind a lock, and waits for no answer before it comes to this end.
async fn add_behind(lock: &str, db: &Db, name: &str, end: Result<(), Error>) -> Result<(), Error> {
    let end = &end;
    db.tx("add behind a lock", |mut tx| async move {
        tx.lock(lock).await?;
        sql("insert into pet (name) values ($1)").bind(name).execute_later(&mut tx).await?;
        end.clone()
    })
    .await
}

#[tokio::test]
async fn who_gives_up_behind_a_lock_leaves_no_connection_that_waits_for_it() {
    let (databases, _folder) = databases().await;
    // On SQLite there is one writer: nobody can stand behind the lock of another.
    let postgres = &databases[1];
    let held: Result<(), Error> = postgres
        .tx("holds", |mut tx| async move {
            tx.lock("pets").await?;
            sql("insert into pet (name) values ('held')").execute(&mut tx).await?;
            // The connection that came back last is the first to be lent: from here on it knows the statements, and nobody
            // waits for that.
            add_behind("no other's", postgres, "added", Ok(())).await?;
            let given_up = Err(Error::Address("made up".to_owned()));
            assert!(add_behind("pets", postgres, "given up", given_up).await.is_err());
            tokio::time::timeout(PATIENCE, count(postgres)).await.expect("it waits for the lock of another");
            Ok(())
        })
        .await;
    held.unwrap();
    assert_eq!(count(postgres).await, 2);
}
