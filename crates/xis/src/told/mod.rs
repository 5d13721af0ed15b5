//! Telling the platform what a practitioner did: created, moved, cancelled, approved, declined.
//!
//! The act leaves a message in its own transaction; the messages of one appointment are delivered in order. Each
//! delivery reads what is true at that moment, so several changes in a row may reach the platform as one. What a
//! patient did through the platform (a booking, a cancellation) is not told back: the platform knows.

mod answered;
mod compose;
mod courier;
mod standing;

use db::{Error, Tx};
use outbox::{Message, Pauses};
use serde::{Deserialize, Serialize};

pub(crate) use answered::{Trouble, TroubleKind};
pub(crate) use compose::compose;
pub(crate) use courier::Telling;
pub(crate) use standing::{Standing, standing};

use crate::{
    audit::Act,
    tables::{Appointment, appointments::lane},
};

/// The topic of these messages.
pub(crate) const TOPIC: &str = "platform";

/// When to try again: the first times soon, for a platform that restarts; the last after about 28 hours.
pub(crate) const PAUSES: Pauses = Pauses {
    first: std::time::Duration::from_secs(2),
    longest: std::time::Duration::from_secs(4 * 3600),
    attempts: 20,
};

/// What a practitioner did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum News {
    /// Created, moved or cancelled: the appointment itself is sent.
    Changed,
    /// Approved a request: an answer is sent.
    Accepted,
    /// Declined a request: an answer is sent.
    Declined,
}

/// What a message says: no more than where to look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Payload {
    appointment: String,
    /// The version that this change made.
    version: u32,
    news: News,
}

/// Leaves the message of this act, which made this version of the appointment.
///
/// # Errors
/// When the database fails.
pub(crate) async fn enqueue(
    tx: &mut Tx,
    act: &Act,
    appointment: &Appointment,
    news: News,
) -> Result<(), Error> {
    let payload = serde_json::json!({
        "appointment": appointment.id, "version": appointment.version, "news": news,
    });
    let message = Message {
        id: act.id.clone(),
        topic: TOPIC,
        lane: &lane(&appointment.id),
        tenant: &act.practice,
        payload: payload.to_string(),
        due_at: act.at,
    };
    outbox::enqueue(tx, message, act.at).await
}
