use jiff::Timestamp;

use super::{Appointment, Kind, Outcome, Party, Reason, Refusal, State};
use crate::text;

/// What the practice answers to a request (AppointmentResponse).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The appointment stands.
    Accepted,
    /// It will not be.
    Declined,
}

impl Appointment {
    /// The practice answers with an AppointmentResponse (B5), even before our own request is answered (B11).
    ///
    /// | state | Accepted | Declined |
    /// | --- | --- | --- |
    /// | Requested, Unknown, Pending | Booked, told Confirmed | Declined, told |
    /// | Booked | the same again | Cancelled by the practice, told |
    /// | Cancelled | refused | the same again |
    /// | Declined | refused | the same again |
    /// | Failed | Booked, told Confirmed | nothing |
    /// | Tombstone | refused | nothing |
    ///
    /// "The same again" changes nothing, unless it brings another text from the practice: that is stored and
    /// shown, and told to nobody (B6). After the patient's own cancellation it is not even stored (A10).
    ///
    /// # Errors
    /// When it is accepted after it was cancelled or declined.
    pub fn responded(
        &self,
        decision: Decision,
        comment: Option<String>,
        now: Timestamp,
    ) -> Result<Outcome, Refusal> {
        let comment = self.worth_showing(comment);
        match decision {
            Decision::Accepted => self.accepted(comment, now),
            Decision::Declined => Ok(self.declined(comment, now)),
        }
    }

    fn accepted(&self, comment: Option<String>, now: Timestamp) -> Result<Outcome, Refusal> {
        match self.state {
            State::Requested { .. } | State::Unknown { .. } | State::Pending | State::Failed { .. } => {
                Ok(Outcome::told(self.replied(State::Booked, comment), Kind::Confirmed, now))
            }
            State::Booked => Ok(self.same_again(comment)),
            State::Cancelled { .. } | State::Tombstone => Err(Refusal::AlreadyCancelled),
            State::Declined { .. } => Err(Refusal::AlreadyDeclined),
        }
    }

    fn declined(&self, comment: Option<String>, now: Timestamp) -> Outcome {
        match self.state {
            State::Requested { .. } | State::Unknown { .. } | State::Pending => {
                let after = self.replied(State::Declined { at: now }, comment);
                Outcome::told(after, Kind::Declined, now)
            }
            State::Booked => {
                let state = State::Cancelled { by: Party::Practice, at: now };
                Outcome::told(self.replied(state, comment), Kind::CancelledByPractice, now)
            }
            State::Cancelled { by: Party::Practice, .. } | State::Declined { .. } => self.same_again(comment),
            State::Cancelled { by: Party::Patient, .. } | State::Failed { .. } | State::Tombstone => {
                Outcome::nothing(self)
            }
        }
    }

    fn same_again(&self, comment: Option<String>) -> Outcome {
        if comment.is_none() || text::same(comment.as_deref(), self.message()) {
            Outcome::nothing(self)
        } else {
            Outcome::stored(self.replied(self.state.clone(), comment))
        }
    }

    fn replied(&self, state: State, answer: Option<String>) -> Self {
        Self { answer, ..self.in_state(state) }
    }

    /// The comment, unless it is blank or repeats the patient's reason (A17, B6).
    fn worth_showing(&self, comment: Option<String>) -> Option<String> {
        let reason = self.reason.as_ref().map(Reason::as_str);
        comment.filter(|comment| text::is_news(comment, reason))
    }
}

#[cfg(test)]
mod tests;
