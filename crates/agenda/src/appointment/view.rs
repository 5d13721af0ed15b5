use super::{Appointment, Content, Difference, Reason, State};
use crate::text::same;

impl Appointment {
    /// This appointment in another state.
    pub(super) fn in_state(&self, state: State) -> Self {
        let cancellation = self.cancellation_in(&state);
        Self { state, cancellation, ..self.clone() }
    }

    /// This appointment in another state, with the content that the XIS shows, where it shows any.
    pub(super) fn shown(&self, state: State, view: Option<Content>) -> Self {
        let Some(view) = view else { return self.in_state(state) };
        let answer = self.answer.clone().filter(|_| !self.content.gains_comment(&view));
        let cancellation = self.cancellation_in(&state);
        Self { content: view, state, settled: true, answer, reason: self.reason.clone(), cancellation }
    }

    /// What the XIS's view changes. Its first view of what we sent is no change as long as the time and the
    /// kind agree (A11): names, references and comment are the XIS's to choose.
    pub(super) fn difference(&self, view: &Content) -> Difference {
        if !self.settled && self.content.is_same_visit(view) {
            Difference::Wording
        } else {
            self.content.compare(view)
        }
    }

    /// The view without a comment that only repeats what the patient wrote (A17).
    pub(super) fn without_reason(&self, view: Content) -> Content {
        view.without_echo(self.reason.as_ref().map(Reason::as_str))
    }

    /// The view of an appointment that stands, where its comment repeats the practice's last answer: the patient
    /// has read that already, so it says nothing about the comment that we hold (B6).
    pub(super) fn beside_answer(&self, view: Content) -> Content {
        if self.answer.is_some() && same(self.answer.as_deref(), view.comment.as_deref()) {
            Content { comment: self.content.comment.clone(), ..view }
        } else {
            view
        }
    }

    /// This appointment without the practice's last answer, which a later turn of events has overtaken.
    pub(super) fn without_answer(self) -> Self {
        Self { answer: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{appointment, commented, content, later};
    use super::*;

    #[test]
    fn a11_only_the_first_view_may_differ_in_silence() {
        let settled = appointment(State::Booked);
        let unsettled = Appointment { settled: false, ..settled.clone() };
        let view = commented("Neem uw pasje mee");
        assert_eq!(unsettled.difference(&content()), Difference::Wording);
        assert_eq!(unsettled.difference(&view), Difference::Wording);
        assert_eq!(unsettled.difference(&later()), Difference::Changed);
        assert_eq!(settled.difference(&view), Difference::Changed);
    }

    #[test]
    fn b6_a_comment_that_repeats_the_answer_is_nothing_new() {
        let held = Appointment { answer: Some("Tot dan".to_owned()), ..appointment(State::Booked) };
        let repeats = held.beside_answer(commented("Tot dan\r\n"));
        assert_eq!(held.difference(&repeats), Difference::Same);
        let says_more = held.beside_answer(commented("Kom nuchter"));
        assert_eq!(held.difference(&says_more), Difference::Changed);
    }

    #[test]
    fn b6_the_answer_stands_until_the_practice_writes_something_else() {
        let held = Appointment { answer: Some("Tot dan".to_owned()), ..appointment(State::Booked) };
        assert_eq!(held.shown(State::Booked, Some(later())).message(), Some("Tot dan"));
        assert_eq!(held.shown(State::Booked, Some(commented("Kom nuchter"))).message(), Some("Kom nuchter"));
    }
}
