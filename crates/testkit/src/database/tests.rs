use db::sql;

use super::{Database, PLATFORM, open};
use crate::{JAN, Kit, appointment};

/// Rows of practices, lines of the audit trail and rows that the migrations wrote, and schemas of others.
async fn seen(database: &Database) -> [i64; 4] {
    let db = database.bare().await;
    let counts = [
        "select count(*) as n from practice",
        "select count(*) as n from audit",
        "select count(*) as n from audit_epoch",
        "select count(*) as n from pg_namespace where nspname = 'xis'",
    ];
    let seen: Result<_, db::Error> = db
        .read("count", |mut tx| async move {
            let mut seen = [0; 4];
            for (seen, text) in seen.iter_mut().zip(counts) {
                *seen = sql(text).first(&mut tx, |row| row.get("n")).await?.unwrap();
            }
            Ok(seen)
        })
        .await;
    db.close().await;
    seen.unwrap()
}

#[tokio::test]
async fn a_database_that_a_test_left_is_as_new_for_the_next() {
    let database = Database::postgres().await;
    assert!(database.empty());
    let new = seen(&database).await;
    assert_eq!(new[2], 1, "the migrations write a row");
    let kit = Kit::start(database).await;
    let answer = kit.put("01000001", "abc", &appointment("abc", JAN)).await;
    assert_eq!(answer.status, 200);
    let other = open(kit.database.of("xis")).await;
    let used = seen(&kit.database).await;
    assert!(used[0] > new[0] && used[1] > new[1] && used[3] > new[3], "it was used: {used:?}");

    let database = &kit.database;
    let cut_off: Result<u64, db::Error> = other
        .read("at work", |mut tx| async move {
            sql("select 1 as one").execute(&mut tx).await?;
            assert!(database.empty());
            sql("select 1 as one").execute(&mut tx).await
        })
        .await;

    assert!(cut_off.is_err(), "who worked on it is gone");
    assert_eq!(seen(&kit.database).await, new);
    // Its service works with it again.
    open(kit.database.by(super::SERVICE, PLATFORM)).await;
}

#[tokio::test]
async fn a_database_whose_tables_a_test_changed_is_not_used_again() {
    for change in [
        "drop table outbox",
        "alter table audit disable trigger audit_stays",
        "drop policy scope on account",
        "alter table account no force row level security",
        "revoke insert on account from balie_service",
        "delete from _sqlx_migrations where version = 2",
    ] {
        let database = Database::postgres().await;
        let db = database.bare().await;
        let changed: Result<u64, db::Error> =
            db.tx("change", |mut tx| async move { sql(change).execute(&mut tx).await }).await;
        changed.unwrap();
        db.close().await;
        assert!(!database.empty(), "{change}");
    }
}
