use jiff::Timestamp;

use super::{Appointment, Kind, Outcome, Party, Refusal, State, Update};

/// What becomes of an appointment whose BSN changed (A12): two appointments that know nothing of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// For the patient who had it.
    pub old: Outcome,
    /// For the patient who has it now.
    pub new: Outcome,
}

impl Appointment {
    /// The XIS sends an appointment that we know, for another patient (A12): cancelled for the one, new for the
    /// other. Neither outcome holds a word that came from or for the other patient.
    ///
    /// # Errors
    /// When the end is not after the start (A14).
    pub fn moved_to_other_patient(&self, mut update: Update, now: Timestamp) -> Result<Moved, Refusal> {
        update.content = self.without_reason(update.content).without_echo(self.answer.as_deref());
        Ok(Moved { new: Self::from_xis(update, now)?, old: self.taken_away(now) })
    }

    fn taken_away(&self, now: Timestamp) -> Outcome {
        match self.state {
            State::Requested { .. } | State::Unknown { .. } | State::Pending | State::Booked => {
                let state = State::Cancelled { by: Party::Practice, at: now };
                Outcome::told(self.in_state(state).without_answer(), Kind::CancelledByPractice, now)
            }
            State::Cancelled { .. } | State::Declined { .. } | State::Failed { .. } | State::Tombstone => {
                Outcome::nothing(self)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Effect,
        examples::{appointment, booked, commented, content, now},
    };
    use super::*;

    #[test]
    fn a12_cancelled_for_the_one_and_new_for_the_other() {
        let held = appointment(State::Booked);
        let moved = held.moved_to_other_patient(booked(commented("Voor u")), now()).unwrap();
        assert_eq!(moved.old.effect, Effect::Told(Kind::CancelledByPractice));
        assert_eq!(moved.old.after.state, State::Cancelled { by: Party::Practice, at: now() });
        assert_eq!(moved.old.after.content, content());
        assert_eq!(moved.new.effect, Effect::Told(Kind::New));
        assert_eq!((moved.new.after.message(), &moved.new.after.reason), (Some("Voor u"), &None));
    }

    #[test]
    fn a12_what_the_first_patient_wrote_or_was_answered_is_not_shown_to_the_second() {
        let held = Appointment { answer: Some("Tot dan, Jan".to_owned()), ..appointment(State::Booked) };
        for comment in ["Pijn in mijn knie", "Tot dan, Jan"] {
            let moved = held.moved_to_other_patient(booked(commented(comment)), now()).unwrap();
            assert_eq!(moved.new.after.message(), None);
        }
    }

    #[test]
    fn a12_what_was_over_for_the_first_patient_is_not_told_again() {
        let state = State::Cancelled { by: Party::Patient, at: now() };
        let moved = appointment(state).moved_to_other_patient(booked(content()), now()).unwrap();
        assert_eq!((moved.old.effect, moved.new.effect), (Effect::Nothing, Effect::Told(Kind::New)));
    }
}
