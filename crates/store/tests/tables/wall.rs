//! The second wall, seen by who gets past the first: statements that do not name their tenant, or name another.

mod each;
mod filled;

use db::{Db, Error, sql};
use store::Error as StoreError;

use crate::common::{
    OWNER, SERVICE, Tables,
    examples::{FATIMA, JAN, PRACTICE, PRACTICE_B, account_id, agb, booked, now},
    on_both, postgres,
};

/// Tables in which Jan has a row, and how many he has.
const OF_JAN: [(&str, &str); 3] = [
    ("account", "select count(*) as n from account"),
    ("appointment", "select count(*) as n from appointment"),
    ("membership", "select count(*) as n from membership"),
];

/// Jan has a visit at the first practice, and Fatima is a patient of the second.
async fn two_patients() -> Tables {
    let tables = postgres().await;
    let store = &tables.store;
    assert!(tables.add(&booked(1, "xis-1")).await);
    tables
        .tx(async |tx| {
            store.add_membership(tx, account_id(JAN), &agb(PRACTICE)).await?;
            store.add_membership(tx, account_id(FATIMA), &agb(PRACTICE_B)).await
        })
        .await;
    tables
}

/// How many rows a statement counts in a scope.
async fn count(db: &Db, text: &'static str, scope: Option<String>) -> i64 {
    let scope = &scope;
    let counted: Result<_, Error> = db
        .read("count", |mut tx| async move {
            let statement = scope.iter().fold(sql(text), |statement, scope| statement.of(scope));
            statement.first(&mut tx, |row| row.get("n")).await
        })
        .await;
    counted.unwrap().unwrap()
}

/// What the database says of a statement in a scope.
async fn done(
    db: &Db,
    text: &'static str,
    scope: &str,
    (account, practice): (&str, &str),
) -> Result<u64, Error> {
    db.tx(
        "act",
        |mut tx| async move { sql(text).of(scope).bind(account).bind(practice).execute(&mut tx).await },
    )
    .await
}

fn of_patient(digits: &str) -> String {
    format!("patient:{}", account_id(digits))
}

fn of_practice(code: &str) -> String {
    format!("practice:{code}")
}

/// ASVS: 8.4.1
#[tokio::test]
async fn without_a_tenant_the_service_finds_no_row_and_neither_does_the_owner() {
    let tables = two_patients().await;
    let everything = tables.bare().await;
    for role in [SERVICE, OWNER] {
        let db = tables.opened_by(role).await;
        for (table, text) in OF_JAN {
            assert!(count(&everything, text, None).await > 0, "there are rows in {table}");
            assert_eq!(count(&db, text, None).await, 0, "{role} sees {table}");
        }
    }
}

/// ASVS: 8.4.1, 8.2.2
#[tokio::test]
async fn with_a_tenant_only_the_rows_of_that_one_are_there() {
    let tables = two_patients().await;
    let db = tables.opened_by(SERVICE).await;
    for (table, text) in OF_JAN {
        assert_eq!(count(&db, text, Some(of_patient(JAN))).await, 1, "{table}");
    }
    let [_, (_, appointments), (_, memberships)] = OF_JAN;
    assert_eq!(count(&db, appointments, Some(of_patient(FATIMA))).await, 0);
    assert_eq!(count(&db, appointments, Some(of_practice(PRACTICE))).await, 1);
    assert_eq!(count(&db, appointments, Some(of_practice(PRACTICE_B))).await, 0);
    assert_eq!(count(&db, memberships, Some(of_practice(PRACTICE_B))).await, 1);
    for nobody in ["", "patient:", "practice:", "everybody", "job:nothing", "migration"] {
        assert_eq!(count(&db, appointments, Some(nobody.to_owned())).await, 0, "{nobody:?}");
    }
}

