mod answered;
mod cancel;
mod cancel_window;
mod confirmation;
mod content;
mod difference;
mod from_xis;
mod moved;
mod outcome;
mod reason;
mod reconcile;
mod request;
mod reschedule;
mod responded;
mod state;
mod update;
mod view;
mod xis_update;

#[cfg(test)]
mod examples;

pub use answered::Answer;
pub use cancel::{Cancellation, NotCancellable};
pub use cancel_window::CancelWindow;
pub use confirmation::Confirmation;
pub use content::{Content, Participant};
pub use difference::Difference;
pub use moved::Moved;
pub use outcome::{Effect, Kind, Outcome, Refusal};
pub use reason::{Reason, ReasonError};
pub use reconcile::{Findings, GIVE_UP_MINUTES, Next, Search, reconcile};
pub use reschedule::{Pair, Replacing};
pub use responded::Decision;
pub use state::{Failure, Party, State};
pub use update::{Update, UpdateStatus};
pub use xis_update::ECHO_MINUTES;

/// One visit of one patient to one practice, as the platform knows it.
///
/// It changes only through its transitions: [`Appointment::request`], [`Appointment::answered`],
/// [`Appointment::xis_update`], [`Appointment::from_xis`], [`Appointment::moved_to_other_patient`],
/// [`Appointment::responded`], and for the patient's own end [`Appointment::cancel`],
/// [`Appointment::cancelled_by_patient`], [`Appointment::cancelling_refused`], [`Appointment::give_way`] and
/// [`Appointment::keep_place`]. Each returns an [`Outcome`] or why there is none; none changes anything by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// When, what and with whom. Once cancelled: as it was last booked (A9).
    pub content: Content,
    /// What the patient wrote; `None` for an appointment that the practice made.
    pub reason: Option<Reason>,
    /// How far it is.
    pub state: State,
    /// Whether the XIS has shown its own view of the appointment. Until then `content` is what we sent, and the
    /// first view with the same start, end and categories is adopted without a word (A11).
    pub settled: bool,
    /// What the practice wrote with its last AppointmentResponse (B6). Kept apart from `content.comment`, for
    /// the XIS's appointment does not carry it: its next view, without that text, is no modification.
    pub answer: Option<String>,
    /// What has come of the patient's wish to cancel it, where there is one.
    pub cancellation: Option<Cancellation>,
}

impl Appointment {
    /// The message from the practice that a patient reads (A17, B6).
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        crate::text::first_spoken([self.answer.as_deref(), self.content.comment.as_deref()])
    }
}
