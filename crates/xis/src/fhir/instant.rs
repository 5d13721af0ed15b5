use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Deserializer, de::Error as _};

/// What a time must look like; also the words of the refusal.
pub(super) const FORM: &str = "a time has seconds and an offset, such as 2026-05-12T09:00:00+02:00 (D11)";

/// A moment as it is read. Without an offset it is none (D11).
#[derive(Clone, Copy)]
pub(crate) struct Instant(pub(crate) Timestamp);

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| D::Error::custom(FORM))
    }
}

/// A moment as it is written: with the offset of this zone.
pub(crate) fn written(moment: Timestamp, zone: &TimeZone) -> String {
    moment.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d11_a_time_is_read_with_an_offset_only() {
        for text in ["2026-05-12T09:00:00Z", "2026-05-12T11:00:00+02:00", "2026-05-12T11:00:00.000+02:00"] {
            let read: Instant = serde_json::from_value(text.into()).unwrap_or_else(|_| panic!("{text}"));
            assert_eq!(read.0.to_string(), "2026-05-12T09:00:00Z");
        }
        for text in ["2026-05-12T09:00:00", "2026-05-12", "tomorrow"] {
            assert!(serde_json::from_value::<Instant>(text.into()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_is_written_in_the_practices_zone() {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        for (moment, text) in [
            ("2026-05-12T09:00:00Z", "2026-05-12T11:00:00+02:00"),
            ("2026-01-12T09:00:00Z", "2026-01-12T10:00:00+01:00"),
        ] {
            assert_eq!(written(moment.parse().unwrap(), &zone), text);
        }
    }
}
