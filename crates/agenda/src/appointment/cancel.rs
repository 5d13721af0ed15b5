use jiff::Timestamp;

use super::{Appointment, CancelWindow, Kind, Outcome, Party, Reason, State};

/// What has come so far of a patient's wish to cancel. While it is on its way the appointment stands (B9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancellation {
    /// On its way to the XIS, which has not answered.
    Sent {
        /// When the patient asked for it.
        at: Timestamp,
        /// What the patient wrote to the practice.
        words: Option<Reason>,
    },
    /// The XIS said no (B8) to cancelling the visit at this time; at another time it may say something else.
    Refused {
        /// The visit's start.
        start: Timestamp,
    },
}

/// A patient asks to cancel what cannot be cancelled online.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the appointment cannot be cancelled online, or not any more")]
pub struct NotCancellable;

impl Appointment {
    /// Whether a cancellation is on its way to the XIS.
    #[must_use]
    pub fn is_cancelling(&self) -> bool {
        matches!(self.cancellation, Some(Cancellation::Sent { .. }))
    }

    /// Whether the XIS said no to cancelling it at the time where it is now (B8).
    #[must_use]
    pub fn is_cancelling_refused(&self) -> bool {
        self.cancellation == Some(Cancellation::Refused { start: self.content.start })
    }

    /// Until when the patient can cancel it online; `None` when that is not possible (B10).
    ///
    /// It is booked or pending, nobody has been asked yet, and `now` lies within the window.
    #[must_use]
    pub fn cancellable_until(&self, window: CancelWindow, now: Timestamp) -> Option<Timestamp> {
        let stands = matches!(self.state, State::Booked | State::Pending);
        let is_asked = self.is_cancelling() || self.is_cancelling_refused();
        window.closes_at(self.content.start).filter(|closes_at| stands && !is_asked && now < *closes_at)
    }

    /// The patient asks to cancel. It stays as it is until the XIS agrees (B9).
    ///
    /// Asking again, or for what is over already, changes nothing.
    ///
    /// # Errors
    /// When it cannot be cancelled online (B10).
    pub fn cancel(
        &self,
        words: Option<Reason>,
        window: CancelWindow,
        now: Timestamp,
    ) -> Result<Outcome, NotCancellable> {
        let is_over = matches!(self.state, State::Cancelled { .. } | State::Declined { .. });
        if is_over || self.is_cancelling() {
            return Ok(Outcome::nothing(self));
        }
        self.cancellable_until(window, now).ok_or(NotCancellable)?;
        let cancellation = Some(Cancellation::Sent { at: now, words });
        Ok(Outcome::stored(Self { cancellation, ..self.clone() }))
    }

    /// The XIS has cancelled it for the patient (B9).
    ///
    /// | state | |
    /// | --- | --- |
    /// | Pending, Booked | Cancelled by the patient, told |
    /// | every other | nothing (A10) |
    ///
    /// Nobody is told of a start in the past (A14).
    pub fn cancelled_by_patient(&self, now: Timestamp) -> Outcome {
        match self.state {
            State::Pending | State::Booked => {
                let state = State::Cancelled { by: Party::Patient, at: now };
                Outcome::told(self.in_state(state).without_answer(), Kind::CancelledByPatient, now)
            }
            State::Requested { .. }
            | State::Unknown { .. }
            | State::Cancelled { .. }
            | State::Declined { .. }
            | State::Failed { .. }
            | State::Tombstone => Outcome::nothing(self),
        }
    }

    /// The XIS does not cancel it: it stands, and the patient has to call (B8).
    pub fn cancelling_refused(&self) -> Outcome {
        if !self.is_cancelling() {
            return Outcome::nothing(self);
        }
        let cancellation = Some(Cancellation::Refused { start: self.content.start });
        Outcome::stored(Self { cancellation, ..self.clone() })
    }

    /// What is left of the wish in this state: only what stands can be cancelled.
    pub(super) fn cancellation_in(&self, state: &State) -> Option<Cancellation> {
        self.cancellation.clone().filter(|_| matches!(state, State::Pending | State::Booked))
    }
}

#[cfg(test)]
mod tests;
