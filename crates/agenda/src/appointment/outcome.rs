use jiff::Timestamp;

use super::Appointment;

/// What a transition leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a transition changes nothing until its outcome is stored"]
pub struct Outcome {
    /// The appointment from now on.
    pub after: Appointment,
    /// What must be done for it.
    pub effect: Effect,
}

/// What must be done for an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Not a row changes; `after` is what it was.
    Nothing,
    /// Store `after`, tell nobody.
    Stored,
    /// Store `after` and tell the patient, once.
    Told(Kind),
    /// Not a row changes, but what came was stale: read the appointment again at the XIS (A9).
    StaleEcho,
}

/// What a patient is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The practice made an appointment.
    New,
    /// The request became an appointment.
    Confirmed,
    /// The practice said no to the request.
    Declined,
    /// Time, type, practitioner or message changed.
    Modified,
    /// What was cancelled or declined is booked again.
    PlannedAgain,
    /// The practice cancelled.
    CancelledByPractice,
    /// The patient cancelled, and the practice knows.
    CancelledByPatient,
    /// The patient moved a visit to another time: it took the place of the old one, or stands beside it where the
    /// practice does not cancel that.
    Rescheduled,
    /// The visit is near.
    Reminder,
}

impl Kind {
    /// Every kind there is.
    pub const ALL: [Self; 9] = [
        Self::New,
        Self::Confirmed,
        Self::Declined,
        Self::Modified,
        Self::PlannedAgain,
        Self::CancelledByPractice,
        Self::CancelledByPatient,
        Self::Rescheduled,
        Self::Reminder,
    ];
}

/// Why a transition is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A14.
    #[error("the end of an appointment must be after its start")]
    EndNotAfterStart,
    /// A patient books ahead.
    #[error("the start of a requested appointment must be in the future")]
    StartInThePast,
    /// B5.
    #[error("the appointment is already cancelled")]
    AlreadyCancelled,
    /// B5.
    #[error("the appointment is already declined")]
    AlreadyDeclined,
    /// An answer to a request came for a tombstone, and behind a tombstone is no request.
    #[error("the appointment was cancelled before it was known; nobody asked for it here")]
    NeverRequested,
}

impl Outcome {
    pub(super) fn nothing(unchanged: &Appointment) -> Self {
        Self { after: unchanged.clone(), effect: Effect::Nothing }
    }

    pub(super) fn stale_echo(unchanged: &Appointment) -> Self {
        Self { after: unchanged.clone(), effect: Effect::StaleEcho }
    }

    pub(super) fn stored(after: Appointment) -> Self {
        Self { after, effect: Effect::Stored }
    }

    /// Told, unless it is about a visit that should have begun already: that is stored without a notice (A14).
    pub(super) fn told(after: Appointment, kind: Kind, now: Timestamp) -> Self {
        let effect = if after.content.start < now { Effect::Stored } else { Effect::Told(kind) };
        Self { after, effect }
    }
}
