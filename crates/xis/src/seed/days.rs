//! What a working day of the demonstration looks like.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time, Weekday, time},
};

use super::{dice::throw, roster::PEOPLE_COUNT};
use crate::{practice::Practice, tables::slots::Slot};

/// A stretch of the day that is offered for one type, in turns of so many minutes.
struct Stretch {
    from: Time,
    until: Time,
    minutes: i64,
    category: &'static str,
}

/// Single and double consults share the early morning: whoever is first has it.
const PLAN: [Stretch; 5] = [
    Stretch { from: time(8, 0, 0, 0), until: time(10, 0, 0, 0), minutes: 10, category: "consult" },
    Stretch { from: time(8, 0, 0, 0), until: time(10, 0, 0, 0), minutes: 20, category: "dubbel" },
    Stretch { from: time(10, 30, 0, 0), until: time(11, 30, 0, 0), minutes: 10, category: "video" },
    Stretch { from: time(13, 0, 0, 0), until: time(14, 30, 0, 0), minutes: 10, category: "consult" },
    Stretch { from: time(15, 0, 0, 0), until: time(16, 20, 0, 0), minutes: 20, category: "visite" },
];
/// The stretches in which the practice's own patients have appointments: no two of these overlap.
const TAKEN_IN: [usize; 4] = [0, 2, 3, 4];
/// One in so many of those times is taken.
const ONE_IN: usize = 9;

/// A time that one of the practice's own patients has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) id: String,
    pub(super) category: String,
    /// Which of them.
    pub(super) patient: usize,
    pub(super) starts_at: Timestamp,
    pub(super) ends_at: Timestamp,
}

/// Today and the days ahead, without weekends.
pub(super) fn working_days(today: Date, days_ahead: u16) -> impl Iterator<Item = Date> {
    let is_weekend = |day: &Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    today
        .series(jiff::Span::new().days(1))
        .take(usize::from(days_ahead) + 1)
        .filter(move |day| !is_weekend(day))
}

/// Everything that the schedule offers on this day.
pub(super) fn slots(practice: &Practice, schedule: &str, day: Date) -> Vec<(Date, Slot)> {
    let slot = |stretch: &Stretch, start: Time| {
        let (starts_at, ends_at) = times(practice, day, start, stretch.minutes)?;
        let id = format!("{schedule}-{}-{}", written(day, start), stretch.category);
        let category = stretch.category.to_owned();
        Some((day, Slot { id, schedule: schedule.to_owned(), category, starts_at, ends_at }))
    };
    PLAN.iter().flat_map(|stretch| turns(stretch).filter_map(move |start| slot(stretch, start))).collect()
}

/// What is taken of it by the practice's own patients.
pub(super) fn taken(practice: &Practice, schedule: &str, day: Date, seed: u64) -> Vec<Taken> {
    let stretches = TAKEN_IN.iter().filter_map(|place| PLAN.get(*place));
    let all = stretches.flat_map(|stretch| turns(stretch).map(move |start| (stretch, start)));
    all.filter_map(|(stretch, start)| {
        let id = format!("{schedule}-{}", written(day, start));
        let (starts_at, ends_at) = times(practice, day, start, stretch.minutes)?;
        let is_taken = throw(seed, &id, ONE_IN) == 0;
        let patient = throw(seed.wrapping_add(1), &id, PEOPLE_COUNT);
        is_taken.then(|| Taken { id, category: stretch.category.to_owned(), patient, starts_at, ends_at })
    })
    .collect()
}

fn turns(stretch: &Stretch) -> impl Iterator<Item = Time> {
    let last = stretch.until;
    stretch.from.series(jiff::Span::new().minutes(stretch.minutes)).take_while(move |start| *start < last)
}

fn times(practice: &Practice, day: Date, start: Time, minutes: i64) -> Option<(Timestamp, Timestamp)> {
    let starts_at = day.to_datetime(start).to_zoned(practice.zone.clone()).ok()?.timestamp();
    Some((starts_at, starts_at.checked_add(SignedDuration::from_mins(minutes)).ok()?))
}

fn written(day: Date, start: Time) -> String {
    format!("{}-{}", day.strftime("%Y%m%d"), start.strftime("%H%M"))
}
