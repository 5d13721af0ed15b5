use agenda::{Kind, State};
use jiff::Timestamp;
use store::Stored;

/// How the visit stands whose place another one was to take. When that is, its own mails say: what a mail of the other one
/// says of it would not be mended when it moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::notices) enum Beside {
    /// As any other.
    Stands,
    /// The practice was asked to cancel it.
    BeingCancelled,
    /// The practice does not cancel it online (B8).
    NotCancellable,
}

impl Beside {
    /// `None` when it is over or has begun.
    pub(super) fn of(replaced: &Stored, now: Timestamp) -> Option<Self> {
        let held = &replaced.appointment;
        let stands = matches!(held.state, State::Booked | State::Pending) && held.content.start > now;
        stands.then_some(if held.is_cancelling() {
            Self::BeingCancelled
        } else if held.is_cancelling_refused() {
            Self::NotCancellable
        } else {
            Self::Stands
        })
    }

    /// The same, for whoever hears this of the other one and must know.
    pub(super) fn heard_with(self, kind: Kind) -> Option<Self> {
        match kind {
            Kind::Confirmed
            | Kind::Declined
            | Kind::CancelledByPractice
            | Kind::CancelledByPatient
            | Kind::Rescheduled => Some(self),
            Kind::New | Kind::Modified | Kind::PlannedAgain | Kind::Reminder => None,
        }
    }
}
