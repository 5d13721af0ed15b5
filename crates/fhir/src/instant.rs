mod usual;

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// A time as it came in: on the time line, or still without a place on it.
///
/// Whether a time without an offset is refused or read in the practice's zone is a setting (D11), so the caller
/// decides, with [`Instant::resolve`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Instant {
    /// With `Z` or an offset.
    Zoned(Timestamp),
    /// Without: a time on the wall, somewhere.
    Naive(civil::DateTime),
}

impl Instant {
    /// Reads a FHIR `instant` or `dateTime` that has a time of day; seconds and fractions may be left out.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        usual::read(text).map(Self::Zoned).or_else(|| Self::read_any(text))
    }

    fn read_any(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(['T', 't'])?;
        let shaped = date.len() == "2026-04-10".len() && !text.contains(['[', '_']) && time.contains(':');
        if !shaped {
            return None;
        }
        if time.contains(['Z', 'z', '+', '-']) {
            text.parse().ok().map(Self::Zoned)
        } else {
            text.parse().ok().map(Self::Naive)
        }
    }

    /// The moment itself. A time without an offset is read in `zone`; without a zone there is no answer (D11).
    ///
    /// A wall time that the change to summer time skips is read as one hour later, one that comes twice as the
    /// first of the two.
    #[must_use]
    pub fn resolve(self, zone: Option<&TimeZone>) -> Option<Timestamp> {
        match self {
            Self::Zoned(timestamp) => Some(timestamp),
            Self::Naive(wall) => zone?.to_ambiguous_timestamp(wall).compatible().ok(),
        }
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(InstantVisitor)
    }
}

struct InstantVisitor;

impl Visitor<'_> for InstantVisitor {
    type Value = Instant;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a date and time such as 2026-04-10T09:00:00+02:00")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Instant, E> {
        Instant::read(text).ok_or_else(|| E::invalid_value(Unexpected::Other("something else"), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zoned(text: &str) -> Option<Instant> {
        Some(Instant::Zoned(text.parse().unwrap()))
    }

    #[test]
    fn instants_of_every_spelling_are_the_same_moment() {
        let moment = zoned("2026-04-10T09:00:00Z");
        for text in [
            "2026-04-10T09:00Z",
            "2026-04-10T09:00:00z",
            "2026-04-10T09:00:00.000Z",
            "2026-04-10T11:00:00+02:00",
            "2026-04-10T11:00:00.0000000+02:00",
            "2026-04-10T07:00-02:00",
        ] {
            assert_eq!(Instant::read(text), moment, "{text}");
        }
        assert_eq!(Instant::read("2026-02-03T12:10:48.654+01:00"), zoned("2026-02-03T11:10:48.654Z"));
    }

    #[test]
    fn what_is_not_a_date_with_a_time_is_refused() {
        for text in [
            "",
            "2026",
            "2026-04",
            "2026-04-10",
            "T09:00",
            "2026-04-10T",
            "2026-04-10T09",
            "2026-04-10 09:00",
            "20260410T090000Z",
            "2026-04-10T09:00:00+02:00[Europe/Amsterdam]",
            "2026-13-10T09:00:00Z",
            "2026-04-10T25:00:00Z",
            "2026-04-10T09:00:00 Z",
            "tomorrow",
            "999990019",
        ] {
            assert_eq!(Instant::read(text), None, "{text}");
        }
    }

    #[test]
    fn d11_a_time_without_an_offset_has_no_moment_until_a_zone_is_chosen() {
        let wall = Instant::read("2026-04-10T11:00:00").unwrap();
        assert_eq!(wall, Instant::Naive(civil::date(2026, 4, 10).at(11, 0, 0, 0)));
        assert_eq!(wall.resolve(None), None);
        let amsterdam = TimeZone::get("Europe/Amsterdam").unwrap();
        assert_eq!(wall.resolve(Some(&amsterdam)), Some("2026-04-10T09:00:00Z".parse().unwrap()));
    }

    #[test]
    fn d11_the_skipped_and_the_doubled_hour_have_one_reading() {
        let amsterdam = TimeZone::get("Europe/Amsterdam").unwrap();
        let read = |text| Instant::read(text).unwrap().resolve(Some(&amsterdam)).unwrap().to_string();
        assert_eq!(read("2026-03-29T02:30"), "2026-03-29T01:30:00Z");
        assert_eq!(read("2026-10-25T02:30"), "2026-10-25T00:30:00Z");
    }
}
