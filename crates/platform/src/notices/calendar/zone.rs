//! A practice's clock, as a calendar must be told of it (RFC 5545, 3.6.5).

use std::fmt;

use jiff::{
    SignedDuration, Timestamp,
    civil::{DateTime, Weekday},
    tz::{Dst, Offset, TimeZone, TimeZoneTransition},
};

use super::lines::Lines;

/// For so many years must a zone have kept to a rule before it is said to have one.
const YEARS: usize = 8;

/// One kind of time of a zone, such as summer time.
#[derive(Debug)]
struct Observance {
    is_summer: bool,
    name: String,
    /// When it began, on the clock that it ended.
    onset: DateTime,
    from: Offset,
    to: Offset,
    /// When it begins each year from then on, if it does.
    rule: Option<Rule>,
}

/// A day that comes once a year, such as the last Sunday of March.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rule {
    month: i8,
    weekday: Weekday,
    /// The how manieth of its month: -1 is the last.
    nth: i8,
}

/// What a zone is called where its times are given.
pub(super) fn name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

/// Says what `zone` is, so that a calendar that does not know it reads every time of this visit right.
pub(super) fn write(lines: &mut Lines, zone: &TimeZone, start: Timestamp, end: Timestamp) {
    lines.add("BEGIN", "VTIMEZONE");
    lines.add("TZID", name(zone));
    for observance in observances(zone, start, end) {
        let component = if observance.is_summer { "DAYLIGHT" } else { "STANDARD" };
        lines.add("BEGIN", component);
        lines.add("DTSTART", observance.onset.strftime("%Y%m%dT%H%M%S"));
        lines.add("TZOFFSETFROM", Written(observance.from));
        lines.add("TZOFFSETTO", Written(observance.to));
        lines.text("TZNAME", &observance.name);
        if let Some(rule) = observance.rule {
            lines.add("RRULE", rule);
        }
        lines.add("END", component);
    }
    lines.add("END", "VTIMEZONE");
}

/// The two kinds of time that take turns, each since its rule holds. A zone without such rules: what held when the
/// visit starts, and what begins before it ends.
fn observances(zone: &TimeZone, start: Timestamp, end: Timestamp) -> Vec<Observance> {
    let instant = SignedDuration::from_nanos(1);
    let begun: Vec<_> = zone.preceding(start.saturating_add(instant).unwrap_or(start)).take(2).collect();
    let yearly: Option<Vec<_>> = begun.iter().map(|latest| Observance::yearly(zone, latest)).collect();
    match yearly {
        Some(both) if both.len() == 2 => both,
        _ => {
            let upcoming = zone.following(start).take_while(|next| next.timestamp() < end);
            let single = begun.into_iter().take(1).chain(upcoming);
            let all: Vec<_> = single.map(|one| Observance::single(zone, &one)).collect();
            if all.is_empty() { vec![Observance::always(zone, start)] } else { all }
        }
    }
}

impl Observance {
    fn single(zone: &TimeZone, transition: &TimeZoneTransition<'_>) -> Self {
        let (from, onset) = onset(zone, transition);
        Self {
            is_summer: transition.dst() == Dst::Yes,
            name: transition.abbreviation().to_owned(),
            onset,
            from,
            to: transition.offset(),
            rule: None,
        }
    }

    /// From the first year in which the rule of this transition held.
    fn yearly(zone: &TimeZone, latest: &TimeZoneTransition<'_>) -> Option<Self> {
        let single = Self::single(zone, latest);
        let is_same = |other: &TimeZoneTransition<'_>| {
            other.offset() == single.to && onset(zone, other).0 == single.from
        };
        let coming = zone.following(latest.timestamp()).filter(is_same).map(|next| onset(zone, &next).1);
        let coming: Vec<DateTime> = std::iter::once(single.onset).chain(coming.take(YEARS)).collect();
        let rule = Rule::of(&coming).filter(|_| coming.len() > YEARS)?;
        let before =
            zone.preceding(latest.timestamp()).filter(is_same).map(|earlier| onset(zone, &earlier).1);
        let years = (1..).map(|back| single.onset.year() - back);
        let kept = before.zip(years).take_while(|(earlier, year)| {
            earlier.year() == *year && rule.fits(*earlier) && earlier.time() == single.onset.time()
        });
        let first = kept.last().map_or(single.onset, |(earlier, _)| earlier);
        Some(Self { onset: first, rule: Some(rule), ..single })
    }

    /// For a zone that never changed.
    fn always(zone: &TimeZone, at: Timestamp) -> Self {
        let info = zone.to_offset_info(at);
        let (offset, name) = (info.offset(), info.abbreviation().to_owned());
        Self {
            is_summer: false,
            name,
            onset: DateTime::constant(1970, 1, 1, 0, 0, 0, 0),
            from: offset,
            to: offset,
            rule: None,
        }
    }
}

