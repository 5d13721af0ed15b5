use std::collections::HashSet;

use store::{Actor, AuditEntry, Error, Store, Tx};
use uuid::Uuid;

use crate::common::{
    examples::{FATIMA, JAN, PRACTICE, PRACTICE_B, account_id, agb, minutes_later, now},
    on_both, vault,
};

/// The seal of this line, which is gone again afterwards.
async fn seal(store: &Store, tx: &mut Tx, entry: &AuditEntry<'_>) -> Result<String, Error> {
    store.audit(tx, entry.clone()).await?;
    let seal = db::sql("delete from audit where id = $1 returning seal").bind(entry.id.to_string());
    Ok(seal.first(tx, |row| row.get("seal")).await?.unwrap())
}

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
    };
    let mut lines = vec![
        base.clone(),
        AuditEntry { id: Uuid::from_u128(2), ..base.clone() },
        AuditEntry { at: minutes_later(1), ..base.clone() },
        AuditEntry { subject: Some(account_id(FATIMA)), ..base.clone() },
        AuditEntry { subject: None, ..base.clone() },
        AuditEntry { practice: Some(&elsewhere), ..base.clone() },
        AuditEntry { practice: None, ..base.clone() },
        AuditEntry { action: "appointment updat", object: Some("eid".to_owned()), ..base.clone() },
        AuditEntry { object: Some("other".to_owned()), ..base.clone() },
        AuditEntry { object: Some(String::new()), ..base.clone() },
        AuditEntry { object: None, ..base.clone() },
        AuditEntry { outcome: "unchanged", ..base.clone() },
    ];
    lines.extend(actors[1..].iter().map(|actor| AuditEntry { actor, ..base.clone() }));
    on_both(async |tables| {
        let seals = tables
            .tx(async |tx| {
                let mut seals = HashSet::new();
                for line in &lines {
                    seals.insert(seal(&tables.store, tx, line).await?);
                }
                Ok(seals)
            })
            .await;
        assert_eq!(seals.len(), lines.len());

        // The same line under the same key has the same seal, and under another key another.
        let thief = Store::new(tables.store.db().clone(), vault(9));
        let again = tables.tx(async |tx| seal(&tables.store, tx, &base).await).await;
        assert!(seals.contains(&again));
        assert!(!seals.contains(&tables.tx(async |tx| seal(&thief, tx, &base).await).await));
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
