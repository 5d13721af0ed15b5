//! Sealed JSON: how the facts of other crates' types are written into one column.

use agenda::{
    Appointment, CancelWindow, Cancellation, Coding, Content, Failure, Kind, Participant, Party, Reason,
    State,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Error, Store};

impl Store {
    pub(crate) fn seal<T: Serialize>(&self, place: &str, value: &T) -> Result<Vec<u8>, Error> {
        let text = serde_json::to_vec(value).map_err(|error| unreadable(place, &error))?;
        self.vault.seal(place, &text).map_err(|error| unreadable(place, &error))
    }

    pub(crate) fn open<T: DeserializeOwned>(&self, place: &str, sealed: &[u8]) -> Result<T, Error> {
        let text = self.vault.open(place, sealed).map_err(|error| unreadable(place, &error))?;
        // serde_json quotes what it did not understand: say only where, never what.
        serde_json::from_slice(&text).map_err(|error| {
            unreadable(place, &format!("not what was written there (column {})", error.column()))
        })
    }
}

pub(crate) fn unreadable(place: &str, reason: &dyn std::fmt::Display) -> Error {
    Error::Sealed { place: place.to_owned(), reason: reason.to_string() }
}

/// [`Content`] as JSON.
#[derive(Serialize, Deserialize)]
pub(crate) struct ContentFacts {
    start: Timestamp,
    end: Timestamp,
    categories: Vec<CodingFacts>,
    participants: Vec<ParticipantFacts>,
    comment: Option<String>,
}

/// [`Coding`] as JSON.
#[derive(Serialize, Deserialize)]
pub(crate) struct CodingFacts {
    system: String,
    code: String,
    display: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct ParticipantFacts {
    reference: Option<String>,
    display: Option<String>,
    is_patient: bool,
}

/// [`Appointment`] as JSON.
#[derive(Serialize, Deserialize)]
pub(crate) struct AppointmentFacts {
    content: ContentFacts,
    reason: Option<String>,
    state: StateFacts,
    settled: bool,
    answer: Option<String>,
    cancellation: Option<CancellationFacts>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CancellationFacts {
    Sent { at: Timestamp, words: Option<String> },
    Refused { start: Timestamp },
}

/// [`CancelWindow`] as JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CancelWindowFacts {
    Closed,
    HoursBefore(u32),
    Until(Timestamp),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum StateFacts {
    Requested { at: Timestamp, approval: bool },
    Unknown { at: Timestamp, since: Timestamp, approval: bool },
    Pending,
    Booked,
    Cancelled { by_patient: bool, at: Timestamp },
    Declined { at: Timestamp },
    SlotGone { at: Timestamp },
    Refused { at: Timestamp },
    NotBooked { at: Timestamp },
    Tombstone,
}

/// The word for a state in the `state` column.
pub(crate) fn state_word(state: &State) -> &'static str {
    match state {
        State::Requested { .. } => "requested",
        State::Unknown { .. } => "unknown",
        State::Pending => "pending",
        State::Booked => "booked",
        State::Cancelled { .. } => "cancelled",
        State::Declined { .. } => "declined",
        State::Failed { .. } => "failed",
        State::Tombstone => "tombstone",
    }
}

/// The word for a kind of notice.
pub(crate) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::New => "new",
        Kind::Confirmed => "confirmed",
        Kind::Declined => "declined",
        Kind::Modified => "modified",
        Kind::PlannedAgain => "planned_again",
        Kind::CancelledByPractice => "cancelled_by_practice",
        Kind::CancelledByPatient => "cancelled_by_patient",
        Kind::Rescheduled => "rescheduled",
        Kind::Reminder => "reminder",
    }
}

/// The kind of notice that a word stands for.
pub(crate) fn kind_of(word: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind_word(*kind) == word)
}

impl From<&Content> for ContentFacts {
    fn from(content: &Content) -> Self {
        Self {
            start: content.start,
            end: content.end,
            categories: content.categories.iter().map(CodingFacts::from).collect(),
            participants: content.participants.iter().map(ParticipantFacts::from).collect(),
            comment: content.comment.clone(),
        }
    }
}

impl From<ContentFacts> for Content {
    fn from(facts: ContentFacts) -> Self {
        Self {
            start: facts.start,
            end: facts.end,
            categories: facts.categories.into_iter().map(Coding::from).collect(),
            participants: facts.participants.into_iter().map(Participant::from).collect(),
            comment: facts.comment,
        }
    }
}

impl From<&Coding> for CodingFacts {
    fn from(coding: &Coding) -> Self {
        Self { system: coding.system.clone(), code: coding.code.clone(), display: coding.display.clone() }
    }
}

