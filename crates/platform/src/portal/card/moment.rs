use jiff::{Timestamp, tz::TimeZone};
use store::Language;

use crate::when;

/// A point in time in the words of a page, on the practice's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::portal) struct Moment {
    /// For machines: with the practice's offset.
    pub(in crate::portal) exact: String,
    pub(in crate::portal) weekday: String,
    pub(in crate::portal) day: i8,
    pub(in crate::portal) month: String,
    /// The year, where it is not this one.
    pub(in crate::portal) year: Option<i16>,
    /// "dinsdag 12 mei 2026".
    pub(in crate::portal) date: String,
    /// "09:10 uur".
    pub(in crate::portal) time: String,
}

impl Moment {
    pub(in crate::portal) fn of(at: Timestamp, zone: &TimeZone, language: Language, now: Timestamp) -> Self {
        let date = when::date(at, zone);
        Self {
            exact: at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M%:z").to_string(),
            weekday: when::weekday(language, date),
            day: date.day(),
            month: when::month(language, date),
            year: Some(date.year()).filter(|year| *year != when::date(now, zone).year()),
            date: when::date_in_full(language, at, zone),
            time: when::clock(language, at, zone),
        }
    }
}
