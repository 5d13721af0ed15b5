use agenda::{Content, Kind};
use jiff::Timestamp;
use outbox::Message;
use serde::{Deserialize, Serialize};
use store::{Notice, Stored, Tx};
use uuid::Uuid;

use super::TOPIC;
use crate::app::App;

/// What the outbox keeps of a notice: who is told of what. What there is to say is read when it is sent.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Payload {
    pub(super) appointment: Uuid,
    pub(super) account: Uuid,
}

/// Leaves behind, in this transaction, that the patient of `stored` is to be told what happened to it.
///
/// `before` is what the change replaced. Nothing happens for a tombstone, which has no patient (A1), or when
/// this change was written down before.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tell(
    app: &App,
    tx: &mut Tx,
    stored: &Stored,
    kind: Kind,
    before: Option<Content>,
    now: Timestamp,
) -> Result<(), store::Error> {
    let Some(account) = stored.account else { return Ok(()) };
    let notice = Notice {
        id: app.new_id(),
        appointment: stored.id,
        revision: stored.revision,
        kind,
        practice: stored.practice.clone(),
        account,
        before,
        created_at: now,
    };
    if app.store.add_notice(tx, &notice).await? {
        let payload = Payload { appointment: stored.id.uuid(), account: account.uuid() };
        let message = Message {
            id: app.new_id().to_string(),
            topic: TOPIC,
            lane: &format!("notice:{account}:{}", stored.id),
            tenant: stored.practice.as_str(),
            payload: serde_json::json!(payload).to_string(),
            due_at: now,
        };
        outbox::enqueue(tx, message, now).await?;
    }
    Ok(())
}
