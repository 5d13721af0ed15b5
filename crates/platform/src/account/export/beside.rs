//! What is kept beside what the pages of a patient show: addresses that wait, invitations, and who has looked.

use serde_json::{Value, json};
use store::{Account, AccountId, AuditLine, Error, Store, Tx};

use super::{facts::PAGE, said};

/// Addresses beside the one that mail goes to: the last to which a code went, and those that are yet to be told that they
/// were left.
pub(super) async fn addresses(store: &Store, tx: &mut Tx, id: AccountId) -> Result<Vec<Value>, Error> {
    let mut addresses: Vec<Value> = Vec::new();
    if let Some(check) = store.address_check(tx, id).await? {
        let standing = if check.is_closed() { "asked about before" } else { "to be proved" };
        addresses.push(json!({ "mail": check.address, "standing": standing, "since": check.asked_at }));
    }
    for (address, left_at) in store.former_addresses_of(tx, id).await? {
        addresses.push(json!({ "mail": address, "standing": "left", "since": left_at }));
    }
    Ok(addresses)
}

/// What the patient is choosing to move visits to.
pub(super) async fn moving(store: &Store, tx: &mut Tx, id: AccountId) -> Result<Vec<Value>, Error> {
    let mut moving = Vec::new();
    for (appointment, draft) in store.reschedule_drafts_of(tx, id).await? {
        let Some(old) = store.appointment_of_patient(tx, id, appointment).await? else { continue };
        let mut chosen = said::chosen(old.practice.as_str(), &draft);
        chosen["moves"] = json!(appointment.to_string());
        moving.push(chosen);
    }
    Ok(moving)
}

/// That practices asked the patient to come here, with the address where that went as long as it is kept.
pub(super) async fn invitations(store: &Store, tx: &mut Tx, account: &Account) -> Result<Vec<Value>, Error> {
    let invitations = store.invitations_of(tx, &account.bsn).await?;
    let said = invitations.iter().map(|invitation| {
        let contact = store.contact(invitation)?;
        Ok(said::invited(invitation, contact.as_ref().map(|contact| contact.mail.as_str())))
    });
    said.collect()
}

/// Who has looked at the patient's data or changed it, the newest first.
pub(super) async fn access(store: &Store, id: AccountId) -> Result<Vec<Value>, Error> {
    let (mut lines, mut before) = (Vec::new(), None);
    loop {
        let spot = before.as_ref();
        let page: Result<Vec<AuditLine>, Error> = store
            .read("who has looked", |mut tx| async move {
                store.audit_of_patient(&mut tx, id, true, spot, PAGE).await
            })
            .await;
        let page = page?;
        let Some(last) = page.last() else { return Ok(lines) };
        before = Some(last.spot());
        lines.extend(page.iter().map(said::seen));
    }
}
