use agenda::{Effect, Outcome, Update, UpdateStatus};
use jiff::Timestamp;
use store::Stored;

use super::change;

/// How the XIS answered.
pub(super) enum Ending {
    /// It has cancelled it for the patient (B9).
    Agreed,
    /// It shows that it is cancelled: by the patient, whose answer was lost, or by the practice.
    CancelledThere,
    /// It shows that it stands, and the visit in whose favour it was to be cancelled is lost.
    Kept,
    /// It does not (B8), or shows that it cannot be cancelled online (B10).
    Refused,
}

impl Ending {
    /// What the rules make of it; nothing where they refuse.
    pub(super) fn outcome(&self, stored: &Stored, now: Timestamp) -> Option<Outcome> {
        let held = &stored.appointment;
        match self {
            Self::Agreed => Some(held.cancelled_by_patient(now)),
            Self::CancelledThere => {
                let cancelled = Update { status: UpdateStatus::Cancelled, content: held.content.clone() };
                held.xis_update(cancelled, now).ok()
            }
            Self::Kept => Some(held.keep_place()),
            Self::Refused => Some(held.cancelling_refused()),
        }
    }

    /// What became of it, in a word for the audit trail.
    pub(super) fn word(&self, is_refused: bool, effect: Effect) -> &'static str {
        match self {
            Self::Kept => "kept: what was to take its place is lost",
            Self::Agreed | Self::CancelledThere | Self::Refused if is_refused => "refused",
            Self::Agreed | Self::CancelledThere | Self::Refused => change::word(effect),
        }
    }
}
