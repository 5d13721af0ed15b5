use agenda::Kind;
use jiff::{Timestamp, tz::TimeZone};
use store::{Language, Practice};

use super::{
    super::telling::{Beside, Telling},
    Detail,
    frame::{one_line, place},
};
use crate::{when, words::say};

/// When and where, in words.
#[derive(Debug)]
pub(super) struct Visit {
    /// The one time that the subject names: as it is, or, once cancelled, as the patient knew it.
    pub(super) at: String,
    /// Whether the patient knew another time.
    pub(super) moved: bool,
    /// What to know of the visit whose place it was to take, where that one stands: the key of its words.
    pub(super) note: Option<&'static str>,
    pub(super) rows: Vec<Row>,
}

/// What a mail says of a message that waits: when it came, where the level allows that.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) rows: Vec<Row>,
    /// Whether it says from whom.
    pub(super) is_named: bool,
    /// There is nothing more to know.
    pub(super) note: Option<&'static str>,
}

/// One fact with its name.
#[derive(Debug)]
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
            Kind::CancelledByPractice | Kind::CancelledByPatient => telling.was.unwrap_or(telling.at),
            Kind::New
            | Kind::Confirmed
            | Kind::Declined
            | Kind::Modified
            | Kind::PlannedAgain
            | Kind::Rescheduled
            | Kind::Reminder => telling.at,
        };
        let note = telling.beside.map(|beside| of_beside(telling.kind, beside));
        Self { at: time(at), moved: telling.was.is_some(), note, rows }
    }
}

impl Received {
    pub(super) fn new(detail: Detail, at: Timestamp, language: Language, zone: &TimeZone) -> Self {
        let label = say(language, "mail-received", &[]);
        let row = Row { label, value: when::date_and_time(language, at, zone), tone: Tone::Plain };
        let rows = if detail == Detail::News { Vec::new() } else { vec![row] };
        Self { rows, is_named: detail == Detail::Place, note: None }
    }
}

/// The times that a mail shows, each with the key of its name.
fn times(telling: &Telling) -> Vec<(&'static str, Timestamp, Tone)> {
    let Telling { kind, at, was, .. } = *telling;
    let replaced =
        |was_called, was, at_called| vec![(was_called, was, Tone::Over), (at_called, at, Tone::Main)];
    match (kind, was) {
        // Whichever of the two the patient heard of: neither holds.
        (Kind::CancelledByPractice | Kind::CancelledByPatient, Some(was)) => {
            vec![("mail-not-on", was, Tone::Over), ("mail-nor-on", at, Tone::Over)]
        }
        (Kind::CancelledByPractice | Kind::CancelledByPatient, None) => vec![("mail-when", at, Tone::Over)],
        (Kind::Declined, _) => vec![("mail-asked", at, Tone::Over)],
        (Kind::Confirmed, Some(was)) => replaced("mail-asked", was, "mail-becomes"),
        (Kind::New | Kind::Modified | Kind::PlannedAgain | Kind::Rescheduled, Some(was)) => {
            replaced("mail-was", was, "mail-becomes")
        }
        (Kind::Rescheduled, None) => vec![("mail-beside-new", at, Tone::Main)],
        (Kind::New | Kind::Confirmed | Kind::Modified | Kind::PlannedAgain, None) | (Kind::Reminder, _) => {
            vec![("mail-when", at, Tone::Main)]
        }
    }
}

/// What follows for the patient from a visit that stands beside.
fn of_beside(kind: Kind, beside: Beside) -> &'static str {
    match (kind, beside) {
        // There is no other one any more, and this one is as good as ever.
        (Kind::Declined | Kind::CancelledByPractice | Kind::CancelledByPatient, _) => "mail-beside-stands",
        (_, Beside::Stands) => "mail-beside-both",
        (_, Beside::BeingCancelled) => "mail-beside-waits",
        (_, Beside::NotCancellable) => "mail-beside-refused",
    }
}
