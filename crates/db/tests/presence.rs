//! What `Db` promises about who works on a database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use db::{Db, Error, sql};

async fn sqlite(folder: &tempfile::TempDir) -> Db {
    Db::connect(&format!("sqlite:{}/presence.db", folder.path().display()), "presence").await.unwrap()
}

async fn postgres() -> Db {
    let url =
        std::env::var("BALIE_TEST_POSTGRES").expect("run this through scripts/with-postgres (make quick)");
    Db::connect(&url, "presence").await.unwrap()
}

/// An id that no other test has.
fn id(name: &str) -> String {
    format!("{name}-{}", std::process::id())
}

async fn gone(db: &Db, ids: &[&str]) -> Vec<String> {
    db.gone(ids.iter().map(|name| id(name)).collect()).await.unwrap()
}

/// Returns when `db` sees that this one is gone, or is not.
async fn until(db: &Db, name: &str, is_gone: bool) {
    let seen = async { while gone(db, &[name]).await.is_empty() == is_gone {} };
    tokio::time::timeout(Duration::from_secs(20), seen).await.expect("it is seen");
}

#[tokio::test]
async fn one_process_at_a_time_works_on_a_file_and_others_read_and_write_it() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (sqlite(&folder).await, sqlite(&folder).await);
    first.appear(id("first")).await.unwrap();
    let refused = second.appear(id("second")).await.unwrap_err();
    assert!(matches!(refused, Error::InUse(_)));
    assert!(refused.to_string().ends_with("presence.db is in use by another balie process"), "{refused}");
    let written = second
        .tx("write", |mut tx| async move { sql("create table pet (name text)").execute(&mut tx).await })
        .await;
    written.unwrap();
    assert!(gone(&second, &["first", "none"]).await.is_empty(), "who has not appeared cannot tell");

    first.close().await;
    second.appear(id("second")).await.unwrap();
    assert_eq!(gone(&second, &["first", "second"]).await, [id("first")]);
    assert_eq!((first.own_id(), second.own_id()), (None, Some(id("second"))));
}

#[tokio::test]
async fn whose_process_ends_without_a_word_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let first = sqlite(&folder).await;
    first.appear(id("first")).await.unwrap();
    drop(first);
    sqlite(&folder).await.appear(id("second")).await.unwrap();
}

#[tokio::test]
async fn replicas_see_each_other_and_who_is_gone() {
    let (one, other) = (postgres().await, postgres().await);
    one.appear(id("one")).await.unwrap();
    other.appear(id("other")).await.unwrap();
    assert_eq!(gone(&other, &["one", "other", "never"]).await, [id("never")]);
    one.close().await;
    until(&other, "one", true).await;
    drop(other);
    until(&postgres().await, "other", true).await;
}

#[tokio::test]
async fn who_was_cut_off_from_the_database_comes_back() {
    let (one, other) = (postgres().await, postgres().await);
    one.appear(id("cut-off")).await.unwrap();
    let cut = other
        .tx("cut off", |mut tx| async move {
            sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1")
                .bind(format!("balie {}", id("cut-off")))
                .execute(&mut tx)
                .await
        })
        .await;
    assert_eq!(cut.unwrap(), 1);
    until(&other, "cut-off", true).await;
    until(&other, "cut-off", false).await;
}
