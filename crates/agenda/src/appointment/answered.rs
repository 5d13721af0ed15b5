use jiff::Timestamp;

use super::{Appointment, Content, Difference, Failure, Kind, Outcome, Refusal, State};

/// What came of our POST of an appointment, or of looking for it afterwards (C13, C18).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// In the agenda; with the XIS's view of it, where it gave one.
    Approved(Option<Content>),
    /// In the agenda, to be approved by the practice.
    Pending(Option<Content>),
    /// Someone else took the time (409).
    SlotGone,
    /// The XIS does not accept it (another 4xx).
    Refused,
    /// No telling: a 5xx, a timeout, a broken connection.
    Unknown,
    /// Looked for and not found (C18).
    NotBooked,
}

impl Appointment {
    /// The XIS answers our request. What the XIS itself sent meanwhile stands: an answer never sets an
    /// appointment back and never tells the same thing again (A8, A11).
    ///
    /// | state | Approved | Pending | SlotGone, Refused | Unknown | NotBooked |
    /// | --- | --- | --- | --- | --- | --- |
    /// | Requested | Booked, told Confirmed | Pending | Failed | Unknown | Failed |
    /// | Unknown | Booked, told Confirmed | Pending | Failed | nothing | Failed |
    /// | Pending | Booked, told Confirmed | first view | nothing | nothing | nothing |
    /// | Booked | first view | first view | nothing | nothing | nothing |
    /// | Failed | Booked, told Confirmed | Pending | nothing | nothing | nothing |
    /// | Cancelled, Declined | nothing | nothing | nothing | nothing | nothing |
    /// | Tombstone | refused | refused | refused | refused | refused |
    ///
    /// "First view": where the XIS had not shown the appointment yet, its view is adopted, told as Modified only
    /// if a booked appointment turns out to be at another time or of another kind.
    ///
    /// # Errors
    /// For a tombstone: nobody asked for it.
    pub fn answered(&self, answer: Answer, now: Timestamp) -> Result<Outcome, Refusal> {
        if self.state == State::Tombstone {
            return Err(Refusal::NeverRequested);
        }
        Ok(match answer {
            Answer::Approved(view) => self.approved(self.usable(view), now),
            Answer::Pending(view) => self.awaits_approval(self.usable(view), now),
            Answer::SlotGone => self.failed(Failure::SlotGone, now),
            Answer::Refused => self.failed(Failure::Refused, now),
            Answer::NotBooked => self.failed(Failure::NotBooked, now),
            Answer::Unknown => self.lost_sight(now),
        })
    }

    fn approved(&self, view: Option<Content>, now: Timestamp) -> Outcome {
        match self.state {
            State::Requested { .. } | State::Unknown { .. } | State::Pending | State::Failed { .. } => {
                Outcome::told(self.shown(State::Booked, view), Kind::Confirmed, now)
            }
            State::Booked => self.first_view(view, now),
            State::Cancelled { .. } | State::Declined { .. } | State::Tombstone => Outcome::nothing(self),
        }
    }

    fn awaits_approval(&self, view: Option<Content>, now: Timestamp) -> Outcome {
        match self.state {
            State::Requested { .. } | State::Unknown { .. } | State::Failed { .. } => {
                Outcome::stored(self.shown(State::Pending, view))
            }
            State::Pending | State::Booked => self.first_view(view, now),
            State::Cancelled { .. } | State::Declined { .. } | State::Tombstone => Outcome::nothing(self),
        }
    }

    fn failed(&self, why: Failure, now: Timestamp) -> Outcome {
        match self.state {
            State::Requested { .. } | State::Unknown { .. } => {
                Outcome::stored(self.in_state(State::Failed { why, at: now }))
            }
            State::Pending
            | State::Booked
            | State::Cancelled { .. }
            | State::Declined { .. }
            | State::Failed { .. }
            | State::Tombstone => Outcome::nothing(self),
        }
    }

    fn lost_sight(&self, now: Timestamp) -> Outcome {
        match self.state {
            State::Requested { at, approval } => {
                Outcome::stored(self.in_state(State::Unknown { at, since: now, approval }))
            }
            State::Unknown { .. }
            | State::Pending
            | State::Booked
            | State::Cancelled { .. }
            | State::Declined { .. }
            | State::Failed { .. }
            | State::Tombstone => Outcome::nothing(self),
        }
    }

    fn first_view(&self, view: Option<Content>, now: Timestamp) -> Outcome {
        let Some(view) = view.filter(|_| !self.settled) else { return Outcome::nothing(self) };
        let view = self.beside_answer(view);
        let changed = self.difference(&view) == Difference::Changed;
        let after = self.shown(self.state.clone(), Some(view));
        if changed && after.state == State::Booked {
            Outcome::told(after, Kind::Modified, now)
        } else {
            Outcome::stored(after)
        }
    }

    /// An answer's view without the echo of the reason (A17). A view that can be no visit is as good as none:
    /// the booking has happened, so there is nothing left to refuse.
    fn usable(&self, view: Option<Content>) -> Option<Content> {
        view.and_then(|view| view.checked().ok()).map(|view| self.without_reason(view))
    }
}

#[cfg(test)]
mod tests;
