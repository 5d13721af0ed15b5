use agenda::{Appointment, Content, Failure, GIVE_UP_MINUTES, Party, State};
use jiff::{SignedDuration, Timestamp};
use store::Stored;

use super::PATIENCE;

/// How an appointment stands, in the patient's eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::portal) enum Standing {
    /// Asked for; the practice's system has not answered yet.
    Checking,
    /// It has not answered for so long that the patient must call (C18).
    CheckingFailed,
    /// With the practice, to be approved.
    Pending,
    Booked,
    /// It stands, and the patient's cancellation is on its way (B9).
    Cancelling,
    Cancelled,
    Declined,
    /// It did not come to an appointment.
    Failed(Failure),
}

/// Under which heading of the overview it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::portal) enum Group {
    Upcoming,
    Awaiting,
    /// Cancelled, declined or failed, and news or still ahead.
    Off,
    Past,
}

impl Standing {
    /// `None` for a tombstone: it is nobody's.
    pub(super) fn of(stored: &Stored, now: Timestamp) -> Option<Self> {
        let is_over = stored.appointment.content.end <= now;
        Some(match stored.appointment.state {
            State::Pending | State::Booked if stored.appointment.is_cancelling() && !is_over => {
                Self::Cancelling
            }
            State::Requested { .. } => Self::Checking,
            State::Unknown { since, .. } if now.duration_since(since) < give_up() => Self::Checking,
            State::Unknown { .. } => Self::CheckingFailed,
            State::Pending => Self::Pending,
            State::Booked => Self::Booked,
            State::Cancelled { .. } => Self::Cancelled,
            State::Declined { .. } => Self::Declined,
            State::Failed { why, .. } => Self::Failed(why),
            State::Tombstone => return None,
        })
    }

    pub(super) fn group(self, content: &Content, fresh: bool, now: Timestamp) -> Group {
        let over = content.end <= now && !fresh;
        match self {
            _ if over => Group::Past,
            Self::Booked => Group::Upcoming,
            Self::Checking | Self::CheckingFailed | Self::Pending | Self::Cancelling => Group::Awaiting,
            Self::Cancelled | Self::Declined | Self::Failed(_) => Group::Off,
        }
    }

    /// Whether it will not be.
    pub(super) fn is_off(self) -> bool {
        matches!(self, Self::Cancelled | Self::Declined | Self::Failed(_))
    }

    /// What the patient can expect, where that is not plain.
    pub(super) fn next(self, appointment: &Appointment, group: Group) -> Option<&'static str> {
        let is_by_patient = matches!(appointment.state, State::Cancelled { by: Party::Patient, .. });
        match self {
            Self::Cancelling => Some("cancel-sent-next"),
            Self::Booked | Self::Pending if appointment.is_cancelling_refused() && group != Group::Past => {
                Some("cancel-refused")
            }
            Self::Cancelled if is_by_patient && group != Group::Past => Some("cancel-done"),
            Self::Checking => Some("card-next-checking"),
            Self::CheckingFailed => Some("card-next-checking-failed"),
            Self::Pending => Some("card-next-pending"),
            Self::Failed(_) => Some("card-next-failed"),
            Self::Booked | Self::Cancelled | Self::Declined => None,
        }
    }
}

/// Whether the overview shows it. A request that failed while the patient looked on is not news to anyone; one
/// that failed after the patient read "we are checking" must say so, until its time has come.
pub(in crate::portal) fn is_for_overview(stored: &Stored, now: Timestamp) -> bool {
    match stored.appointment.state {
        State::Tombstone => false,
        State::Failed { at, .. } => {
            let waited = at.duration_since(stored.created_at) > PATIENCE;
            waited && stored.appointment.content.start > now
        }
        State::Requested { .. }
        | State::Unknown { .. }
        | State::Pending
        | State::Booked
        | State::Cancelled { .. }
        | State::Declined { .. } => true,
    }
}

fn give_up() -> SignedDuration {
    SignedDuration::from_mins(GIVE_UP_MINUTES)
}