/// The offset before a transition, and what the clock said then.
fn onset(zone: &TimeZone, transition: &TimeZoneTransition<'_>) -> (Offset, DateTime) {
    let at = transition.timestamp();
    let before = at.saturating_sub(SignedDuration::from_nanos(1)).unwrap_or(at);
    let from = zone.to_offset(before);
    (from, from.to_datetime(at))
}

impl Rule {
    /// The rule that all of these keep to, one a year from the first.
    fn of(onsets: &[DateTime]) -> Option<Self> {
        let first = onsets.first()?;
        let nth = (first.day() - 1) / 7 + 1;
        let holds = |rule: &Self| {
            onsets.iter().zip(first.year()..).all(|(onset, year)| {
                onset.year() == year && onset.time() == first.time() && rule.fits(*onset)
            })
        };
        let of = |nth| Self { month: first.month(), weekday: first.weekday(), nth };
        [of(-1), of(nth)].into_iter().find(holds)
    }

    fn fits(self, at: DateTime) -> bool {
        let day = at.date().nth_weekday_of_month(self.nth, self.weekday);
        at.month() == self.month && day.is_ok_and(|day| day == at.date())
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weekday =
            ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][self.weekday.to_monday_zero_offset() as usize];
        write!(f, "FREQ=YEARLY;BYMONTH={};BYDAY={}{weekday}", self.month, self.nth)
    }
}

/// An offset as calendars write it, such as `+0100`.
struct Written(Offset);

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.seconds();
        let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
        write!(f, "{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60)?;
        if seconds % 60 == 0 { Ok(()) } else { write!(f, "{:02}", seconds % 60) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(zone: &str, start: &str) -> String {
        let zone = TimeZone::get(zone).unwrap();
        let start: Timestamp = start.parse().unwrap();
        let mut lines = Lines::default();
        write(&mut lines, &zone, start, start + SignedDuration::from_mins(20));
        lines.into_text().replace("\r\n", "\n")
    }

    #[test]
    fn amsterdam_has_its_two_rules_since_they_hold_whatever_the_season() {
        let amsterdam = "BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19810329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
";
        assert_eq!(written("Europe/Amsterdam", "2026-05-12T07:10:00Z"), amsterdam);
        let winter = written("Europe/Amsterdam", "2026-12-12T07:10:00Z");
        assert_eq!(winter.len(), amsterdam.len());
        assert!(winter.contains("DTSTART:19810329T020000") && winter.contains("DTSTART:19961027T030000"));
    }

    #[test]
    fn a_zone_of_the_kingdom_that_does_not_change_says_what_has_held_since() {
        let bonaire = written("America/Kralendijk", "2026-05-12T07:10:00Z");
        assert!(bonaire.contains("TZOFFSETTO:-0400") && !bonaire.contains("RRULE"), "{bonaire}");
        assert_eq!(bonaire.matches("BEGIN:STANDARD").count(), 1);
        let utc = written("UTC", "2026-05-12T07:10:00Z");
        assert!(utc.contains("TZID:UTC") && utc.contains("TZOFFSETTO:+0000"), "{utc}");
    }

    #[test]
    fn a_rule_that_counts_from_the_start_of_the_month_is_told_from_one_that_counts_from_its_end() {
        let new_york = written("America/New_York", "2026-05-12T07:10:00Z");
        assert!(new_york.contains("DTSTART:20070311T020000"), "{new_york}");
        assert!(new_york.contains("BYMONTH=3;BYDAY=2SU") && new_york.contains("BYMONTH=11;BYDAY=1SU"));
    }

    #[test]
    fn a_zone_without_a_yearly_rule_tells_only_what_this_visit_needs() {
        // The clock goes back for Ramadan there, which is no rule of the sun's year.
        let casablanca = written("Africa/Casablanca", "2026-02-15T01:50:00Z");
        assert!(!casablanca.contains("RRULE"), "{casablanca}");
        assert_eq!(casablanca.matches("TZOFFSETFROM").count(), 2, "{casablanca}");
    }
}
