use std::str::FromStr;

use jiff::Timestamp;

use crate::tables::Patient;

/// An appointment, as its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Appointment {
    pub(crate) id: String,
    pub(crate) practice: String,
    pub(crate) schedule: String,
    pub(crate) patient: String,
    pub(crate) category: String,
    pub(crate) state: State,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    /// What the patient wrote.
    pub(crate) reason: Option<String>,
    /// What the practice says to the patient.
    pub(crate) message: Option<String>,
    /// Why the patient cancelled it, where the patient said so.
    pub(crate) ended_because: Option<String>,
    /// The number that the platform gave it.
    pub(crate) identifier: Option<Identifier>,
    pub(crate) made_by: Origin,
    /// Grows with each change.
    pub(crate) version: u32,
    /// The last version that the platform knows; 0 when it knows none.
    pub(crate) told: u32,
    pub(crate) created_at: Timestamp,
    pub(crate) changed_at: Timestamp,
}

/// A number that somebody else gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identifier {
    /// May be empty: FHIR knows identifiers without a system.
    pub(crate) system: String,
    pub(crate) value: String,
}

/// Where an appointment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// A patient asks for it; its time is held.
    Requested,
    /// It takes place.
    Booked,
    /// The practice said no.
    Declined,
    /// It was booked or asked for, and is called off.
    Cancelled,
}

/// Who made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Patient,
    Practice,
}

/// An appointment with whom and what it is about.
#[derive(Debug, Clone)]
pub(crate) struct Detailed {
    pub(crate) appointment: Appointment,
    pub(crate) patient: Patient,
    /// The practitioner: id of the role, name, AGB code.
    pub(crate) role: String,
    pub(crate) practitioner: String,
    pub(crate) practitioner_agb: String,
    pub(crate) category_display: String,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Booked => "booked",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether it holds its time.
    pub(crate) fn holds_time(self) -> bool {
        matches!(self, Self::Requested | Self::Booked)
    }
}

impl FromStr for State {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Requested, Self::Booked, Self::Declined, Self::Cancelled]
            .into_iter()
            .find(|state| state.name() == text)
            .ok_or_else(|| format!("{text:?} is no state of an appointment"))
    }
}

impl Origin {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Practice => "practice",
        }
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "patient" => Ok(Self::Patient),
            "practice" => Ok(Self::Practice),
            other => Err(format!("{other:?} makes no appointments")),
        }
    }
}
