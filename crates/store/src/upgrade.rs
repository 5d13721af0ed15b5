//! That what was kept before a step of the tables is there after it.

mod before_batches;

use std::sync::Arc;

use db::{Statement, sql};
use tempfile::TempDir;

use crate::{Db, Keys, MIGRATIONS, Route, Store, Vault};

/// The roles that `scripts/with-postgres` makes.
const OWNER: &str = "balie_owner";
const SERVICE: &str = "balie_service";

/// Where tables stand, or are to: one of the two databases.
struct Place {
    url: String,
    schema: String,
    /// SQLite's, and nobody else's name in any case.
    _folder: TempDir,
}

impl Place {
    fn on_both() -> [Self; 2] {
        let server = std::env::var("BALIE_TEST_POSTGRES");
        let server = server.expect("run this through scripts/with-postgres (make quick)");
        [None, Some(server)].map(|server| {
            let folder = tempfile::Builder::new().prefix("upgrade").tempdir().unwrap();
            let name = folder.path().file_name().unwrap().to_str().unwrap().to_lowercase();
            let schema = format!("{name}_{}", std::process::id());
            let url = server.unwrap_or_else(|| format!("sqlite:{}/platform.db", folder.path().display()));
            Self { url, schema, _folder: folder }
        })
    }

    async fn opened_by(&self, role: &str) -> Db {
        let url = self.url.replacen("postgres://balie@", &format!("postgres://{role}@"), 1);
        Db::connect(&url, &self.schema).await.unwrap()
    }

    /// Makes the tables as they were up to this step, with these rows in them.
    async fn fill(&self, last: i64, rows: impl Fn() -> Vec<Statement>) {
        let (db, rows) = (self.opened_by(OWNER).await, &rows);
        let next = MIGRATIONS.iter().position(|step| step.version > last).unwrap();
        db.migrate(&MIGRATIONS[..next]).await.unwrap();
        let written: Result<(), db::Error> = db
            .tx("before", |mut tx| async move {
                for row in rows() {
                    row.execute(&mut tx).await?;
                }
                Ok(())
            })
            .await;
        written.unwrap();
        db.close().await;
    }

    /// Brings the tables up to date.
    async fn upgraded(&self) -> Store {
        let store = Store::new(self.opened_by(OWNER).await, vault());
        store.migrate().await.unwrap();
        store.db().let_in(SERVICE).await.unwrap();
        store
    }
}

fn vault() -> Arc<Vault> {
    let keys = Keys { current: 1, sealing: [(1, [1; 32])].into(), index: [2; 32], audit: [3; 32].into() };
    Arc::new(Vault::new(&keys).unwrap())
}

/// What stood in the tables before there were routes, reminders and links to stop them.
const BEFORE: [&str; 7] = [
    "insert into xis_client (id, secret_hash, created_at) values ('xis', 'hash', 0)",
    "insert into practice (agb, client, name, settings, returns_identifier, created_at)
     values ('01000001', 'xis', 'De Linde', '{}', 0, 0)",
    "insert into account (id, bsn_index, bsn, person, language, detail, created_at)
     values ('00000000-0000-0000-0000-000000000001', 'index', '', '', 'nl', 2, 0)",
    "insert into appointment (id, practice, account, xis_id, state, start_at, end_at, facts, revision, unseen,
                              created_at, changed_at)
     values ('00000000-0000-0000-0000-000000000007', '01000001', '00000000-0000-0000-0000-000000000001', 'a',
             'booked', 86400000001, 86400000002, '', 1, 1, 0, 0)",
    "insert into notice (id, appointment, revision, kind, practice, account, facts, created_at)
     values ('00000000-0000-0000-0000-000000000008', '00000000-0000-0000-0000-000000000007', 1, 'new', '01000001',
             '00000000-0000-0000-0000-000000000001', '', 0)",
    "insert into outbox (id, topic, lane, place, tenant, payload, created_at, standing, due_at, attempts, fence)
     values ('00000000-0000-0000-0000-000000000009', 'mail',
             'notice:00000000-0000-0000-0000-000000000001:00000000-0000-0000-0000-000000000007', 1, '01000001',
             '{}', 0, 'waiting', 0, 0, 0)",
    "insert into membership (account, practice) values ('00000000-0000-0000-0000-000000000001', '01000001')",
];

#[tokio::test]
async fn what_waited_before_there_were_routes_still_goes_out_by_mail() {
    for place in Place::on_both() {
        place.fill(2, || BEFORE.map(sql).into()).await;
        still_goes_out(&place.upgraded().await).await;
    }
}

async fn still_goes_out(store: &Store) {
    let seen: Result<_, crate::Error> = store
        .read("after", |mut tx| async move {
            let token = sql("select unsubscribe from account")
                .of(db::MIGRATION)
                .first(&mut tx, |row| row.get::<String>("unsubscribe"))
                .await?
                .unwrap();
            let account = store.account_by_unsubscribe(&mut tx, &token).await?.unwrap();
            let due = store.reminders_due(&mut tx, jiff::Timestamp::constant(1, 0)).await?;
            let waiting = sql("select delivery.route, outbox.lane from delivery
                               join outbox on outbox.id = delivery.message where delivery.outcome is null")
            .of(db::MIGRATION)
            .all(&mut tx, |row| Ok((row.parsed::<Route>("route")?, row.get::<String>("lane")?)))
            .await?;
            Ok((account, due, waiting))
        })
        .await;
    let (account, due, waiting) = seen.unwrap();
    assert_eq!(account.to_string(), "00000000-0000-0000-0000-000000000001");
    assert_eq!((due.len(), due[0].remind_at.as_microsecond()), (1, 1));
    let lane = "notice:00000000-0000-0000-0000-000000000001:00000000-0000-0000-0000-000000000007:mail";
    assert_eq!(waiting, [(Route::Mail, lane.to_owned())]);
}
