use jiff::Timestamp;

use super::{Appointment, Content, Kind, Outcome, Refusal, State, Update, UpdateStatus};

impl Appointment {
    /// The XIS sends an appointment that we do not know.
    ///
    /// Booked is new and told, unless its start lies in the past (A14). Cancelled leaves a tombstone and tells
    /// nobody (A1). A visit under way is stored as booked, in silence (A13).
    ///
    /// # Errors
    /// When the end is not after the start (A14).
    pub fn from_xis(update: Update, now: Timestamp) -> Result<Outcome, Refusal> {
        let content = update.content.checked()?.without_echo(None);
        Ok(match update.status {
            UpdateStatus::Booked => Outcome::told(Self::made_by_practice(content), Kind::New, now),
            UpdateStatus::Silent => Outcome::stored(Self::made_by_practice(content)),
            UpdateStatus::Cancelled => Outcome::stored(Self::tombstone(&content)),
        })
    }

    fn made_by_practice(content: Content) -> Self {
        Self::shown_by_xis(content, State::Booked)
    }

    /// Remembers that it is cancelled, and of its content only the time: it belongs to no patient of ours.
    fn tombstone(content: &Content) -> Self {
        let (categories, participants) = (Vec::new(), Vec::new());
        let content =
            Content { start: content.start, end: content.end, categories, participants, comment: None };
        Self::shown_by_xis(content, State::Tombstone)
    }

    fn shown_by_xis(content: Content, state: State) -> Self {
        Self { content, reason: None, state, settled: true, answer: None, cancellation: None }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Effect,
        examples::{booked, cancelled, commented, content, minutes, now, silent},
    };
    use super::*;

    #[test]
    fn an_unknown_booked_appointment_is_new_and_told() {
        let outcome = Appointment::from_xis(booked(commented("Kom nuchter")), now()).unwrap();
        assert_eq!((outcome.effect, &outcome.after.state), (Effect::Told(Kind::New), &State::Booked));
        assert_eq!((outcome.after.message(), outcome.after.settled), (Some("Kom nuchter"), true));
    }

    #[test]
    fn a1_cancelled_and_unknown_leaves_a_tombstone_that_shows_nothing() {
        let outcome = Appointment::from_xis(cancelled(commented("Afgezegd")), now()).unwrap();
        assert_eq!((outcome.effect, &outcome.after.state), (Effect::Stored, &State::Tombstone));
        assert_eq!(outcome.after.message(), None);
        assert!(outcome.after.content.participants.is_empty());
    }

    #[test]
    fn a13_a_visit_under_way_is_stored_in_silence() {
        let outcome = Appointment::from_xis(silent(content()), now()).unwrap();
        assert_eq!((outcome.effect, outcome.after.state), (Effect::Stored, State::Booked));
    }

    #[test]
    fn a14_a_past_start_is_stored_in_silence_and_an_impossible_end_refused() {
        let after_start = content().start + minutes(1);
        let outcome = Appointment::from_xis(booked(content()), after_start).unwrap();
        assert_eq!((outcome.effect, outcome.after.state), (Effect::Stored, State::Booked));
        let backwards = Content { end: content().start - minutes(5), ..content() };
        assert_eq!(Appointment::from_xis(booked(backwards), now()), Err(Refusal::EndNotAfterStart));
    }
}
