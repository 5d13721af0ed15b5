//! What the story tests of the tables share: both databases and a small practice.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU32, Ordering},
};

use db::{Db, Keys, Vault};
use jiff::{Timestamp, civil::Date};

use crate::{
    migrations,
    tables::{
        Appointment, AppointmentType, Origin, Schedule, State, appointments, patients, schedules,
        schedules::{Practitioner, Specialty},
        types,
    },
};

/// Runs one call in a transaction and unwraps: `tx!(db, tx => call(&mut tx).await)`.
macro_rules! tx {
    ($db:expr, $tx:ident => $call:expr) => {
        $db.tx("test", |mut $tx| async move { $call }).await.map_err(|error: db::Error| error).unwrap()
    };
}
pub(crate) use tx;

/// A test database; SQLite's file goes with it.
pub(crate) struct TestDb {
    db: Db,
    _folder: Option<tempfile::TempDir>,
}

impl std::ops::Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

/// Both databases, with the tables and nothing in them.
pub(crate) async fn databases() -> Vec<TestDb> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite:{}/story.db", folder.path().display());
    let sqlite = Db::connect(&sqlite, "story").await.unwrap();
    let url =
        std::env::var("BALIE_TEST_POSTGRES").expect("run this through scripts/with-postgres (make quick)");
    let schema = format!("xis_story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let postgres = Db::connect(&url, &schema).await.unwrap();
    for db in [&sqlite, &postgres] {
        db.migrate(migrations::ALL).await.unwrap();
    }
    vec![TestDb { db: sqlite, _folder: Some(folder) }, TestDb { db: postgres, _folder: None }]
}

pub(crate) fn vault() -> Vault {
    let keys =
        Keys { current: 1, sealing: BTreeMap::from([(1, [1; 32])]), index: [2; 32], audit: [3; 32].into() };
    Vault::new(&keys).unwrap()
}

pub(crate) fn schedule(name: &str) -> Schedule {
    Schedule {
        id: name.into(),
        practitioner: Practitioner {
            role: format!("role-{name}"),
            name: name.into(),
            agb: "01012345".into(),
            specialty: Specialty { code: "0100".into(), display: "Huisarts".into() },
        },
    }
}

fn consult() -> AppointmentType {
    AppointmentType { code: "consult".into(), display: "Consult".into(), minutes: 10, channel: None }
}

/// A Tuesday; its minutes count from eight o'clock in Amsterdam.
pub(crate) const TUESDAY: Date = jiff::civil::date(2026, 5, 12);

pub(crate) fn at_minute(minute: i64) -> Timestamp {
    let eight: Timestamp = "2026-05-12T08:00:00+02:00".parse().unwrap();
    eight + jiff::SignedDuration::from_mins(minute)
}

/// Something that Jan Jansen asks of doctor Jansen.
pub(crate) fn a_consult(id: &str, from: i64, until: i64) -> Appointment {
    Appointment {
        id: id.into(),
        practice: "01000001".into(),
        schedule: "jansen".into(),
        patient: "jan".into(),
        category: "consult".into(),
        state: State::Requested,
        starts_at: at_minute(from),
        ends_at: at_minute(until),
        reason: Some("Hoest".into()),
        message: None,
        ended_because: None,
        identifier: None,
        made_by: Origin::Patient,
        version: 1,
        told: 0,
        created_at: at_minute(from),
        changed_at: at_minute(from),
    }
}

/// Practice 01000001: two agendas, consults, and one patient, Jan Jansen.
pub(crate) async fn practice_data(db: &Db) {
    tx!(db, tx => {
        schedules::insert(&mut tx, "01000001", 1, &schedule("jansen")).await?;
        schedules::insert(&mut tx, "01000001", 2, &schedule("vries")).await?;
        types::insert(&mut tx, "01000001", 1, &consult()).await
    });
    let (vault, bsn) = (&vault(), &"999990019".parse().unwrap());
    let jan = &patients::NewPatient { id: "jan", bsn, name: "Jan Jansen", birth_date: None, phone: None };
    db.tx("jan", |mut tx| async move { patients::insert(&mut tx, vault, "01000001", jan).await })
        .await
        .unwrap();
}

/// An appointment without steps, for whoever needs its row.
pub(crate) async fn appointment(db: &Db, id: &str) {
    practice_data(db).await;
    let new = &a_consult(id, 0, 10);
    tx!(db, tx => appointments::insert(&mut tx, new).await);
}
