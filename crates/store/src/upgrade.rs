//! That what was kept before a step of the tables is there after it.

use std::sync::Arc;

use db::sql;

use crate::{Db, Keys, MIGRATIONS, Route, SCHEMA, Store, Vault};

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
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/platform.db", folder.path().display());
    let keys = Keys { current: 1, sealing: [(1, [1; 32])].into(), index: [2; 32], audit: [3; 32] };
    let db = Db::connect(&url, SCHEMA).await.unwrap();
    db.migrate(&MIGRATIONS[..2]).await.unwrap();
    let written: Result<(), db::Error> = db
        .tx("before", |mut tx| async move {
            for row in BEFORE {
                sql(row).execute(&mut tx).await?;
            }
            Ok(())
        })
        .await;
    written.unwrap();

    let store = &Store::new(db, Arc::new(Vault::new(&keys).unwrap()));
    store.migrate().await.unwrap();
    let seen: Result<_, crate::Error> = store
        .read("after", |mut tx| async move {
            let token = sql("select unsubscribe from account")
                .first(&mut tx, |row| row.get::<String>("unsubscribe"))
                .await?
                .unwrap();
            let account = store.account_by_unsubscribe(&mut tx, &token).await?.unwrap();
            let due = store.reminders_due(&mut tx, jiff::Timestamp::constant(1, 0)).await?;
            let waiting = sql("select delivery.route, outbox.lane from delivery
                               join outbox on outbox.id = delivery.message where delivery.outcome is null")
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
