use jiff::Timestamp;

use super::{Appointment, Content, Outcome, Reason, Refusal, State};

impl Appointment {
    /// A patient asks for an appointment: the attempt, before the XIS is called.
    ///
    /// `approval` says whether the practice approves requests by hand (C3, setting).
    ///
    /// # Errors
    /// When the end is not after the start, or the start is not in the future.
    pub fn request(
        content: Content,
        reason: Reason,
        approval: bool,
        now: Timestamp,
    ) -> Result<Outcome, Refusal> {
        let content = content.checked()?.without_echo(Some(reason.as_str()));
        if content.start <= now {
            return Err(Refusal::StartInThePast);
        }
        let state = State::Requested { at: now, approval };
        Ok(Outcome::stored(Self {
            content,
            reason: Some(reason),
            state,
            settled: false,
            answer: None,
            cancellation: None,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Effect,
        examples::{commented, content, now},
    };
    use super::*;

    fn reason() -> Reason {
        "Pijn in mijn knie".parse().unwrap()
    }

    #[test]
    fn an_attempt_is_stored_and_told_to_nobody() {
        let outcome = Appointment::request(commented("Pijn in mijn knie"), reason(), true, now()).unwrap();
        assert_eq!(outcome.effect, Effect::Stored);
        assert_eq!(outcome.after.state, State::Requested { at: now(), approval: true });
        assert_eq!((outcome.after.content, outcome.after.settled), (content(), false));
    }

    #[test]
    fn a14_a_request_needs_a_future_start_and_a_later_end() {
        let request = |content| Appointment::request(content, reason(), false, now());
        let started = Content { start: now(), ..content() };
        assert_eq!(request(started), Err(Refusal::StartInThePast));
        let empty = Content { end: content().start, ..content() };
        assert_eq!(request(empty), Err(Refusal::EndNotAfterStart));
    }
}
