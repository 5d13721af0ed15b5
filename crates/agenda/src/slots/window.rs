use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// The calendar days in which a patient can book, both included (C6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Window {
    /// From tomorrow up to and including the 28th day from today, on the practice's calendar (C6).
    #[must_use]
    pub fn booking(now: Timestamp, zone: &TimeZone) -> Self {
        let today = now.to_zoned(zone.clone()).date();
        Self { first: today.saturating_add(1.day()), last: today.saturating_add(28.days()) }
    }

    /// Whether the instant falls on one of the days.
    #[must_use]
    pub fn contains(&self, instant: Timestamp, zone: &TimeZone) -> bool {
        let date = instant.to_zoned(zone.clone()).date();
        self.first <= date && date <= self.last
    }

    /// The same days in windows of at most seven, in order (C7).
    #[must_use]
    pub fn weeks(&self) -> Vec<Self> {
        let mut weeks = Vec::new();
        let mut first = self.first;
        while first <= self.last {
            let last = first.saturating_add(6.days()).min(self.last);
            weeks.push(Self { first, last });
            match last.tomorrow() {
                Ok(next) => first = next,
                Err(_) => break,
            }
        }
        weeks
    }

    /// The first instant of the first day.
    #[must_use]
    pub fn start(&self, zone: &TimeZone) -> Timestamp {
        first_instant(self.first, zone).unwrap_or(Timestamp::MIN)
    }

    /// The first instant after the last day.
    #[must_use]
    pub fn end(&self, zone: &TimeZone) -> Timestamp {
        self.last.tomorrow().and_then(|after| first_instant(after, zone)).unwrap_or(Timestamp::MAX)
    }
}

/// Fails only at the edges of the calendar.
fn first_instant(date: Date, zone: &TimeZone) -> Result<Timestamp, jiff::Error> {
    Ok(date.to_zoned(zone.clone())?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::super::examples::{amsterdam, time};
    use super::*;
    use jiff::civil::date;

    #[test]
    fn c6_from_tomorrow_to_the_twenty_eighth_day_on_the_practices_calendar() {
        let window = |now: &str| Window::booking(time(now), &amsterdam());
        let from_the_sixth = Window { first: date(2026, 5, 7), last: date(2026, 6, 3) };
        assert_eq!(window("2026-05-06T12:00:00Z"), from_the_sixth);
        assert_eq!(window("2026-05-06T21:59:59Z"), from_the_sixth);
        assert_eq!(window("2026-05-06T22:00:00Z").first, date(2026, 5, 8));
    }

    #[test]
    fn c6_the_first_and_the_last_day_are_whole_when_the_clock_changes() {
        // Summer time begins in the night of 29 March: that day has 23 hours.
        let spring = Window { first: date(2026, 3, 29), last: date(2026, 3, 29) };
        assert_eq!(spring.start(&amsterdam()), time("2026-03-28T23:00:00Z"));
        assert_eq!(spring.end(&amsterdam()), time("2026-03-29T22:00:00Z"));
        // It ends in the night of 25 October: that day has 25.
        let autumn = Window { first: date(2026, 10, 25), last: date(2026, 10, 25) };
        assert_eq!(autumn.start(&amsterdam()), time("2026-10-24T22:00:00Z"));
        assert_eq!(autumn.end(&amsterdam()), time("2026-10-25T23:00:00Z"));
        assert!(autumn.contains(time("2026-10-25T22:59:59Z"), &amsterdam()));
        assert!(!autumn.contains(time("2026-10-25T23:00:00Z"), &amsterdam()));
    }

    #[test]
    fn c6_the_window_counts_days_and_not_hours() {
        let before = Window::booking(time("2026-03-28T22:30:00Z"), &amsterdam());
        assert_eq!((before.first, before.last), (date(2026, 3, 29), date(2026, 4, 25)));
        let after = Window::booking(time("2026-10-24T22:30:00Z"), &amsterdam());
        assert_eq!((after.first, after.last), (date(2026, 10, 26), date(2026, 11, 22)));
    }

    #[test]
    fn c7_weeks_are_at_most_seven_days_and_leave_none_out() {
        let booking = Window { first: date(2026, 5, 7), last: date(2026, 6, 3) };
        let weeks = booking.weeks();
        assert_eq!(weeks.len(), 4);
        assert_eq!(weeks[0], Window { first: date(2026, 5, 7), last: date(2026, 5, 13) });
        assert_eq!(weeks[3], Window { first: date(2026, 5, 28), last: date(2026, 6, 3) });
        let nine_days = Window { first: date(2026, 5, 7), last: date(2026, 5, 15) };
        assert_eq!(nine_days.weeks()[1], Window { first: date(2026, 5, 14), last: date(2026, 5, 15) });
        let last_of_all = Window { first: Date::MAX, last: Date::MAX };
        assert_eq!(last_of_all.weeks(), [last_of_all]);
    }
}