impl From<CodingFacts> for Coding {
    fn from(facts: CodingFacts) -> Self {
        Self { system: facts.system, code: facts.code, display: facts.display }
    }
}

impl From<&Participant> for ParticipantFacts {
    fn from(one: &Participant) -> Self {
        Self { reference: one.reference.clone(), display: one.display.clone(), is_patient: one.is_patient }
    }
}

impl From<ParticipantFacts> for Participant {
    fn from(facts: ParticipantFacts) -> Self {
        Self { reference: facts.reference, display: facts.display, is_patient: facts.is_patient }
    }
}

impl From<&Appointment> for AppointmentFacts {
    fn from(appointment: &Appointment) -> Self {
        Self {
            content: (&appointment.content).into(),
            reason: appointment.reason.as_ref().map(|reason| reason.as_str().to_owned()),
            state: (&appointment.state).into(),
            settled: appointment.settled,
            answer: appointment.answer.clone(),
            cancellation: appointment.cancellation.as_ref().map(CancellationFacts::from),
        }
    }
}

impl TryFrom<AppointmentFacts> for Appointment {
    type Error = agenda::ReasonError;

    fn try_from(facts: AppointmentFacts) -> Result<Self, Self::Error> {
        Ok(Self {
            content: facts.content.into(),
            reason: facts.reason.map(|reason| reason.parse::<Reason>()).transpose()?,
            state: facts.state.into(),
            settled: facts.settled,
            answer: facts.answer,
            cancellation: facts.cancellation.map(Cancellation::try_from).transpose()?,
        })
    }
}

impl From<&Cancellation> for CancellationFacts {
    fn from(cancellation: &Cancellation) -> Self {
        match cancellation {
            Cancellation::Sent { at, words } => {
                Self::Sent { at: *at, words: words.as_ref().map(|words| words.as_str().to_owned()) }
            }
            Cancellation::Refused { start } => Self::Refused { start: *start },
        }
    }
}

impl TryFrom<CancellationFacts> for Cancellation {
    type Error = agenda::ReasonError;

    fn try_from(facts: CancellationFacts) -> Result<Self, Self::Error> {
        Ok(match facts {
            CancellationFacts::Sent { at, words } => {
                Self::Sent { at, words: words.map(|words| words.parse()).transpose()? }
            }
            CancellationFacts::Refused { start } => Self::Refused { start },
        })
    }
}

impl From<CancelWindow> for CancelWindowFacts {
    fn from(window: CancelWindow) -> Self {
        match window {
            CancelWindow::Closed => Self::Closed,
            CancelWindow::HoursBefore(hours) => Self::HoursBefore(hours),
            CancelWindow::Until(until) => Self::Until(until),
        }
    }
}

impl From<CancelWindowFacts> for CancelWindow {
    fn from(facts: CancelWindowFacts) -> Self {
        match facts {
            CancelWindowFacts::Closed => Self::Closed,
            CancelWindowFacts::HoursBefore(hours) => Self::HoursBefore(hours),
            CancelWindowFacts::Until(until) => Self::Until(until),
        }
    }
}

impl From<&State> for StateFacts {
    fn from(state: &State) -> Self {
        match *state {
            State::Requested { at, approval } => Self::Requested { at, approval },
            State::Unknown { at, since, approval } => Self::Unknown { at, since, approval },
            State::Pending => Self::Pending,
            State::Booked => Self::Booked,
            State::Cancelled { by, at } => Self::Cancelled { by_patient: by == Party::Patient, at },
            State::Declined { at } => Self::Declined { at },
            State::Failed { why: Failure::SlotGone, at } => Self::SlotGone { at },
            State::Failed { why: Failure::Refused, at } => Self::Refused { at },
            State::Failed { why: Failure::NotBooked, at } => Self::NotBooked { at },
            State::Tombstone => Self::Tombstone,
        }
    }
}

impl From<StateFacts> for State {
    fn from(facts: StateFacts) -> Self {
        let by = |patient| if patient { Party::Patient } else { Party::Practice };
        match facts {
            StateFacts::Requested { at, approval } => Self::Requested { at, approval },
            StateFacts::Unknown { at, since, approval } => Self::Unknown { at, since, approval },
            StateFacts::Pending => Self::Pending,
            StateFacts::Booked => Self::Booked,
            StateFacts::Cancelled { by_patient, at } => Self::Cancelled { by: by(by_patient), at },
            StateFacts::Declined { at } => Self::Declined { at },
            StateFacts::SlotGone { at } => Self::Failed { why: Failure::SlotGone, at },
            StateFacts::Refused { at } => Self::Failed { why: Failure::Refused, at },
            StateFacts::NotBooked { at } => Self::Failed { why: Failure::NotBooked, at },
            StateFacts::Tombstone => Self::Tombstone,
        }
    }
}
