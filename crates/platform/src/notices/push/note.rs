use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use store::Language;
use uuid::Uuid;

use super::pusher::Message;

mod words;

/// A push service keeps a message at least so long: a device may be off for a moment.
const SHORTEST: SignedDuration = SignedDuration::from_secs(60);
/// What push services keep at most.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(28 * 24);
/// News of a visit so near is worth waking a phone for.
const NEAR: SignedDuration = SignedDuration::from_hours(24);

/// What a notification says, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// The same however often it is sent.
    pub(super) key: Uuid,
    /// The appointment, or the message of a practice: a later note about it takes this one's place.
    pub(super) about: Uuid,
    pub(super) title: String,
    pub(super) body: String,
    /// Where a tap leads.
    pub(super) url: String,
    /// After this time nobody needs it.
    pub(super) until: Timestamp,
}

/// What the service worker reads.
#[derive(Serialize)]
struct Data<'a> {
    id: Uuid,
    title: &'a str,
    body: &'a str,
    lang: &'a str,
    tag: Uuid,
    url: &'a str,
    unseen: u32,
}

impl Note {
    /// The message for a device, which also learns how many appointments have news and how many messages are new.
    pub(super) fn message(&self, language: Language, topic: String, unseen: u32, now: Timestamp) -> Message {
        let Self { key, about, title, body, url, until } = self;
        let language = crate::words::spoken(language);
        let data = Data { id: *key, title, body, lang: language.code(), tag: *about, url, unseen };
        let left = until.duration_since(now);
        Message {
            text: serde_json::json!(data).to_string(),
            topic,
            keep_seconds: left.clamp(SHORTEST, LONGEST).as_secs().try_into().unwrap_or_default(),
            urgent: left <= NEAR,
        }
    }
}

#[cfg(test)]
mod tests;
