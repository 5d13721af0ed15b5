//! Slots to start from, for the tests.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::Slot;
use crate::ids::Coding;

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn amsterdam() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").unwrap()
}

pub(crate) fn category(code: &str) -> Coding {
    let display = Some(code.to_lowercase());
    Coding { system: "urn:types".to_owned(), code: code.to_owned(), display }
}

/// A free slot for a consult; its id follows from schedule, start and length.
pub(crate) fn slot(schedule: &str, start: &str, minutes: i64) -> Slot {
    let start = time(start);
    Slot {
        id: format!("{schedule}-{}-{minutes}", start.as_second()),
        schedule: schedule.into(),
        start,
        end: start + SignedDuration::from_mins(minutes),
        free: true,
        categories: [category("CONSULT")].into(),
        actor: Some("PractitionerRole/1".into()),
        actor_display: Some("Dokter Jansen".into()),
    }
}
