use agenda::Window;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;

use super::address;

/// What stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::portal::book) struct Asked {
    #[serde(rename = "type")]
    pub(super) category: Option<String>,
    /// The id of the schedule.
    agenda: Option<String>,
    /// Whether any agenda will do.
    anyone: Option<String>,
    week: Option<String>,
    day: Option<String>,
    gone: Option<String>,
    unanswered: Option<String>,
}

/// In which agenda a time is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum With<'a> {
    /// The schedule with this id.
    Schedule(&'a str),
    Anyone,
}

/// Which times to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Those of a week, counted from 0.
    Week(usize),
    /// Those of a day.
    Day(Date),
    /// Those near a time that is gone.
    Near(Timestamp),
}

impl Asked {
    /// What cannot be read, or lies outside the window, is as good as not asked: the first that are free are shown.
    pub(super) fn wish(&self, window: &Window) -> Option<Wish> {
        let near = || parsed(&self.gone).map(Wish::Near);
        let day =
            || parsed(&self.day).filter(|day| window.first <= *day && *day <= window.last).map(Wish::Day);
        let week = || parsed(&self.week).filter(|week| *week < window.weeks().len()).map(Wish::Week);
        near().or_else(day).or_else(week)
    }

    /// `None` when neither is said.
    pub(super) fn with(&self) -> Option<With<'_>> {
        let anyone = self.anyone.as_ref().map(|_| With::Anyone);
        anyone.or_else(|| self.agenda.as_deref().map(With::Schedule))
    }

    /// Whether the form was sent without a choice.
    pub(super) fn is_unanswered(&self) -> bool {
        self.unanswered.is_some()
    }
}

fn parsed<T: std::str::FromStr>(text: &Option<String>) -> Option<T> {
    text.as_deref()?.parse().ok()
}

impl Wish {
    /// The days that must be asked for: a week of seven, or all of them for what is near.
    pub(super) fn searched(self, window: &Window) -> Window {
        let weeks = window.weeks();
        let week = match self {
            Self::Week(number) => weeks.get(number),
            Self::Day(day) => weeks.iter().find(|week| week.first <= day && day <= week.last),
            Self::Near(_) => None,
        };
        week.copied().unwrap_or(*window)
    }

    /// The same page, which will say that nothing was chosen.
    pub(super) fn unanswered(self, times: &str) -> String {
        let page = match self {
            Self::Week(number) => address::week(times, number),
            Self::Day(day) => address::day(times, day),
            Self::Near(wanted) => address::gone(times, wanted),
        };
        format!("{page}&unanswered=1")
    }

    /// The time that the page is about, as near as it can be told.
    pub(super) fn about(self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Near(wanted) => Some(wanted),
            Self::Day(day) => Some(day.at(12, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp()),
            Self::Week(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn asked(field: fn(&mut Asked) -> &mut Option<String>, value: &str) -> Option<Wish> {
        let mut asked = Asked::default();
        *field(&mut asked) = Some(value.to_owned());
        asked.wish(&Window { first: date(2026, 5, 7), last: date(2026, 6, 3) })
    }

    #[test]
    fn a_week_a_day_or_a_time_that_can_be_read_is_shown() {
        assert_eq!(asked(|asked| &mut asked.week, "3"), Some(Wish::Week(3)));
        assert_eq!(asked(|asked| &mut asked.day, "2026-05-12"), Some(Wish::Day(date(2026, 5, 12))));
        let wanted = "2026-05-12T07:10:00Z";
        assert_eq!(asked(|asked| &mut asked.gone, wanted), Some(Wish::Near(wanted.parse().unwrap())));
    }

    #[test]
    fn c7_a_day_and_a_week_ask_for_seven_days_and_what_is_near_for_all() {
        let all = Window { first: date(2026, 5, 7), last: date(2026, 6, 3) };
        let second = Window { first: date(2026, 5, 14), last: date(2026, 5, 20) };
        assert_eq!(Wish::Week(1).searched(&all), second);
        assert_eq!(Wish::Day(date(2026, 5, 20)).searched(&all), second);
        assert_eq!(Wish::Near("2026-05-12T07:10:00Z".parse().unwrap()).searched(&all), all);
    }

    #[test]
    fn anything_else_shows_the_first_that_is_free() {
        for week in ["4", "-1", "x", ""] {
            assert_eq!(asked(|asked| &mut asked.week, week), None, "{week}");
        }
        for day in ["2026-05-06", "2026-06-04", "2026-05-32", "today"] {
            assert_eq!(asked(|asked| &mut asked.day, day), None, "{day}");
        }
    }
}
