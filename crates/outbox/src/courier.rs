use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

/// A message on its way.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// The same on every attempt: the key by which a receiver can tell a repeat.
    pub id: String,
    /// Whose it is.
    pub tenant: String,
    /// Its queue, see [`Message::lane`](crate::Message::lane).
    pub lane: String,
    /// What the sender wrote down, as JSON.
    pub payload: String,
    /// When it was written down.
    pub created_at: Timestamp,
    /// 1 on the first attempt.
    pub attempt: u32,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Delivered, or no longer needed.
    Done,
    /// Not now: try again after a pause.
    Retry {
        /// Why, in words that an operator understands.
        reason: String,
        /// When the other side said how long to wait (`Retry-After`): honoured up to the longest pause.
        after: Option<Duration>,
    },
    /// Never: trying again will not help.
    GiveUp {
        /// Why, in words that an operator understands.
        reason: String,
    },
}

/// Delivers the messages of one topic.
#[async_trait]
pub trait Courier: Send + Sync + 'static {
    /// Tries once. It is dropped, wherever it is, when it takes longer than nine tenths of the lease; that and a
    /// panic count as [`Verdict::Retry`].
    async fn deliver(&self, parcel: &Parcel) -> Verdict;
}
