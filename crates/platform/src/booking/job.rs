//! A message in the outbox about one appointment, to look at it later.

use jiff::Timestamp;
use outbox::Message;
use serde::{Deserialize, Serialize};
use store::{AccountId, AppointmentId, Stored, Tx};

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
    let Some(account) = stored.account else { return Ok(()) };
    let payload = Payload { account: account.to_string(), appointment: stored.id.to_string() };
    let message = Message {
        id: app.new_id().to_string(),
        topic,
        lane: &format!("{topic}:{}", stored.id),
        tenant: stored.practice.as_str(),
        payload: serde_json::json!(payload).to_string(),
        due_at: at,
    };
    Ok(outbox::enqueue(tx, message, now).await?)
}

/// Which appointment a message is about, and whose it is.
pub(super) fn read(payload: &str) -> Option<(AccountId, AppointmentId)> {
    let payload: Payload = serde_json::from_str(payload).ok()?;
    Some((payload.account.parse().ok()?, payload.appointment.parse().ok()?))
}
