//! The times of one day.

use agenda::{Day, PartOfDay, Slot};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::{civil::Date, tz::TimeZone};
use store::Language;

use super::{Agenda, AtPractice, Summary, address};
use crate::{
    portal::{answer, shell::Shell, times_said},
    when,
    words::say,
};

#[derive(Template)]
#[template(path = "portal/book/time.html")]
struct DayPage {
    shell: Shell,
    summary: Summary,
    title: String,
    parts: Vec<Part>,
    /// Whether the form was sent without a time.
    unanswered: bool,
    /// How long the visit takes, where all times are as long.
    duration: Option<String>,
    /// Where the form goes.
    action: String,
    other_day: String,
    times_said: String,
}

/// The times of a part of the day.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    name: String,
    times: Vec<Time>,
}

#[derive(Debug, PartialEq, Eq)]
struct Time {
    slot: String,
    said: String,
}

pub(super) fn page(
    at: &AtPractice,
    agenda: &Agenda,
    date: Date,
    slots: &[Slot],
    unanswered: bool,
) -> Response {
    let days = agenda::days(slots, &agenda.zone);
    let Some(day) = days.iter().find(|day| day.date == date) else {
        // Everything on this day is gone: the other days are of more use than an empty page.
        return Redirect::to(&agenda.address).into_response();
    };
    let (shell, language) = (at.shell(), at.reader.language());
    let view = DayPage {
        title: say(language, "book-time-title", &[("day", when::day(language, date).into())]),
        parts: parts(day, &agenda.zone, language),
        unanswered,
        duration: common_duration(&day.slots, language),
        action: address::day(&agenda.address, date),
        other_day: agenda.address.clone(),
        times_said: times_said(&shell, Some(&agenda.zone)),
        summary: agenda.summary(at, slots),
        shell,
    };
    answer::page(StatusCode::OK, &view)
}

fn parts(day: &Day<'_>, zone: &TimeZone, language: Language) -> Vec<Part> {
    let differs = common_duration(&day.slots, language).is_none();
    let part = |(part, slots): (PartOfDay, Vec<&Slot>)| Part {
        name: say(language, part_key(part), &[]),
        times: slots.into_iter().map(|slot| time(slot, zone, language, differs)).collect(),
    };
    day.parts(zone).into_iter().map(part).collect()
}

fn part_key(part: PartOfDay) -> &'static str {
    match part {
        PartOfDay::Morning => "book-morning",
        PartOfDay::Afternoon => "book-afternoon",
        PartOfDay::Evening => "book-evening",
    }
}

fn time(slot: &Slot, zone: &TimeZone, language: Language, with_duration: bool) -> Time {
    let clock = when::time(language, slot.start, zone);
    let duration = with_duration.then(|| when::duration_minutes(language, slot.start, slot.end));
    let said = duration.map_or(clock.clone(), |duration| format!("{clock} · {duration}"));
    Time { slot: slot.id.to_string(), said }
}

/// "10 minuten", if all slots are as long.
pub(super) fn common_duration(slots: &[&Slot], language: Language) -> Option<String> {
    let length = |slot: &Slot| slot.end.duration_since(slot.start);
    let first = slots.first()?;
    let same = slots.iter().all(|slot| length(slot) == length(first));
    same.then(|| when::duration_minutes(language, first.start, first.end))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use agenda::Hours;
    use jiff::{SignedDuration, Timestamp};

    use super::*;

    fn slot(start: &str, minutes: i64) -> Slot {
        let start: Timestamp = start.parse().unwrap();
        Slot {
            id: start.to_string().into(),
            start,
            end: start + SignedDuration::from_mins(minutes),
            free: true,
            hours: Arc::new(Hours { schedule: "1".to_owned(), ..Hours::default() }),
        }
    }

    fn said(slots: &[Slot]) -> Vec<(String, Vec<String>)> {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        let days = agenda::days(slots, &zone);
        let parts = parts(&days[0], &zone, Language::Dutch).into_iter();
        parts.map(|part| (part.name, part.times.into_iter().map(|time| time.said).collect())).collect()
    }

    #[test]
    fn times_stand_under_their_part_of_the_day_on_the_practices_clock() {
        let slots = [slot("2026-05-12T07:10:00Z", 10), slot("2026-05-12T10:00:00Z", 10)];
        let expected = [("Ochtend", "09:10"), ("Middag", "12:00")];
        assert_eq!(said(&slots), expected.map(|(part, time)| (part.to_owned(), vec![time.to_owned()])));
    }

    #[test]
    fn how_long_it_takes_is_said_at_each_time_only_where_it_differs() {
        let slots = [slot("2026-05-12T07:10:00Z", 10), slot("2026-05-12T07:20:00Z", 20)];
        let times = vec!["09:10 · 10 minuten".to_owned(), "09:20 · 20 minuten".to_owned()];
        assert_eq!(said(&slots), [("Ochtend".to_owned(), times)]);
    }
}
