//! That no statement reads through the queue: what is done or not yet due must cost nothing.

use db::{Db, Error, Migration, sql};

use crate::{
    OWNERS as OWNERS_STEP, TABLE, TOPICS,
    claim::{CANDIDATES, DUE_LONGEST, FIRST_OF_EVERY_TENANT},
    entry::{DEAD, STUCK, STUCK_AT_MOST, SWEEP},
    owners::{OF_OWNER, OWNERS},
};

/// The steps in which SQLite carries out a statement.
async fn plan(statement: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/plan.db", folder.path().display());
    let db = Db::connect(&url, "plan").await.unwrap();
    let step = |version, sql| Migration { version, name: "outbox", sql };
    db.migrate(&[step(1, TABLE), step(2, TOPICS), step(3, OWNERS_STEP)]).await.unwrap();
    let text: &str = Box::leak(format!("explain query plan {statement}").into());
    let steps: Result<_, Error> = db
        .read("plan", |mut tx| async move {
            sql(text).bind(0_i64).bind("mail").all(&mut tx, |row| row.get::<String>("detail")).await
        })
        .await;
    steps.unwrap()
}

/// Whether a step of the plan reads the queue by this index.
fn uses(plan: &[String], index: &str) -> bool {
    plan.iter().any(|step| step.contains(&format!("INDEX {index} ")) || step.ends_with(index))
}

fn scans_the_queue(step: &str) -> bool {
    ["SCAN outbox", "SCAN o", "SCAN i", "SCAN other"]
        .iter()
        .any(|scan| step.strip_prefix(scan).is_some_and(|rest| rest.is_empty() || rest.starts_with(" USING")))
}

#[tokio::test]
async fn what_is_due_is_found_by_index_and_in_order() {
    let plan = plan(DUE_LONGEST).await;
    assert!(uses(&plan, "outbox_due") && uses(&plan, "outbox_lane"), "{plan:#?}");
    assert!(!plan.iter().any(|step| scans_the_queue(step)), "{plan:#?}");
    assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{plan:#?}");
}

#[tokio::test]
async fn the_first_of_every_tenant_is_found_by_index() {
    let plan = plan(FIRST_OF_EVERY_TENANT).await;
    assert!(uses(&plan, "outbox_tenant") && uses(&plan, "outbox_lane"), "{plan:#?}");
    assert!(!plan.iter().any(|step| scans_the_queue(step)), "{plan:#?}");
}

#[tokio::test]
async fn what_is_stuck_or_done_is_found_by_index() {
    let stuck = plan(STUCK).await;
    assert!(uses(&stuck, "outbox_dead"), "{stuck:#?}");
    let dead = plan(DEAD).await;
    assert!(uses(&dead, "outbox_dead") && !dead.iter().any(|step| step.contains("TEMP B-TREE")), "{dead:#?}");
    let sweep = plan(SWEEP).await;
    assert!(uses(&sweep, "outbox_done"), "{sweep:#?}");
    assert!(!sweep.iter().any(|step| scans_the_queue(step)), "{sweep:#?}");
}

#[tokio::test]
async fn who_has_what_under_way_is_found_by_index() {
    for statement in [OWNERS, OF_OWNER] {
        let plan = plan(statement).await;
        assert!(uses(&plan, "outbox_owner"), "{plan:#?}");
    }
}

#[test]
fn the_statements_end_where_the_code_thinks_they_do() {
    assert!(DUE_LONGEST.ends_with(&format!("limit {CANDIDATES}")), "{DUE_LONGEST}");
    assert!(STUCK.ends_with(&format!("limit {STUCK_AT_MOST}")), "{STUCK}");
}
