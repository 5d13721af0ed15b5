//! The trail as a whole. Here is what its tests share: writing and sealing, laying hands on it, and looking for faults.

mod order;
mod pages;
mod swept;
mod tampered;

use std::time::Duration;

use db::Db;
use store::{Actor, AuditEntry, AuditFault, Error, Head, Origin, Store};
use uuid::Uuid;

use crate::common::{
    Tables,
    examples::{JAN, PRACTICE, account_id, agb, minutes_later, now},
};

/// Writes these lines, each in a transaction of its own, and seals them as one batch.
pub(crate) async fn batch(tables: &Tables, numbers: std::ops::Range<u128>) -> Head {
    for number in numbers {
        write(&tables.store, number).await;
    }
    settle(tables).await;
    tables.store.seal_audit(now()).await.unwrap().unwrap().head()
}

/// Longer than anything takes that others do on the same server.
const LONG: Duration = Duration::from_secs(60);

/// Waits until nothing that others do on the same server is older than the last line.
async fn settle(tables: &Tables) {
    let bare = tables.bare().await;
    let settling = async {
        while !is_settled(&bare).await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONG, settling).await.unwrap();
    bare.close().await;
}

async fn is_settled(bare: &Db) -> bool {
    let settled: Result<Option<i64>, db::Error> = bare
        .read("settled", |mut tx| async move {
            db::sql_each("select 1 as n", SETTLED).first(&mut tx, |row| row.get("n")).await
        })
        .await;
    settled.unwrap() == Some(1)
}

const SETTLED: &str =
    "select case when ahead + pg_snapshot_xmin(pg_current_snapshot())::text::bigint > used.place
                              then 1 else 0 end::bigint as n
                       from audit_epoch, (select max(place) as place from audit) as used";

pub(crate) async fn write(store: &Store, number: u128) {
    let (practice, actor) = (&agb(PRACTICE), &Actor::Xis("xis-a".to_owned()));
    let written: Result<(), Error> = store
        .tx("act", |mut tx| async move {
            let entry = AuditEntry {
                id: Uuid::from_u128(number),
                at: minutes_later(i64::try_from(number).unwrap()),
                actor,
                subject: Some(account_id(JAN)),
                practice: Some(practice),
                action: "appointment update",
                object: Some(number.to_string()),
                outcome: "new",
                origin: Origin::default(),
            };
            store.audit(&mut tx, entry).await
        })
        .await;
    written.unwrap();
}

/// What somebody does in the database who may do everything there.
async fn tamper(tables: &Tables, statements: &[&'static str]) -> Result<(), db::Error> {
    let bare = tables.bare().await;
    let done = bare
        .tx("tamper", |mut tx| async move {
            for statement in statements {
                db::sql(statement).execute(&mut tx).await?;
            }
            Ok(())
        })
        .await;
    bare.close().await;
    done
}

/// Takes the guards away first, as far as they stand.
pub(crate) async fn tamper_unguarded(tables: &Tables, statements: &[&'static str]) {
    let bare = tables.bare().await;
    let away: Result<(), db::Error> = bare
        .tx("unguard", |mut tx| async move {
            for (sqlite, postgres) in UNGUARD {
                db::sql_each(sqlite, postgres).execute(&mut tx).await?;
            }
            Ok(())
        })
        .await;
    away.unwrap();
    bare.close().await;
    tamper(tables, statements).await.unwrap();
}

const UNGUARD: [(&str, &str); 5] = [
    ("drop trigger if exists audit_stays", "drop trigger if exists audit_stays on audit"),
    ("drop trigger if exists audit_stays_there", "drop trigger if exists audit_stays on audit_seal"),
    ("drop trigger if exists audit_seal_stays", "drop trigger if exists audit_stays on audit_tombstone"),
    ("drop trigger if exists audit_seal_stays_there", "select 1"),
    ("drop trigger if exists audit_tombstone_stays_there", "select 1"),
];

pub(crate) async fn faults(tables: &Tables, heads: &[Head]) -> Vec<AuditFault> {
    let (mut check, mut faults) = (tables.store.check_audit(heads.to_vec()), Vec::new());
    while let Some(found) = check.next().await.unwrap() {
        faults.extend(found);
    }
    faults
}

fn id(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}
