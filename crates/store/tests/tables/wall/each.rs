//! Who sees what is in each table that has a fence, and that nobody else does.

use db::{Db, Error, sql};

use super::{count, filled, of_patient, of_practice};
use crate::common::{
    OWNER, SERVICE, Tables,
    examples::{FATIMA, JAN, PRACTICE, PRACTICE_B, account_id},
    on_both, postgres,
};

/// Each table with who sees the rows that [`filled`] puts there: the patient, the practice, a job, or the bearer of what
/// stands in a column.
const SEEN_BY: [(&str, &[&str]); 23] = [
    ("account", &["patient", "bsn_index", "unsubscribe", "job:keys"]),
    ("address_check", &["patient", "job:sweep", "job:keys"]),
    ("appointment", &["patient", "practice", "job:remind", "job:keys"]),
    ("attachment", &["patient", "practice", "job:sweep", "job:keys"]),
    ("audit", &["patient", "practice", "job:audit"]),
    ("calendar_edition", &["patient"]),
    ("calendar_feed", &["patient", "secret_hash"]),
    ("delivery", &["patient", "practice", "job:keys"]),
    ("draft", &["patient", "job:sweep", "job:keys"]),
    ("former_account", &["patient", "job:sweep", "job:keys"]),
    ("former_address", &["patient", "id", "job:sweep", "job:keys"]),
    ("invitation", &["practice", "bsn_index", "token_hash", "id", "job:sweep", "job:keys"]),
    ("login", &["state_hash", "job:sweep", "job:keys"]),
    ("membership", &["patient", "practice"]),
    ("message", &["patient", "practice", "bsn_index", "job:sweep", "job:keys"]),
    ("notice", &["patient", "practice", "job:keys"]),
    ("parked_response", &["practice", "job:sweep", "job:keys"]),
    ("parked_update", &["practice", "bsn_index", "job:sweep", "job:keys"]),
    ("push_subscription", &["patient", "endpoint_index", "job:keys"]),
    ("receipt", &["patient", "practice", "fingerprint", "job:sweep", "job:keys"]),
    ("reschedule_draft", &["patient", "job:sweep", "job:keys"]),
    ("session", &["patient", "token_hash", "job:sweep", "job:keys"]),
    ("sighting", &["patient", "practice", "job:remind", "job:keys"]),
];

const JOBS: [&str; 4] = ["job:remind", "job:sweep", "job:audit", "job:keys"];

/// The rows of a table that are not Fatima's own: she has an account.
fn rows_of(table: &str) -> String {
    match table {
        "account" => format!("account where id <> '{}'", account_id(FATIMA)),
        _ => format!("{table} where true"),
    }
}

/// How many there are, in words that live as long as the test.
fn counting(table: &str) -> &'static str {
    format!("select count(*) as n from {}", rows_of(table)).leak()
}

/// What stands in this column of a row.
async fn standing(everything: &Db, table: &str, column: &str) -> String {
    let text: &'static str =
        format!("select {column} as key from {} and {column} is not null", rows_of(table)).leak();
    let found: Result<Option<String>, Error> = everything
        .read("a key", |mut tx| async move { sql(text).first(&mut tx, |row| row.get("key")).await })
        .await;
    found.unwrap().unwrap_or_else(|| panic!("{table} has no {column}"))
}

async fn everywhere() -> Tables {
    let tables = postgres().await;
    filled::fill(&tables).await;
    tables
}

#[tokio::test]
async fn every_table_with_a_fence_is_looked_at_here() {
    let fenced: Result<Vec<String>, Error> = postgres()
        .await
        .bare()
        .await
        .read("tables with a fence", |mut tx| async move {
            sql("select relname::text as name from pg_class
                 where relnamespace = to_regnamespace(current_schema()) and relrowsecurity order by relname")
            .all(&mut tx, |row| row.get("name"))
            .await
        })
        .await;
    assert_eq!(fenced.unwrap(), SEEN_BY.map(|(table, _)| table));
}

/// ASVS: 8.4.1, 8.2.2
#[tokio::test]
async fn in_every_table_a_tenant_sees_its_own_rows_and_nobody_else_sees_any() {
    let tables = everywhere().await;
    let (db, everything) = (tables.opened_by(SERVICE).await, tables.bare().await);
    let tenants = [
        ("patient", Some(of_patient(JAN))),
        ("practice", Some(of_practice(PRACTICE))),
        ("another patient", Some(of_patient(FATIMA))),
        ("another practice", Some(of_practice(PRACTICE_B))),
        ("another bearer", Some("bearer:made up".to_owned())),
        ("lines of nobody", Some("nobody".to_owned())),
        ("a migration", Some("migration".to_owned())),
        ("no tenant", None),
    ];
    let jobs = JOBS.map(|job| (job, Some(job.to_owned())));
    for (table, seen_by) in SEEN_BY {
        let text = counting(table);
        assert!(count(&everything, text, None).await > 0, "there is nothing in {table}");
        for (who, scope) in tenants.iter().chain(&jobs) {
            let sees_any = count(&db, text, scope.clone()).await > 0;
            assert_eq!(sees_any, seen_by.contains(who), "{who} in {table}");
        }
    }
}

/// ASVS: 8.4.1
#[tokio::test]
async fn in_every_table_the_bearer_of_a_secret_sees_the_row_that_it_finds() {
    let tables = everywhere().await;
    let (db, everything) = (tables.opened_by(SERVICE).await, tables.bare().await);
    for (table, seen_by) in SEEN_BY {
        let is_column = |who: &&&str| !matches!(**who, "patient" | "practice") && !JOBS.contains(*who);
        for column in seen_by.iter().filter(is_column) {
            let key = standing(&everything, table, column).await;
            assert_eq!(
                count(&db, counting(table), Some(format!("bearer:{key}"))).await,
                1,
                "{table}.{column}"
            );
            let near = format!("bearer:{}", &key[1..]);
            assert_eq!(count(&db, counting(table), Some(near)).await, 0, "{table}.{column}");
        }
    }
}

/// ASVS: 8.4.1
#[tokio::test]
async fn in_every_table_the_owner_too_finds_no_row_without_a_tenant() {
    let tables = everywhere().await;
    let db = tables.opened_by(OWNER).await;
    for (table, _) in SEEN_BY {
        assert_eq!(count(&db, counting(table), None).await, 0, "{table}");
    }
}

/// ASVS: 8.4.1
#[tokio::test]
async fn on_both_databases_a_statement_on_any_of_these_tables_must_name_whose_rows_it_means() {
    on_both(async |tables| {
        for (table, _) in SEEN_BY {
            let text = counting(table);
            let refused: Result<Option<i64>, Error> = tables
                .store
                .read("whose?", |mut tx| async move { sql(text).first(&mut tx, |row| row.get("n")).await })
                .await;
            let said = refused.unwrap_err().to_string();
            assert!(said.contains(&format!("names {table} and no scope")), "{said}");
        }
    })
    .await;
}