/// ASVS: 8.4.1
#[tokio::test]
async fn a_row_for_another_tenant_is_refused() {
    let tables = two_patients().await;
    let db = tables.opened_by(SERVICE).await;
    let (jan, fatima) = (account_id(JAN).to_string(), account_id(FATIMA).to_string());
    let add = "insert into membership (account, practice) values ($1, $2)";
    for scope in [of_patient(JAN), of_practice(PRACTICE)] {
        let refused = done(&db, add, &scope, (&fatima, PRACTICE_B)).await.unwrap_err().to_string();
        assert!(refused.contains("row-level security"), "{scope}: {refused}");
    }
    let give = "update appointment set account = $1, practice = $2";
    let refused = done(&db, give, &of_patient(JAN), (&fatima, PRACTICE_B)).await.unwrap_err();
    assert!(refused.to_string().contains("row-level security"), "{refused}");
    assert_eq!(
        done(&db, give, &of_patient(FATIMA), (&fatima, PRACTICE)).await.unwrap(),
        0,
        "not hers to change"
    );
    let remove = "delete from membership where account <> $1 or practice <> $2";
    assert_eq!(
        done(&db, remove, &of_patient(JAN), (&jan, PRACTICE)).await.unwrap(),
        0,
        "only his own are there"
    );
}

#[tokio::test]
async fn a_scope_ends_with_its_transaction_however_that_ends() {
    let tables = two_patients().await;
    let db = tables.opened_by(SERVICE).await;
    let (_, appointments) = OF_JAN[1];
    for outcome in [Ok(()), Err(Error::Address("made up".into()))] {
        let outcome = &outcome;
        let ended: Result<(), Error> = db
            .tx("in a scope", |mut tx| async move {
                let seen =
                    sql(appointments).of(of_patient(JAN)).first(&mut tx, |row| row.get::<i64>("n")).await?;
                assert_eq!(seen, Some(1));
                let scope = sql(appointments).of(of_patient(FATIMA));
                assert_eq!(scope.first(&mut tx, |row| row.get::<i64>("n")).await?, Some(0));
                outcome.clone()
            })
            .await;
        assert_eq!(ended.is_ok(), outcome.is_ok());
        assert_eq!(count(&db, appointments, None).await, 0, "the same connection, and nobody's");
    }
}

#[tokio::test]
async fn the_service_cannot_take_the_wall_down() {
    let tables = two_patients().await;
    let db = tables.opened_by(SERVICE).await;
    for text in [
        "alter table appointment disable row level security",
        "drop policy scope on appointment",
        "create policy mine on appointment using (true)",
        "create table mine (id text)",
        "set local role balie_owner",
        "delete from _sqlx_migrations",
    ] {
        let refused: Result<u64, Error> =
            db.tx("take it down", |mut tx| async move { sql(text).execute(&mut tx).await }).await;
        let refused = refused.unwrap_err().to_string();
        assert!(
            refused.contains("permission denied") || refused.contains("must be owner"),
            "{text}: {refused}"
        );
    }
}

#[tokio::test]
async fn every_table_of_somebody_has_its_fence_on_its_owner_too() {
    let tables = postgres().await;
    let open: Result<Vec<String>, Error> = tables
        .bare()
        .await
        .read("tables without a fence", |mut tx| async move {
            sql("select relname::text as name from pg_class
                 where relnamespace = to_regnamespace(current_schema()) and relkind = 'r'
                   and not (relrowsecurity and relforcerowsecurity) order by relname")
            .all(&mut tx, |row| row.get("name"))
            .await
        })
        .await;
    let nobodys = [
        "_sqlx_migrations",
        "audit_epoch",
        "audit_seal",
        "audit_tombstone",
        "client_assertion",
        "key_holder",
        "outbox",
        "practice",
        "practice_logo",
        "xis_client",
    ];
    assert_eq!(open.unwrap(), nobodys, "what has no fence is a decision: see store/src/wall.rs");
}

/// ASVS: 8.4.1
#[tokio::test]
async fn a_statement_that_names_no_tenant_is_refused_on_both_databases() {
    on_both(async |tables| {
        let text = "select count(*) as n from appointment";
        let refused: Result<Option<i64>, StoreError> = tables
            .store
            .read("whose?", |mut tx| async move { Ok(sql(text).first(&mut tx, |row| row.get("n")).await?) })
            .await;
        let said = refused.unwrap_err().to_string();
        assert!(said.contains("names appointment and no scope"), "{said}");
        assert!(tables.add(&booked(1, "xis-1")).await, "a refusal spoils nothing");
        tables.tx(async |tx| tables.store.sweep_drafts(tx, now()).await).await;
    })
    .await;
}
