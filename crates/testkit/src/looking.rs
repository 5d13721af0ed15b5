//! What a test looks at, or sets, behind the URLs.

use std::collections::BTreeMap;

use agenda::Bsn;
use db::{Db, sql, sql_each};
use store::{Error, Practice, Stored};
use world::Clock as _;

use crate::{Kit, Patient};

/// How many rows each table has.
pub type Rows = BTreeMap<&'static str, i64>;

/// Every table and how its rows are counted: a table that is not here fails the test that counts.
macro_rules! counts {
    ($($table:literal),*) => { [$(($table, concat!("select count(*) as n from ", $table))),*] };
}
const COUNTS: [(&str, &str); 33] = counts!(
    "account",
    "address_check",
    "appointment",
    "attachment",
    "audit",
    "audit_epoch",
    "audit_seal",
    "audit_tombstone",
    "calendar_edition",
    "calendar_feed",
    "client_assertion",
    "delivery",
    "draft",
    "former_account",
    "former_address",
    "invitation",
    "key_holder",
    "login",
    "membership",
    "message",
    "notice",
    "outbox",
    "parked_response",
    "parked_update",
    "practice",
    "practice_logo",
    "push_subscription",
    "receipt",
    "reschedule_draft",
    "session",
    "sighting",
    "xis_client",
    "_sqlx_migrations"
);

/// Takes away what keeps the end of the audit trail from being removed.
const UNGUARD: [(&str, &str); 2] = [
    ("drop trigger audit_stays_there", "alter table audit disable trigger audit_stays"),
    ("drop trigger audit_seal_stays_there", "alter table audit_seal disable trigger audit_stays"),
];

impl Kit {
    /// Sets a practice's setting.
    pub async fn set(&self, agb: &str, key: &str, value: &str) {
        let (store, agb) = (&self.store, &agb.parse().unwrap());
        store
            .tx("set", |mut tx| async move {
                let mut practice = store.practice(&mut tx, agb).await?.unwrap();
                practice.settings.set(key, value).unwrap();
                store.save_practice(&mut tx, &practice).await
            })
            .await
            .unwrap();
    }

    /// The practice as it is stored.
    pub async fn practice(&self, agb: &str) -> Practice {
        let (store, agb) = (&self.store, &agb.parse().unwrap());
        store
            .read("practice", |mut tx| async move { store.practice(&mut tx, agb).await })
            .await
            .unwrap()
            .unwrap()
    }

    /// Everything of a patient, the latest visit first.
    pub async fn appointments(&self, patient: Patient) -> Vec<Stored> {
        let (store, bsn) = (&self.store, &Bsn::parse(patient.bsn).unwrap());
        store
            .read("appointments", |mut tx| async move {
                let account = store.account_of(&mut tx, bsn).await?.unwrap();
                store.appointments_of(&mut tx, account.id).await
            })
            .await
            .unwrap()
    }

    /// The only appointment of a patient.
    pub async fn appointment(&self, patient: Patient) -> Stored {
        let [only]: [Stored; 1] = self.appointments(patient).await.try_into().unwrap();
        only
    }

    /// Stores that the patient cancelled this appointment now and its practice's system agreed, which nobody is told.
    pub async fn cancel_by_patient(&self, mut stored: Stored) {
        let (store, now) = (&self.store, self.clock.now());
        stored.appointment = stored.appointment.cancelled_by_patient(now).after;
        (stored.revision, stored.changed_at) = (stored.revision + 1, now);
        let stored = &stored;
        let saved: Result<(), Error> =
            store.tx("cancel", |mut tx| async move { store.save_appointment(&mut tx, stored).await }).await;
        saved.unwrap();
    }

    /// All that is there, whosever it is: the wall stands between the service and the tables, not here.
    pub(crate) async fn bare(&self) -> &Db {
        self.bare.get_or_init(|| self.database.bare()).await
    }

    /// How many rows each table has now.
    pub async fn rows(&self) -> Rows {
        let counted: Result<Rows, db::Error> = self
            .bare()
            .await
            .read("count", |mut tx| async move {
                let names = sql_each(
                    "select name from sqlite_master where type = 'table'",
                    "select table_name::text as name from information_schema.tables
                     where table_schema = current_schema()",
                );
                let mut rows = Rows::new();
                for name in names.all(&mut tx, |row| row.get::<String>("name")).await? {
                    let known = COUNTS.iter().find(|(table, _)| *table == name);
                    let (table, count) = known.unwrap_or_else(|| panic!("table {name} is not counted"));
                    let count = sql(count).first(&mut tx, |row| row.get("n")).await?;
                    rows.insert(table, count.unwrap_or_default());
                }
                Ok(rows)
            })
            .await;
        counted.unwrap()
    }

    /// The tables that have more (or fewer) rows than before, and how many more.
    pub async fn grown(&self, before: &Rows) -> Vec<(&'static str, i64)> {
        let now = self.rows().await;
        let more = now.into_iter().map(|(table, count)| (table, count - before[table]));
        more.filter(|(_, more)| *more != 0).collect()
    }

