use agenda::Content;
use jiff::tz::TimeZone;
use store::{Language, Stored};

use crate::{when, words::say};

/// What the last change replaced, to be read beside what is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::portal) struct Changes {
    /// The time that was, with its day where that was another.
    pub(in crate::portal) time: Option<String>,
    /// "Was bij dokter Jansen.", and what else was different, one sentence each.
    pub(in crate::portal) said: Vec<String>,
}

impl Changes {
    pub(super) fn of(stored: &Stored, zone: &TimeZone, language: Language) -> Self {
        let before = stored.news.as_ref().and_then(|news| news.before.as_ref());
        // What was before is of no use once it is off.
        let stands = !matches!(
            stored.appointment.state,
            agenda::State::Cancelled { .. } | agenda::State::Declined { .. } | agenda::State::Failed { .. }
        );
        match before.filter(|_| stands) {
            Some(before) => Self::between(before, &stored.appointment.content, zone, language),
            None => Self::default(),
        }
    }

    fn between(before: &Content, now: &Content, zone: &TimeZone, language: Language) -> Self {
        let time = (before.start != now.start).then(|| moment(before, now, zone, language));
        let duration = |content: &Content| when::duration_minutes(language, content.start, content.end);
        let differing = [
            ("card-was-with", before.practitioner_display(), now.practitioner_display()),
            ("card-was", before.category_display(), now.category_display()),
            ("card-was", Some(&*duration(before)), Some(&*duration(now))),
        ]
        .into_iter()
        .filter(|(_, before, now)| before != now)
        .filter_map(|(key, before, _)| Some(say(language, key, &[("before", before?.into())])))
        .collect();
        Self { time, said: differing }
    }
}

fn moment(before: &Content, now: &Content, zone: &TimeZone, language: Language) -> String {
    let (day, time) = (when::date(before.start, zone), when::time(language, before.start, zone));
    if day == when::date(now.start, zone) { time } else { format!("{} {time}", when::day(language, day)) }
}
