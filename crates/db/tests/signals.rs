//! What `Db` promises about signals, in one process and between several.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use db::{Db, Error, Listener, sql};

/// What is to come, comes within this time.
const SOON: Duration = Duration::from_secs(10);
/// What has not come within this time is taken not to come.
const WHILE: Duration = Duration::from_millis(50);

async fn sqlite(folder: &tempfile::TempDir) -> Db {
    Db::connect(&format!("sqlite:{}/signals.db", folder.path().display()), "signals").await.unwrap()
}

/// Two processes, as far as the database can see, on one schema of their own.
async fn postgres(story: &str) -> (Db, Db) {
    let url =
        std::env::var("BALIE_TEST_POSTGRES").expect("run this through scripts/with-postgres (make quick)");
    let schema = format!("signals_{story}_{}", std::process::id());
    (Db::connect(&url, &schema).await.unwrap(), Db::connect(&url, &schema).await.unwrap())
}

/// Each pair of who speaks and who listens: one process on either database, and two on PostgreSQL.
async fn pairs(folder: &tempfile::TempDir, story: &str) -> [(Db, Db); 3] {
    let (sqlite, (alone, _)) = (sqlite(folder).await, postgres(&format!("{story}_alone")).await);
    [(sqlite.clone(), sqlite), (alone.clone(), alone), postgres(story).await]
}

async fn hears(listener: &mut Listener) -> bool {
    tokio::time::timeout(SOON, listener.wait(SOON * 2)).await.is_ok()
}

async fn is_quiet(listener: &mut Listener) -> bool {
    tokio::time::timeout(WHILE, listener.wait(SOON)).await.is_err()
}

async fn say_about(db: &Db, subject: &str) {
    db.tx("say", |mut tx| async move {
        tx.signal_about("patient", subject).await;
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_signal_comes_after_the_commit_and_not_without_one() {
    let folder = tempfile::tempdir().unwrap();
    for (speaks, listens) in pairs(&folder, "commit").await {
        let (mut plain, mut about) = (listens.listen("pets"), listens.listen_about("pets", "Wodan"));
        let say = |outcome: fn() -> Result<(), Error>| {
            speaks.tx("say", move |mut tx| async move {
                tx.signal("pets").await;
                tx.signal_about("pets", "Wodan").await;
                outcome()
            })
        };
        say(|| Err(Error::Address("made up".into()))).await.unwrap_err();
        assert!(is_quiet(&mut plain).await && is_quiet(&mut about).await, "nothing was committed");
        say(|| Ok(())).await.unwrap();
        assert!(hears(&mut plain).await && hears(&mut about).await);
    }
}

#[tokio::test]
async fn a_signal_about_one_subject_wakes_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    for (speaks, listens) in pairs(&folder, "subject").await {
        let mut jan = listens.listen_about("patient", "jan");
        let mut janneke = listens.listen_about("patient", "janneke");
        let mut all = listens.listen("patient");
        say_about(&speaks, "jan").await;
        assert!(hears(&mut jan).await);
        assert!(is_quiet(&mut janneke).await && is_quiet(&mut all).await);
    }
}

#[tokio::test]
async fn signals_that_come_while_nobody_waits_are_kept_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    let mut listener = db.listen_about("patient", "jan");
    say_about(&db, "jan").await;
    say_about(&db, "jan").await;
    assert!(hears(&mut listener).await);
    assert!(is_quiet(&mut listener).await);
}

#[tokio::test]
async fn many_subjects_at_once_all_reach_another_process_however_long_their_names() {
    let (here, there) = postgres("many").await;
    let long = "x".repeat(9_000);
    let subjects: Vec<String> = (0..1_000).map(|n| format!("{n:036}")).chain([long]).collect();
    let mut listeners: Vec<Listener> =
        subjects.iter().map(|subject| there.listen_about("patient", subject)).collect();
    let told = &subjects;
    here.tx("say", |mut tx| async move {
        for subject in told {
            tx.signal_about("patient", subject).await;
        }
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    for listener in &mut listeners {
        assert!(hears(listener).await);
    }
}

#[tokio::test]
async fn a_process_whose_ear_was_cut_off_looks_again() {
    let (here, there) = postgres("cut").await;
    let mut listener = there.listen_about("patient", "jan");
    let cut: Result<Vec<i64>, Error> = here
        .read("cut", |mut tx| async move {
            let cut = sql("select pg_terminate_backend(pid)::int::bigint as cut from pg_stat_activity
                           where query ilike 'listen%signals_cut_%'");
            cut.all(&mut tx, |row| row.get("cut")).await
        })
        .await;
    assert!(!cut.unwrap().is_empty(), "nobody listened");
    assert!(hears(&mut listener).await, "whatever was said meanwhile may have been about jan");
    say_about(&here, "jan").await;
    assert!(hears(&mut listener).await);
}