    /// How many lines of the audit trail are not chained.
    pub(crate) async fn unsealed(&self) -> i64 {
        let text = "select count(*) as n from audit
                    where place >= (select coalesce(max(high), 0) from audit_seal)";
        let counted: Result<Option<i64>, db::Error> = self
            .store
            .read("unsealed", |mut tx| async move {
                sql(text).of("job:audit").first(&mut tx, |row| row.get("n")).await
            })
            .await;
        counted.unwrap().unwrap_or_default()
    }

    /// The outcomes in the audit trail of one kind of act, oldest first.
    pub async fn audited(&self, action: &'static str) -> Vec<String> {
        audited(self.bare().await, action).await
    }

    /// What the audit trail says after this place, without ids, and the place that it has come to.
    pub async fn trail(&self, after: i64) -> (i64, Vec<String>) {
        let found: Result<Vec<(i64, String)>, db::Error> = self
            .bare()
            .await
            .read("trail", |mut tx| async move {
                let lines = sql("select place, actor_kind || ': ' || action || ': ' || outcome
                                   || case when subject is null then '' else ', of a patient' end
                                   || case when practice is null then '' else ', at a practice' end
                                   || case when object is null then '' else ', to a thing' end as line
                                 from audit where place > $1 order by place, action, outcome");
                lines.bind(after).all(&mut tx, |row| Ok((row.get("place")?, row.get("line")?))).await
            })
            .await;
        let found = found.unwrap();
        let last = found.iter().map(|(place, _)| *place).max().unwrap_or(after);
        (last, found.into_iter().map(|(_, line)| line).collect())
    }

    /// What was given up, in the words that the operator reads.
    pub async fn given_up(&self) -> Vec<String> {
        let found: Result<_, db::Error> = self
            .store
            .read("given up", |mut tx| async move {
                let dead = sql("select problem from outbox where standing = 'dead' order by created_at");
                dead.all(&mut tx, |row| row.get("problem")).await
            })
            .await;
        found.unwrap()
    }

    /// Makes an appointment unreadable, so that every transaction that opens it fails.
    pub async fn spoil_appointment(&self, xis_id: &str) {
        let spoilt: Result<u64, db::Error> = self
            .bare()
            .await
            .tx("spoil", |mut tx| async move {
                let spoil = sql("update appointment set facts = $1 where xis_id = $2");
                spoil.bind(b"spoilt".to_vec()).bind(xis_id).execute(&mut tx).await
            })
            .await;
        assert_eq!(spoilt.unwrap(), 1);
    }

    /// Cuts the audit trail off after this batch, as somebody can who may do everything in the database.
    pub async fn cut_trail(&self, after: i64) {
        let cut: Result<(), db::Error> = self
            .bare()
            .await
            .tx("cut", |mut tx| async move {
                for (sqlite, postgres) in UNGUARD {
                    sql_each(sqlite, postgres).execute(&mut tx).await?;
                }
                let lines =
                    sql("delete from audit where place >= (select high from audit_seal where number = $1)");
                lines.bind(after).execute(&mut tx).await?;
                sql("delete from audit_seal where number > $1").bind(after).execute(&mut tx).await?;
                Ok(())
            })
            .await;
        cut.unwrap();
    }

    /// Takes the outbox away, so that every transaction that writes to it fails.
    pub async fn break_outbox(&self) {
        let broken: Result<u64, db::Error> = self
            .bare()
            .await
            .tx("break", |mut tx| async move { sql("drop table outbox").execute(&mut tx).await })
            .await;
        broken.unwrap();
    }
}

/// How many messages of this topic somebody holds by a lease.
pub async fn leased(db: &Db, topic: &str) -> usize {
    let text = "select id from outbox where topic = $1 and leased_until is not null";
    let found: Result<Vec<String>, db::Error> = db
        .read("leased", |mut tx| async move { sql(text).bind(topic).all(&mut tx, |row| row.get("id")).await })
        .await;
    found.unwrap().len()
}

/// The outcomes in the audit trail of one kind of act, oldest first.
pub async fn audited(db: &Db, action: &'static str) -> Vec<String> {
    let found: Result<_, db::Error> = db
        .read("audit", |mut tx| async move {
            let lines = sql("select outcome from audit where action = $1 order by at, outcome").bind(action);
            lines.all(&mut tx, |row| row.get("outcome")).await
        })
        .await;
    found.unwrap()
}

/// Does to the audit trail what nobody should, as somebody may who has the database itself.
pub async fn tamper(db: &Db, statements: &[&'static str]) {
    let done: Result<(), db::Error> = db
        .tx("tamper", |mut tx| async move {
            for statement in statements {
                sql(statement).of("job:audit").execute(&mut tx).await?;
            }
            Ok(())
        })
        .await;
    done.unwrap();
}
