//! A message in the outbox about one appointment, to look at it later: leaving it, and what it is about when its turn comes.

use jiff::Timestamp;
use outbox::{Message, Parcel, Verdict};
use serde::{Deserialize, Serialize};
use store::{Account, AccountId, AppointmentId, Practice, Stored, Tx};

use crate::app::App;

#[derive(Serialize, Deserialize)]
struct Payload {
    account: String,
    appointment: String,
}

/// Leaves a message of this topic, to be delivered at this time. A tombstone has no patient and gets none.
pub(super) async fn leave(
    app: &App,
    tx: &mut Tx,
    topic: &'static str,
    stored: &Stored,
    (at, now): (Timestamp, Timestamp),
) -> Result<(), store::Error> {
    enqueue(app, tx, topic, stored, (at, now)).await?;
    Ok(())
}

/// Leaves a message about what this process does itself at this moment. It is delivered when the process is gone, or at
/// `until`, when nobody can be at it any more.
pub(super) async fn stand_behind(
    app: &App,
    tx: &mut Tx,
    topic: &'static str,
    stored: &Stored,
    (until, now): (Timestamp, Timestamp),
) -> Result<(), store::Error> {
    if let Some(id) = enqueue(app, tx, topic, stored, (now, now)).await? {
        outbox::keep(tx, &id, app.store.db().own_id(), until).await?;
    }
    Ok(())
}

async fn enqueue(
    app: &App,
    tx: &mut Tx,
    topic: &'static str,
    stored: &Stored,
    (due_at, now): (Timestamp, Timestamp),
) -> Result<Option<String>, store::Error> {
    let Some(account) = stored.account else { return Ok(None) };
    let id = app.new_id().to_string();
    let payload = Payload { account: account.to_string(), appointment: stored.id.to_string() };
    let message = Message {
        id: id.clone(),
        topic,
        lane: &format!("{topic}:{}", stored.id),
        tenant: stored.practice.as_str(),
        payload: serde_json::json!(payload).to_string(),
        due_at,
    };
    outbox::enqueue(tx, message, now).await?;
    Ok(Some(id))
}

/// The appointment that a message is about, with its patient and practice, as long as it is still to be looked at.
pub(super) async fn load(
    app: &App,
    parcel: &Parcel,
    is_open: fn(&Stored) -> bool,
) -> Result<Option<(Stored, Account, Practice)>, store::Error> {
    let Some((account, id)) = read(&parcel.payload) else { return Ok(None) };
    let store = &app.store;
    store
        .read("an appointment to look at", |mut tx| async move {
            let stored = store.appointment_of_patient(&mut tx, account, id).await?;
            let Some(stored) = stored.filter(is_open) else { return Ok(None) };
            let account = store.account(&mut tx, account).await?;
            let practice = store.practice(&mut tx, &stored.practice).await?;
            Ok(account.zip(practice).map(|(account, practice)| (stored, account, practice)))
        })
        .await
}

/// What becomes of a message: where the database failed, it is looked at again.
pub(super) fn verdict(looked: Result<Verdict, store::Error>) -> Verdict {
    looked.unwrap_or_else(|error| Verdict::Retry { reason: error.to_string(), after: None })
}

fn read(payload: &str) -> Option<(AccountId, AppointmentId)> {
    let payload: Payload = serde_json::from_str(payload).ok()?;
    Some((payload.account.parse().ok()?, payload.appointment.parse().ok()?))
}
