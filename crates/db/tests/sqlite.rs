//! What only SQLite has: a file that other processes write, and a log that must not grow for ever.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fs, path::PathBuf, sync::Arc};

use db::{Db, Error, Migration, sql};
use tokio::sync::Notify;

const TABLES: &[Migration] =
    &[Migration { version: 1, name: "pets", sql: "create table pet (name text primary key, photo bytea)" }];

struct File {
    folder: tempfile::TempDir,
}

impl File {
    async fn new() -> (Self, Db) {
        let file = Self { folder: tempfile::tempdir().unwrap() };
        let db = file.opened().await;
        db.migrate(TABLES).await.unwrap();
        (file, db)
    }

    /// As another process opens it.
    async fn opened(&self) -> Db {
        Db::connect(&format!("sqlite:{}", self.path("pets.db").display()), "pets").await.unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

async fn add(db: &Db, name: &str, photo: Option<Vec<u8>>) -> Result<(), Error> {
    let photo = &photo;
    db.tx("add", |mut tx| async move {
        let insert = sql("insert into pet (name, photo) values ($1, $2)").bind(name).bind(photo.clone());
        insert.execute(&mut tx).await.map(drop)
    })
    .await
}

async fn names(db: &Db) -> Vec<String> {
    let names: Result<_, Error> = db
        .read("names", |mut tx| async move {
            sql("select name from pet order by name").all(&mut tx, |row| row.get("name")).await
        })
        .await;
    names.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_finds_another_process_writing_waits_for_it_and_holds_up_nobody_who_reads() {
    let (file, here) = File::new().await;
    let there = file.opened().await;
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let other = {
        let (begun, go_on) = (Arc::clone(&begun), Arc::clone(&go_on));
        tokio::spawn(async move {
            let (begun, go_on) = (&begun, &go_on);
            there
                .tx("a long one", |mut tx| async move {
                    sql("insert into pet (name) values ('Freya')").execute(&mut tx).await?;
                    begun.notify_one();
                    go_on.notified().await;
                    Ok::<_, Error>(())
                })
                .await
        })
    };
    begun.notified().await;
    let waiting = {
        let here = here.clone();
        tokio::spawn(async move { add(&here, "Wodan", None).await })
    };
    // Nothing of either is committed, whoever looks.
    while here.under_way() == 0 {
        tokio::task::yield_now().await;
    }
    assert!(names(&here).await.is_empty());
    assert!(!waiting.is_finished());
    go_on.notify_one();
    other.await.unwrap().unwrap();
    waiting.await.unwrap().unwrap();
    assert_eq!(names(&here).await, ["Freya", "Wodan"]);
}

#[tokio::test]
async fn a_view_writes_nothing() {
    let (_file, db) = File::new().await;
    let written: Result<u64, Error> = db
        .read("a view", |mut tx| async move {
            sql("insert into pet (name) values ('Freya')").execute(&mut tx).await
        })
        .await;
    assert!(written.unwrap_err().to_string().contains("readonly"));
    assert!(names(&db).await.is_empty());
}

#[tokio::test]
async fn the_log_starts_anew_however_long_there_is_no_pause_in_writing() {
    let (file, db) = File::new().await;
    let (photo, total) = (1 << 20, 200);
    for number in 0..total {
        add(&db, &format!("{number}"), Some(vec![7; photo])).await.unwrap();
    }
    let log_bytes = || fs::metadata(file.path("pets.db-wal")).map_or(0, |log| log.len());
    assert!(log_bytes() < 140 << 20, "the log has {} bytes after {total} times {photo}", log_bytes());
    db.close().await;
    assert_eq!(log_bytes(), 0, "what was closed leaves nothing in the log");
    assert_eq!(names(&file.opened().await).await.len(), total);
}

#[tokio::test]
async fn a_step_that_was_changed_since_it_ran_and_one_that_is_unknown_are_refused() {
    let (_file, db) = File::new().await;
    let changed = Migration { sql: "create table pet (name text)", ..TABLES[0] };
    let refused = db.migrate(&[changed]).await.unwrap_err().to_string();
    assert!(refused.contains("step 1 was changed since it ran"), "{refused}");
    let refused = db.migrate(&[]).await.unwrap_err().to_string();
    assert!(refused.contains("step 1 ran before, and this program does not know it"), "{refused}");
    let broken = Migration { version: 2, name: "broken", sql: "create table toy (name text); nonsense" };
    let refused = db.migrate(&[TABLES[0], broken]).await.unwrap_err().to_string();
    assert!(refused.contains("step 2 failed"), "{refused}");
    let made: Result<Option<String>, Error> = db
        .read("toys", |mut tx| async move {
            sql("select name from sqlite_master where name = 'toy'")
                .first(&mut tx, |row| row.get("name"))
                .await
        })
        .await;
    assert_eq!(made.unwrap(), None, "a step that fails leaves nothing behind");
}
