use agenda::Window;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use proptest::{prelude::*, sample::select};

use crate::strategies::time;

/// Zones whose clocks change at night, at midnight, by half an hour, and never.
fn zones() -> impl Strategy<Value = TimeZone> {
    let names = ["Europe/Amsterdam", "America/Havana", "Africa/Cairo", "Australia/Lord_Howe", "UTC"];
    select(names.to_vec()).prop_map(|name| TimeZone::get(name).unwrap())
}

/// Any minute of two years.
fn instants() -> impl Strategy<Value = Timestamp> {
    (0_i64..2 * 366 * 24 * 60)
        .prop_map(|minutes| time("2026-01-01T00:00:00Z") + SignedDuration::from_mins(minutes))
}

fn dates(window: Window) -> Vec<Date> {
    window.first.series(jiff::ToSpan::day(1)).take_while(|date| *date <= window.last).collect()
}

proptest! {
    #[test]
    fn c6_the_window_holds_twenty_eight_days_from_tomorrow(now in instants(), zone in zones()) {
        let window = Window::booking(now, &zone);
        prop_assert_eq!(window.first, now.to_zoned(zone).date().tomorrow().unwrap());
        prop_assert_eq!(dates(window).len(), 28);
    }

    #[test]
    fn c6_an_instant_is_in_the_window_exactly_between_its_start_and_end(
        now in instants(),
        minutes in 0_i64..30 * 24 * 60,
        zone in zones(),
    ) {
        let window = Window::booking(now, &zone);
        let instant = now + SignedDuration::from_mins(minutes);
        let between = window.start(&zone) <= instant && instant < window.end(&zone);
        prop_assert_eq!(window.contains(instant, &zone), between);
        let just_before = SignedDuration::from_micros(-1);
        prop_assert!(window.contains(window.start(&zone), &zone));
        prop_assert!(!window.contains(window.start(&zone) + just_before, &zone));
        prop_assert!(window.contains(window.end(&zone) + just_before, &zone));
        prop_assert!(!window.contains(window.end(&zone), &zone));
    }

    #[test]
    fn c7_the_weeks_hold_each_day_once(now in instants(), zone in zones()) {
        let window = Window::booking(now, &zone);
        let weeks = window.weeks();
        prop_assert!(weeks.iter().all(|week| dates(*week).len() <= 7));
        prop_assert_eq!(weeks.into_iter().flat_map(dates).collect::<Vec<_>>(), dates(window));
    }
}
