use agenda::Kind;
use jiff::{Timestamp, tz::TimeZone};
use store::{Language, Practice};

use super::{super::telling::Telling, frame::one_line};
use crate::{when, words::say};

/// When and where, in words.
pub(super) struct Visit {
    /// The one time that the subject names: as it is, or, once cancelled, as the patient knew it.
    pub(super) at: String,
    /// Whether the patient knew another time.
    pub(super) moved: bool,
    pub(super) rows: Vec<Row>,
}

/// One fact with its name.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) tone: Tone,
}

/// How much a fact matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// What the patient must not miss.
    Main,
    Plain,
    /// What holds no more.
    Over,
}

impl Visit {
    /// `named` is the practice, where the mail may name it.
    pub(super) fn new(
        telling: &Telling,
        language: Language,
        zone: &TimeZone,
        named: Option<&Practice>,
    ) -> Self {
        let row = |key, value, tone| Row { label: say(language, key, &[]), value, tone };
        let time = |at| when::date_and_time(language, at, zone);
        let mut rows: Vec<Row> =
            times(telling).into_iter().map(|(key, at, tone)| row(key, time(at), tone)).collect();
        if let Some(practice) = named {
            rows.push(row("mail-where", place(practice), Tone::Plain));
            let phone = practice.settings.phone.as_deref();
            rows.extend(phone.map(|phone| row("mail-phone", one_line(phone), Tone::Plain)));
        }
        let at = match telling.kind {
            Kind::CancelledByPractice => telling.was.unwrap_or(telling.at),
            Kind::New | Kind::Confirmed | Kind::Declined | Kind::Modified | Kind::PlannedAgain => telling.at,
        };
        Self { at: time(at), moved: telling.was.is_some(), rows }
    }
}

/// The times that a mail shows, each with the key of its name.
fn times(telling: &Telling) -> Vec<(&'static str, Timestamp, Tone)> {
    let Telling { kind, at, was } = *telling;
    let replaced =
        |was_called, was, at_called| vec![(was_called, was, Tone::Over), (at_called, at, Tone::Main)];
    match (kind, was) {
        // Whichever of the two the patient heard of: neither holds.
        (Kind::CancelledByPractice, Some(was)) => {
            vec![("mail-not-on", was, Tone::Over), ("mail-nor-on", at, Tone::Over)]
        }
        (Kind::CancelledByPractice, None) => vec![("mail-when", at, Tone::Over)],
        (Kind::Declined, _) => vec![("mail-asked", at, Tone::Over)],
        (Kind::Confirmed, Some(was)) => replaced("mail-asked", was, "mail-becomes"),
        (Kind::New | Kind::Modified | Kind::PlannedAgain, Some(was)) => {
            replaced("mail-was", was, "mail-becomes")
        }
        (Kind::New | Kind::Confirmed | Kind::Modified | Kind::PlannedAgain, None) => {
            vec![("mail-when", at, Tone::Main)]
        }
    }
}

fn place(practice: &Practice) -> String {
    let settings = &practice.settings;
    let parts = [Some(&practice.name), settings.address.as_ref(), settings.city.as_ref()];
    parts.into_iter().flatten().map(|part| one_line(part)).collect::<Vec<_>>().join(", ")
}
