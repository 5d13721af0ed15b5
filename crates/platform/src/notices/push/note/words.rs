use agenda::Kind;
use jiff::tz::TimeZone;
use store::{Account, Language, Practice};
use uuid::Uuid;

use super::{LONGEST, Note};
use crate::{
    notices::{
        letter::{Detail, name},
        message::Unopened,
        telling::Telling,
    },
    when,
    words::say,
};

impl Note {
    /// What there is to tell of a visit: no more of it than this patient allows. `key` and `about` as the fields.
    pub(in crate::notices::push) fn of_visit(
        telling: &Telling,
        patient: &Account,
        practice: &Practice,
        (key, about): (Uuid, Uuid),
        url: String,
    ) -> Self {
        let (language, detail) = (patient.language, Detail::of(patient.preferences.detail));
        let [title, body] = match detail {
            Detail::News if telling.kind == Kind::Reminder => {
                ["push-reminder-title", "push-news-body"].map(|key| say(language, key, &[]))
            }
            Detail::News => ["push-news-title", "push-news-body"].map(|key| say(language, key, &[])),
            Detail::Time | Detail::Place => visit(telling, language, &practice.settings.zone()),
        };
        let body = if detail == Detail::Place { format!("{body}\n{}", name(practice)) } else { body };
        Self { key, about, title, body, url, until: telling.at }
    }

    /// That a message of a practice waits, which is read after logging in.
    pub(in crate::notices::push) fn of_message(unopened: &Unopened, url: String) -> Self {
        let Unopened { message, practice, patient, .. } = unopened;
        let (id, received_at) = (message.id.uuid(), message.created_at);
        let (language, detail) = (patient.language, Detail::of(patient.preferences.detail_messages));
        let title = match detail {
            Detail::News | Detail::Time => say(language, "push-message-title", &[]),
            Detail::Place => say(language, "push-message-from", &[("sender", name(practice).into())]),
        };
        let body = match detail {
            Detail::News => say(language, "push-message-body", &[]),
            Detail::Time | Detail::Place => {
                let at = when::date_and_time(language, received_at, &practice.settings.zone());
                say(language, "push-message-at", &[("at", at.into())])
            }
        };
        Self { key: id, about: id, title, body, url, until: received_at + LONGEST }
    }
}

/// What happened to a visit, and its times.
fn visit(telling: &Telling, language: Language, zone: &TimeZone) -> [String; 2] {
    let time = |at| when::date_and_time(language, at, zone);
    let (at, body) = (("at", time(telling.at).into()), body(telling.kind, telling.was.is_some()));
    let body = match telling.was {
        Some(was) => say(language, body, &[at, ("was", time(was).into())]),
        None => say(language, body, &[at]),
    };
    let body =
        if telling.beside.is_some() { format!("{body} {}", say(language, "push-beside", &[])) } else { body };
    [say(language, title(telling), &[]), body]
}

fn title(telling: &Telling) -> &'static str {
    match telling.kind {
        Kind::New => "push-new-title",
        Kind::Confirmed => "push-confirmed-title",
        Kind::Declined => "push-declined-title",
        Kind::Modified if telling.was.is_some() => "push-moved-title",
        Kind::Modified => "push-modified-title",
        Kind::PlannedAgain => "push-planned-again-title",
        Kind::CancelledByPractice | Kind::CancelledByPatient => "push-cancelled-title",
        Kind::Rescheduled if telling.beside.is_some() => "push-beside-title",
        Kind::Rescheduled => "push-moved-title",
        Kind::Reminder => "push-reminder-title",
    }
}

fn body(kind: Kind, has_moved: bool) -> &'static str {
    match (kind, has_moved) {
        // Whichever of the two times the patient heard of: neither holds.
        (Kind::CancelledByPractice | Kind::CancelledByPatient, true) => "push-off-both",
        (Kind::CancelledByPractice | Kind::CancelledByPatient, false) | (Kind::Declined, _) => "push-off",
        (Kind::Confirmed, true) => "push-asked",
        (Kind::New | Kind::Modified | Kind::PlannedAgain | Kind::Rescheduled, true) => "push-moved",
        (Kind::Modified, false) => "push-same-time",
        (Kind::New | Kind::Confirmed | Kind::PlannedAgain | Kind::Rescheduled, false)
        | (Kind::Reminder, _) => "push-at",
    }
}
