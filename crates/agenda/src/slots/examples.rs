//! Slots to start from, for the tests.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{Hours, Slot};
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

pub(crate) fn hours(schedule: &str, name: Option<&str>, categories: Vec<Coding>) -> Arc<Hours> {
    let (schedule, actor_display) = (schedule.to_owned(), name.map(str::to_owned));
    Arc::new(Hours { schedule, categories, actor: Some("PractitionerRole/1".to_owned()), actor_display })
}

/// A free slot for a consult; its id follows from schedule, start and length.
pub(crate) fn slot(schedule: &str, start: &str, minutes: i64) -> Slot {
    let start = time(start);
    Slot {
        id: format!("{schedule}-{}-{minutes}", start.as_second()).into(),
        start,
        end: start + SignedDuration::from_mins(minutes),
        free: true,
        hours: hours(schedule, Some("Dokter Jansen"), vec![category("CONSULT")]),
    }
}
