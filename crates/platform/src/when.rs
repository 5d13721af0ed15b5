//! Dates and times in words, always on the practice's clock.

use jiff::{
    Timestamp,
    civil::Date,
    tz::{AmbiguousOffset, TimeZone},
};
use store::Language;

use crate::words::{Value, say};

/// "dinsdag 12 mei 2026".
pub(crate) fn date_in_full(language: Language, at: Timestamp, zone: &TimeZone) -> String {
    say(language, "when-date-in-full", &date_values(date(at, zone)))
}

/// "09:10"; "02:30 (zomertijd)" in the hour that comes twice.
pub(crate) fn time(language: Language, at: Timestamp, zone: &TimeZone) -> String {
    told_apart(hours_and_minutes(at, zone), language, at, zone)
}

/// "09:10 uur"; "02:30 uur (zomertijd)" in the hour that comes twice.
pub(crate) fn clock(language: Language, at: Timestamp, zone: &TimeZone) -> String {
    let said = say(language, "when-clock", &[("time", hours_and_minutes(at, zone).into())]);
    told_apart(said, language, at, zone)
}

/// "dinsdag 12 mei 2026 om 09:10 uur".
pub(crate) fn date_and_time(language: Language, at: Timestamp, zone: &TimeZone) -> String {
    let [weekday, day, month, year] = date_values(date(at, zone));
    let time = ("time", hours_and_minutes(at, zone).into());
    told_apart(say(language, "when-date-and-time", &[weekday, day, month, year, time]), language, at, zone)
}

fn hours_and_minutes(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// The same with the word for which of the two it is, in the night in which the clock goes back.
fn told_apart(said: String, language: Language, at: Timestamp, zone: &TimeZone) -> String {
    let here = at.to_zoned(zone.clone());
    match zone.to_ambiguous_zoned(here.datetime()).offset() {
        AmbiguousOffset::Fold { before, .. } => {
            let key = if here.offset() == before { "when-first-time" } else { "when-second-time" };
            format!("{said} ({})", say(language, key, &[]))
        }
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Gap { .. } => said,
    }
}

/// "dinsdag".
pub(crate) fn weekday(language: Language, date: Date) -> String {
    say(language, "when-weekday", &date_values(date))
}

/// "mei".
pub(crate) fn month(language: Language, date: Date) -> String {
    say(language, "when-month", &date_values(date))
}

/// "dinsdag 12 mei", for a day of which the year is clear.
pub(crate) fn day(language: Language, date: Date) -> String {
    say(language, "when-day", &date_values(date))
}

/// "20 minuten", from the first instant to the first after it.
pub(crate) fn duration_minutes(language: Language, start: Timestamp, end: Timestamp) -> String {
    let minutes = end.duration_since(start).as_mins();
    say(language, "when-minutes", &[("minutes", minutes.into())])
}

/// The day that the practice's calendar shows at this instant.
pub(crate) fn date(at: Timestamp, zone: &TimeZone) -> Date {
    at.to_zoned(zone.clone()).date()
}

fn date_values(date: Date) -> [(&'static str, Value<'static>); 4] {
    [
        ("weekday", date.weekday().to_monday_one_offset().into()),
        ("day", date.day().into()),
        ("month", date.month().into()),
        ("year", date.year().into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amsterdam() -> TimeZone {
        TimeZone::get("Europe/Amsterdam").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_is_said_in_full_on_the_practices_clock() {
        let (visit, zone) = (at("2026-05-12T07:10:00Z"), amsterdam());
        assert_eq!(date_in_full(Language::Dutch, visit, &zone), "dinsdag 12 mei 2026");
        assert_eq!(date_and_time(Language::Dutch, visit, &zone), "dinsdag 12 mei 2026 om 09:10 uur");
        assert_eq!(date_and_time(Language::English, visit, &zone), "Tuesday 12 May 2026 at 09:10");
        assert_eq!(
            (time(Language::Dutch, visit, &zone), day(Language::English, date(visit, &zone))),
            ("09:10".to_owned(), "Tuesday 12 May".to_owned())
        );
    }

    #[test]
    fn around_midnight_the_practices_day_counts_and_summer_time_too() {
        let (winter, summer, zone) = (at("2026-12-31T23:05:00Z"), at("2026-06-30T22:05:00Z"), amsterdam());
        assert_eq!(date_and_time(Language::Dutch, winter, &zone), "vrijdag 1 januari 2027 om 00:05 uur");
        assert_eq!(date_and_time(Language::Dutch, summer, &zone), "woensdag 1 juli 2026 om 00:05 uur");
    }

    #[test]
    fn the_hour_that_comes_twice_is_told_apart() {
        let zone = amsterdam();
        let said = |utc: &str| {
            let at = at(utc);
            (time(Language::Dutch, at, &zone), date_and_time(Language::English, at, &zone))
        };
        let said_of =
            |utc, time: &str, moment: &str| assert_eq!(said(utc), (time.to_owned(), moment.to_owned()));
        said_of("2026-10-24T23:59:00Z", "01:59", "Sunday 25 October 2026 at 01:59");
        said_of("2026-10-25T00:30:00Z", "02:30 (zomertijd)", "Sunday 25 October 2026 at 02:30 (summer time)");
        said_of(
            "2026-10-25T01:30:00Z",
            "02:30 (wintertijd)",
            "Sunday 25 October 2026 at 02:30 (winter time)",
        );
        said_of("2026-10-25T02:00:00Z", "03:00", "Sunday 25 October 2026 at 03:00");
        let first = at("2026-10-25T00:30:00Z");
        assert_eq!(clock(Language::Dutch, first, &zone), "02:30 uur (zomertijd)");
    }

    #[test]
    fn every_day_and_every_month_has_its_own_name() {
        for language in [Language::Dutch, Language::English] {
            let first = Date::constant(2026, 1, 1);
            let year = first.series(jiff::ToSpan::days(1)).take(365);
            let days: Vec<_> = year.map(|date| (weekday(language, date), month(language, date))).collect();
            let distinct =
                |names: Vec<&String>| names.into_iter().collect::<std::collections::BTreeSet<_>>().len();
            assert_eq!(distinct(days.iter().map(|(weekday, _)| weekday).collect()), 7);
            assert_eq!(distinct(days.iter().map(|(_, month)| month).collect()), 12);
        }
    }

    #[test]
    fn one_minute_is_no_minutes() {
        let start = at("2026-05-12T07:10:00Z");
        let after = |minutes: u64| start + std::time::Duration::from_secs(minutes * 60);
        assert_eq!(duration_minutes(Language::Dutch, start, after(1)), "1 minuut");
        assert_eq!(duration_minutes(Language::Dutch, start, after(20)), "20 minuten");
        assert_eq!(duration_minutes(Language::English, start, after(1)), "1 minute");
        assert_eq!(duration_minutes(Language::English, start, after(90)), "90 minutes");
    }
}
