use jiff::{SignedDuration, Timestamp, ToSpan as _, Zoned, civil::Time, tz::TimeZone};

/// Nobody is reminded before this time of the day.
const FROM: Time = Time::constant(8, 0, 0, 0);
/// Nor after this one.
const UNTIL: Time = Time::constant(21, 0, 0, 0);

const MINUTES_A_DAY: u32 = 24 * 60;

/// When to remind of a visit that starts at `start`: `before_minutes` ahead, between eight in the morning and nine in
/// the evening of the practice's day. `None` when that time has passed: who books later than that needs no reminder.
///
/// Whole days are counted by the calendar: a day before ten o'clock is ten o'clock, also over a night in which the
/// clock changes.
pub(super) fn remind_at(
    start: Timestamp,
    zone: &TimeZone,
    before_minutes: Option<u32>,
    now: Timestamp,
) -> Option<Timestamp> {
    let start = start.to_zoned(zone.clone());
    let planned = by_day(&before(&start, before_minutes?)?)?;
    let planned = if planned < start { planned } else { evening_before(&start)? };
    Some(planned.timestamp()).filter(|planned| *planned > now)
}

fn before(start: &Zoned, minutes: u32) -> Option<Zoned> {
    if minutes.is_multiple_of(MINUTES_A_DAY) {
        start.checked_sub(i64::from(minutes / MINUTES_A_DAY).days()).ok()
    } else {
        start.checked_sub(SignedDuration::from_mins(minutes.into())).ok()
    }
}

/// The nearest time of the same date at which a patient may be disturbed.
fn by_day(planned: &Zoned) -> Option<Zoned> {
    planned.with().time(planned.time().clamp(FROM, UNTIL)).build().ok()
}

/// For a visit so early that its own day has no time left for a reminder.
fn evening_before(start: &Zoned) -> Option<Zoned> {
    start.yesterday().ok()?.with().time(UNTIL).build().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: Option<u32> = Some(MINUTES_A_DAY);

    fn amsterdam() -> TimeZone {
        TimeZone::get("Europe/Amsterdam").unwrap()
    }

    fn at(local: &str) -> Timestamp {
        let local: jiff::civil::DateTime = local.parse().unwrap();
        local.to_zoned(amsterdam()).unwrap().timestamp()
    }

    /// When a visit at this time is reminded of, in Dutch time, when it was booked long before.
    fn planned(start: &str, before_minutes: Option<u32>) -> Option<String> {
        let planned = remind_at(at(start), &amsterdam(), before_minutes, at("2026-01-01T00:00"))?;
        Some(planned.to_zoned(amsterdam()).strftime("%Y-%m-%dT%H:%M").to_string())
    }

    #[test]
    fn a_day_before_at_the_same_time_also_over_the_nights_in_which_the_clock_changes() {
        for (start, reminder) in [
            ("2026-05-12T10:00", "2026-05-11T10:00"),
            // The clock goes forward in the night to 29 March, and back in the night to 25 October.
            ("2026-03-29T10:00", "2026-03-28T10:00"),
            ("2026-03-30T10:00", "2026-03-29T10:00"),
            ("2026-10-25T10:00", "2026-10-24T10:00"),
            ("2026-10-26T10:00", "2026-10-25T10:00"),
        ] {
            assert_eq!(planned(start, DAY).as_deref(), Some(reminder), "{start}");
        }
    }

    #[test]
    fn nobody_is_disturbed_at_night() {
        for (start, before, reminder) in [
            ("2026-05-12T07:30", DAY, "2026-05-11T08:00"),
            ("2026-05-12T22:00", DAY, "2026-05-11T21:00"),
            ("2026-05-12T08:30", Some(120), "2026-05-12T08:00"),
            // Its own day has no time left.
            ("2026-05-12T08:00", Some(120), "2026-05-11T21:00"),
            ("2026-05-12T07:30", Some(120), "2026-05-11T21:00"),
            ("2026-05-12T14:00", Some(120), "2026-05-12T12:00"),
            ("2026-05-12T10:00", Some(2 * MINUTES_A_DAY), "2026-05-10T10:00"),
        ] {
            assert_eq!(planned(start, before).as_deref(), Some(reminder), "{start}");
        }
    }

    #[test]
    fn who_books_later_or_wants_none_is_not_reminded() {
        let start = at("2026-05-12T10:00");
        let booked = |now: &str| remind_at(start, &amsterdam(), DAY, at(now));
        assert!(booked("2026-05-11T09:59").is_some());
        assert!(booked("2026-05-11T10:00").is_none());
        assert!(remind_at(start, &amsterdam(), None, at("2026-01-01T00:00")).is_none());
    }

    proptest! {
        #[test]
        fn a_reminder_comes_before_the_visit_by_day_and_after_the_booking(
            start_minute in 0_i64..600_000,
            lead_minute in 0_i64..100_000,
            before in prop_oneof![Just(120), Just(MINUTES_A_DAY), Just(2 * MINUTES_A_DAY), 1_u32..10_000],
        ) {
            let start = at("2026-01-01T00:00") + SignedDuration::from_mins(start_minute);
            let booked = start - SignedDuration::from_mins(lead_minute);
            if let Some(planned) = remind_at(start, &amsterdam(), Some(before), booked) {
                prop_assert!(booked < planned && planned < start);
                let time = planned.to_zoned(amsterdam()).time();
                prop_assert!((FROM..=UNTIL).contains(&time), "{time}");
            }
        }
    }
}
