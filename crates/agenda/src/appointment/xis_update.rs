use jiff::{SignedDuration, Timestamp};

use super::{Appointment, Content, Difference, Kind, Outcome, Party, Refusal, State, Update, UpdateStatus};

/// For how long after a patient's cancellation an unchanged `booked` is taken for a stale echo (A9).
pub const ECHO_MINUTES: i64 = 15;

impl Appointment {
    /// The XIS sends an appointment that we know.
    ///
    /// | state | Booked | Cancelled | Silent (A13) |
    /// | --- | --- | --- | --- |
    /// | Requested, Unknown, Pending | Booked, told Confirmed (A8, A11) | Cancelled, told | Booked, stored |
    /// | Booked | told Modified, stored, or nothing (A7) | Cancelled, told | stored or nothing |
    /// | Cancelled by the patient | stale echo, or Booked, told PlannedAgain (A9) | nothing (A10) | nothing |
    /// | Cancelled by the practice, Declined | Booked, told PlannedAgain | its message stored, or nothing | nothing |
    /// | Failed | Booked, told Confirmed | nothing | Booked, stored |
    /// | Tombstone | Booked, told PlannedAgain (A1, A9) | nothing | nothing |
    ///
    /// While the patient's own cancellation is on its way, Cancelled is the answer to it: cancelled by the patient.
    /// Nobody is told of a start in the past (A14). A comment that repeats the patient's reason counts as
    /// absent (A17), and one that repeats the practice's last answer as known (B6). The same update a second time changes nothing.
    ///
    /// # Errors
    /// When the end is not after the start (A14).
    pub fn xis_update(&self, update: Update, now: Timestamp) -> Result<Outcome, Refusal> {
        let view = self.without_reason(update.content.checked()?);
        Ok(match update.status {
            UpdateStatus::Booked => self.shown_booked(view, now),
            UpdateStatus::Cancelled => self.shown_cancelled(view, now),
            UpdateStatus::Silent => self.shown_silent(view),
        })
    }

    fn shown_booked(&self, view: Content, now: Timestamp) -> Outcome {
        match self.state {
            State::Requested { .. } | State::Unknown { .. } | State::Pending | State::Failed { .. } => {
                Outcome::told(self.shown(State::Booked, Some(view)), Kind::Confirmed, now)
            }
            State::Booked => self.modified(self.beside_answer(view), now),
            State::Cancelled { by: Party::Patient, at } if self.is_stale_echo(&view, at, now) => {
                Outcome::stale_echo(self)
            }
            State::Cancelled { .. } | State::Declined { .. } | State::Tombstone => {
                let after = self.shown(State::Booked, Some(view)).without_answer();
                Outcome::told(after, Kind::PlannedAgain, now)
            }
        }
    }

    fn modified(&self, view: Content, now: Timestamp) -> Outcome {
        match self.difference(&view) {
            Difference::Same => Outcome::nothing(self),
            Difference::Wording => Outcome::stored(self.shown(State::Booked, Some(view))),
            Difference::Changed => Outcome::told(self.shown(State::Booked, Some(view)), Kind::Modified, now),
        }
    }

    fn is_stale_echo(&self, view: &Content, cancelled_at: Timestamp, now: Timestamp) -> bool {
        let age = now.duration_since(cancelled_at);
        age <= SignedDuration::from_mins(ECHO_MINUTES) && self.difference(view) != Difference::Changed
    }

    fn shown_cancelled(&self, view: Content, now: Timestamp) -> Outcome {
        match self.state {
            State::Pending | State::Booked if self.is_cancelling() => self.cancelled_by_patient(now),
            State::Requested { .. } | State::Unknown { .. } | State::Pending | State::Booked => {
                let state = State::Cancelled { by: Party::Practice, at: now };
                let after = self.last_booked_as(state, view).without_answer();
                Outcome::told(after, Kind::CancelledByPractice, now)
            }
            State::Cancelled { by: Party::Practice, .. } | State::Declined { .. } => {
                let after = self.last_booked_as(self.state.clone(), view);
                let same =
                    self.settled == after.settled && self.content.compare(&after.content) == Difference::Same;
                if same { Outcome::nothing(self) } else { Outcome::stored(after) }
            }
            State::Cancelled { by: Party::Patient, .. } | State::Failed { .. } | State::Tombstone => {
                Outcome::nothing(self)
            }
        }
    }

    /// Keeps the content as it was last booked (A9), but for names and for the message that came with the end.
    fn last_booked_as(&self, state: State, view: Content) -> Self {
        let comment = view.comment.clone();
        let apart_from_comment = Content { comment: self.content.comment.clone(), ..view.clone() };
        match self.difference(&apart_from_comment) {
            Difference::Same | Difference::Wording => self.shown(state, Some(view)),
            Difference::Changed => {
                let kept = Content { comment, ..self.content.clone() };
                Self { settled: self.settled, ..self.shown(state, Some(kept)) }
            }
        }
    }

    fn shown_silent(&self, view: Content) -> Outcome {
        match self.state {
            State::Requested { .. } | State::Unknown { .. } | State::Pending | State::Failed { .. } => {
                Outcome::stored(self.shown(State::Booked, Some(view)))
            }
            State::Booked => self.renewed(self.beside_answer(view)),
            State::Cancelled { .. } | State::Declined { .. } | State::Tombstone => Outcome::nothing(self),
        }
    }

    fn renewed(&self, view: Content) -> Outcome {
        match self.difference(&view) {
            Difference::Same => Outcome::nothing(self),
            Difference::Wording | Difference::Changed => {
                Outcome::stored(self.shown(State::Booked, Some(view)))
            }
        }
    }
}

#[cfg(test)]
mod tests;
