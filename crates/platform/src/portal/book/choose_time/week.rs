//! The days of a week, and what is near a time that is gone.

use agenda::{Slot, Window};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use jiff::Timestamp;
use store::Language;

use super::{Agenda, AtPractice, Summary, address};
use crate::{
    portal::{answer, shell::Shell, times_said},
    when,
    words::say,
};

/// How many alternatives are offered for a time that is gone.
const ALTERNATIVES: usize = 3;

#[derive(Template)]
#[template(path = "portal/book/day.html")]
struct WeekPage {
    shell: Shell,
    summary: Summary,
    /// The first free time of all, and where choosing it goes.
    first: Option<First>,
    near: Option<Near>,
    days: Vec<DayChoice>,
    /// "maandag 11 mei tot en met zondag 17 mei".
    week: Option<String>,
    earlier: Option<String>,
    later: Option<String>,
    times_said: String,
}

struct First {
    action: String,
    slot: String,
    said: String,
}

/// What is offered instead of a time that is gone.
struct Near {
    action: String,
    times: Vec<NearTime>,
    all_days: String,
    unanswered: bool,
}

struct NearTime {
    slot: String,
    said: String,
}

struct DayChoice {
    name: String,
    free: String,
    link: String,
}

/// Which week is shown.
pub(super) struct View<'a> {
    pub(super) number: usize,
    /// All weeks.
    pub(super) window: Window,
    pub(super) slots: &'a [Slot],
    /// Whether nothing is free before it.
    pub(super) is_first: bool,
}

pub(super) fn page(at: &AtPractice, agenda: &Agenda, view: &View<'_>) -> Response {
    let (language, weeks) = (at.reader.language(), view.window.weeks());
    let near_week = |number: usize| (number < weeks.len()).then(|| address::week(&agenda.address, number));
    let page = WeekPage {
        first: view.slots.first().filter(|_| view.is_first).map(|slot| first(agenda, slot, language)),
        week: weeks.get(view.number).map(|week| days_said(week, language)),
        earlier: view.number.checked_sub(1).and_then(near_week),
        later: near_week(view.number + 1),
        ..WeekPage::of_days(at, agenda, view.slots)
    };
    answer::page(StatusCode::OK, &page)
}

/// Nothing is free in any week.
pub(super) fn nothing_free(at: &AtPractice, agenda: &Agenda) -> Response {
    let page = WeekPage::of_days(at, agenda, &[]);
    answer::page(StatusCode::OK, &page)
}

/// The wanted time is gone: the nearest instead.
pub(super) fn near(
    at: &AtPractice,
    agenda: &Agenda,
    wanted: Timestamp,
    slots: &[Slot],
    unanswered: bool,
) -> Response {
    let language = at.reader.language();
    let times = agenda::nearest(slots, wanted, ALTERNATIVES);
    let said =
        |slot: &&Slot| NearTime { slot: slot.id.to_string(), said: moment_said(agenda, slot, language) };
    let page = WeekPage {
        near: Some(Near {
            action: address::gone(&agenda.address, wanted),
            times: times.iter().map(said).collect(),
            all_days: agenda.address.clone(),
            unanswered,
        }),
        days: Vec::new(),
        ..WeekPage::of_days(at, agenda, slots)
    };
    answer::page(StatusCode::OK, &page)
}

impl WeekPage {
    /// Whether nothing is free in any week.
    fn nothing_at_all(&self) -> bool {
        self.days.is_empty() && self.week.is_none()
    }

    /// With nothing but the days on which something is free.
    fn of_days(at: &AtPractice, agenda: &Agenda, slots: &[Slot]) -> Self {
        let (shell, language) = (at.shell(), at.reader.language());
        let choice = |day: agenda::Day<'_>| DayChoice {
            name: when::day(language, day.date),
            free: say(language, "book-free", &[("count", day.slots.len().into())]),
            link: address::day(&agenda.address, day.date),
        };
        Self {
            summary: agenda.summary(at, slots),
            first: None,
            near: None,
            days: agenda::days(slots, &agenda.zone).into_iter().map(choice).collect(),
            week: None,
            earlier: None,
            later: None,
            times_said: times_said(&shell, Some(&agenda.zone)),
            shell,
        }
    }
}

fn first(agenda: &Agenda, slot: &Slot, language: Language) -> First {
    First {
        action: agenda.day(slot.start),
        slot: slot.id.to_string(),
        said: moment_said(agenda, slot, language),
    }
}

/// "dinsdag 12 mei, 09:10 uur".
fn moment_said(agenda: &Agenda, slot: &Slot, language: Language) -> String {
    let day = when::day(language, when::date(slot.start, &agenda.zone));
    format!("{day}, {}", when::clock(language, slot.start, &agenda.zone))
}

fn days_said(week: &Window, language: Language) -> String {
    let (first, last) = (when::day(language, week.first), when::day(language, week.last));
    say(language, "book-week", &[("first", first.into()), ("last", last.into())])
}
