//! The line itself: what its seal covers, and that it stands and stays.

use std::{collections::HashSet, sync::Mutex};

use store::{Actor, AuditEntry, Entrance, Error, Origin, Store, Tx};
use uuid::Uuid;

use crate::common::{
    examples::{FATIMA, JAN, PRACTICE, PRACTICE_B, account_id, agb, minutes_later, now},
    on_both, vault,
};

/// Of who looks at everybody's rows.
const EVERYBODY: &str = "job:audit";

/// The seal of this line, which is not there afterwards.
async fn seal(store: &Store, entry: &AuditEntry<'_>) -> String {
    let found = &Mutex::new(None);
    let undone: Result<(), Error> = store
        .tx("seal", |mut tx| async move {
            store.audit(&mut tx, entry.clone()).await?;
            let seal = seal_of(&mut tx, entry.id).await?;
            *found.lock().unwrap() = seal;
            Err(Error::Missing("a reason to keep it"))
        })
        .await;
    assert!(undone.is_err());
    found.lock().unwrap().take().unwrap()
}

async fn seal_of(tx: &mut Tx, id: Uuid) -> Result<Option<String>, Error> {
    let seal = db::sql("select seal from audit where id = $1").of(EVERYBODY.to_owned()).bind(id.to_string());
    Ok(seal.first(tx, |row| row.get("seal")).await?)
}

fn origin(entrance: Entrance, network: Option<&str>, request: Option<&str>) -> Origin {
    let network = network.map(|address| address.parse().unwrap());
    Origin { entrance, network, request: request.map(str::to_owned) }
}

/// ASVS: 11.3.3
#[tokio::test]
async fn the_seal_differs_when_any_field_differs() {
    let (here, elsewhere) = (agb(PRACTICE), agb(PRACTICE_B));
    let actors = [
        Actor::Patient(account_id(JAN)),
        Actor::Patient(account_id(FATIMA)),
        Actor::Xis(account_id(JAN).to_string()),
        Actor::Operator(account_id(JAN).to_string()),
        Actor::Platform("reconcile"),
        Actor::Unknown,
    ];
    let base = AuditEntry {
        id: Uuid::from_u128(1),
        at: now(),
        actor: &actors[0],
        subject: Some(account_id(JAN)),
        practice: Some(&here),
        action: "appointment update",
        object: Some("id".to_owned()),
        outcome: "modified",
        origin: origin(Entrance::Portal, Some("192.0.2.7"), Some("r")),
    };
    let with = |origin| AuditEntry { origin, ..base.clone() };
    let mut lines = vec![
        base.clone(),
        AuditEntry { id: Uuid::from_u128(2), ..base.clone() },
        AuditEntry { at: minutes_later(1), ..base.clone() },
        AuditEntry { subject: Some(account_id(FATIMA)), ..base.clone() },
        AuditEntry { subject: None, ..base.clone() },
        AuditEntry { practice: Some(&elsewhere), ..base.clone() },
        AuditEntry { practice: None, ..base.clone() },
        AuditEntry { action: "appointment response", ..base.clone() },
        AuditEntry { object: Some("other".to_owned()), ..base.clone() },
        AuditEntry { object: Some(String::new()), ..base.clone() },
        AuditEntry { object: None, ..base.clone() },
        AuditEntry { outcome: "unchanged", ..base.clone() },
        with(origin(Entrance::Api, Some("192.0.2.7"), Some("r"))),
        with(origin(Entrance::Portal, Some("192.0.2.8"), Some("r"))),
        with(origin(Entrance::Portal, None, Some("r"))),
        with(origin(Entrance::Portal, Some("192.0.2.7"), Some("s"))),
        with(origin(Entrance::Portal, Some("192.0.2.7"), None)),
    ];
    lines.extend(actors[1..].iter().map(|actor| AuditEntry { actor, ..base.clone() }));
    on_both(async |tables| {
        let mut seals = HashSet::new();
        for line in &lines {
            seals.insert(seal(&tables.store, line).await);
        }
        assert_eq!(seals.len(), lines.len());

        // The same line under the same key has the same seal, and under another key another.
        let thief = Store::new(tables.store.db().clone(), vault(9));
        assert!(seals.contains(&seal(&tables.store, &base).await));
        assert!(!seals.contains(&seal(&thief, &base).await));
    })
    .await;
}

#[tokio::test]
async fn a_line_stands_with_its_act_or_not_at_all() {
    on_both(async |tables| {
        let store = &tables.store;
        let line = |number| AuditEntry {
            id: Uuid::from_u128(number),
            at: now(),
            actor: &Actor::Unknown,
            subject: None,
            practice: None,
            action: "login",
            object: None,
            outcome: "refused",
            origin: Origin::default(),
        };
        tables.tx(async |tx| store.audit(tx, line(1)).await).await;
        let refused = tables
            .try_tx(async |tx| {
                store.audit(tx, line(2)).await?;
                Err::<(), _>(Error::Missing("what the act needs"))
            })
            .await;
        assert!(refused.is_err());
        assert_eq!(tables.tx(async |tx| store.audit_lines(tx).await).await, 1);
    })
    .await;
}
