//! An appointment to start from, for the tests of the rules.

use jiff::{SignedDuration, Timestamp};

use super::{Appointment, Content, Failure, Outcome, Participant, Party, State, Update, UpdateStatus};
use crate::ids::Coding;

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The time at which the tests play, four days before [`content`] starts.
pub(crate) fn now() -> Timestamp {
    time("2026-04-06T08:00:00Z")
}

pub(crate) fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

pub(crate) fn coding(code: &str, display: &str) -> Coding {
    Coding { system: "urn:types".to_owned(), code: code.to_owned(), display: Some(display.to_owned()) }
}

pub(crate) fn patient() -> Participant {
    Participant {
        reference: Some("Patient/456".to_owned()),
        display: Some("Jan Jansen".to_owned()),
        is_patient: true,
    }
}

pub(crate) fn practitioner(reference: &str, display: &str) -> Participant {
    Participant {
        reference: Some(reference.to_owned()),
        display: Some(display.to_owned()),
        is_patient: false,
    }
}

pub(crate) fn content() -> Content {
    Content {
        start: time("2026-04-10T09:00:00Z"),
        end: time("2026-04-10T09:30:00Z"),
        categories: vec![coding("CONSULT", "Consult")],
        participants: vec![patient(), practitioner("PractitionerRole/1", "Dokter Jansen")],
        comment: None,
    }
}

pub(crate) fn later() -> Content {
    Content { start: time("2026-04-11T13:00:00Z"), end: time("2026-04-11T13:30:00Z"), ..content() }
}

pub(crate) fn commented(comment: &str) -> Content {
    Content { comment: Some(comment.to_owned()), ..content() }
}

/// An appointment that the patient asked for and whose content the XIS has shown.
pub(crate) fn appointment(state: State) -> Appointment {
    Appointment {
        content: content(),
        reason: Some("Pijn in mijn knie".parse().unwrap()),
        state,
        settled: true,
        answer: None,
        cancellation: None,
    }
}

pub(crate) fn booked(content: Content) -> Update {
    Update { status: UpdateStatus::Booked, content }
}

pub(crate) fn cancelled(content: Content) -> Update {
    Update { status: UpdateStatus::Cancelled, content }
}

pub(crate) fn silent(content: Content) -> Update {
    Update { status: UpdateStatus::Silent, content }
}

pub(crate) fn requested() -> State {
    State::Requested { at: now(), approval: true }
}

pub(crate) fn unknown() -> State {
    State::Unknown { at: now(), since: now(), approval: true }
}

pub(crate) fn cancelled_by(by: Party) -> State {
    State::Cancelled { by, at: now() }
}

pub(crate) fn declined() -> State {
    State::Declined { at: now() }
}

pub(crate) fn failed() -> State {
    State::Failed { why: Failure::NotBooked, at: now() }
}

/// Every state, in the order of the tables in the documentation.
pub(crate) fn states() -> [State; 9] {
    [
        requested(),
        unknown(),
        State::Pending,
        State::Booked,
        cancelled_by(Party::Patient),
        cancelled_by(Party::Practice),
        declined(),
        failed(),
        State::Tombstone,
    ]
}

/// An outcome in a few words: what is to be done, and the state it leads to.
pub(crate) fn brief(outcome: &Outcome) -> String {
    let state = match outcome.after.state {
        State::Requested { .. } => "requested".to_owned(),
        State::Unknown { .. } => "unknown".to_owned(),
        State::Pending => "pending".to_owned(),
        State::Booked => "booked".to_owned(),
        State::Cancelled { by, .. } => format!("cancelled by {by:?}").to_lowercase(),
        State::Declined { .. } => "declined".to_owned(),
        State::Failed { .. } => "failed".to_owned(),
        State::Tombstone => "tombstone".to_owned(),
    };
    format!("{:?}: {state}", outcome.effect)
}
