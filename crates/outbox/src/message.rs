use db::{Error, Tx, sql};
use jiff::Timestamp;

use crate::{SIGNAL, lane_key};

/// Something that must happen outside once this transaction is committed.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    /// A new id, kept on every attempt.
    pub id: String,
    /// Which courier takes it.
    pub topic: &'a str,
    /// Messages of one lane are delivered one at a time and in order, say those of one appointment.
    pub lane: &'a str,
    /// Whose it is: turns go round between tenants.
    pub tenant: &'a str,
    /// What the courier needs to know, as JSON. No secrets: it is stored as it is.
    pub payload: String,
    /// Not before this time; what stands behind it in its lane waits for it.
    pub due_at: Timestamp,
}

/// Leaves a message behind in this transaction.
///
/// # Errors
/// When the database fails.
pub async fn enqueue(tx: &mut Tx, message: Message<'_>, now: Timestamp) -> Result<(), Error> {
    // Two transactions that write to one lane must not take one place.
    tx.lock(&lane_key(message.lane)).await?;
    let topic = message.topic;
    sql("insert into outbox (id, topic, lane, place, tenant, payload, created_at, standing, due_at, attempts, fence)
         select $1, $2, $3, coalesce(max(place), 0) + 1, $4, $5, $6, 'waiting', $7, 0, 0
         from outbox where lane = $3")
        .bind(message.id)
        .bind(message.topic)
        .bind(message.lane)
        .bind(message.tenant)
        .bind(message.payload)
        .bind(now)
        .bind(message.due_at)
        .execute_later(tx)
        .await?;
    tx.signal_about(SIGNAL, topic).await;
    Ok(())
}
