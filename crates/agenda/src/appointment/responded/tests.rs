use super::super::{
    Effect,
    examples::{
        appointment, booked, brief, cancelled_by, commented, content, minutes, now, requested, states,
    },
};
use super::*;

fn responded(held: &Appointment, decision: Decision, comment: &str) -> Result<Outcome, Refusal> {
    held.responded(decision, Some(comment.to_owned()), now())
}

#[test]
fn each_state_meets_each_decision() {
    let confirmed = Ok("Told(Confirmed): booked".to_owned());
    let refused = Err(Refusal::AlreadyCancelled);
    let expected = [
        (&confirmed, "Told(Declined): declined"),
        (&confirmed, "Told(Declined): declined"),
        (&confirmed, "Told(Declined): declined"),
        (&Ok("Nothing: booked".to_owned()), "Told(CancelledByPractice): cancelled by practice"),
        (&refused, "Nothing: cancelled by patient"),
        (&refused, "Nothing: cancelled by practice"),
        (&Err(Refusal::AlreadyDeclined), "Nothing: declined"),
        (&confirmed, "Nothing: failed"),
        (&refused, "Nothing: tombstone"),
    ];
    for (state, (accepted, declined)) in states().into_iter().zip(expected) {
        let held = appointment(state);
        let outcome = |decision| held.responded(decision, None, now()).map(|outcome| brief(&outcome));
        assert_eq!(&outcome(Decision::Accepted), accepted, "{:?}", held.state);
        assert_eq!(outcome(Decision::Declined).unwrap(), declined, "{:?}", held.state);
    }
}

#[test]
fn b5_the_same_answer_again_changes_nothing() {
    for (decision, state) in [(Decision::Accepted, State::Pending), (Decision::Declined, requested())] {
        let first = responded(&appointment(state), decision, "Tot ziens").unwrap();
        for comment in ["Tot ziens", " Tot ziens\r\n", ""] {
            assert_eq!(responded(&first.after, decision, comment), Ok(Outcome::nothing(&first.after)));
        }
    }
}

#[test]
fn b6_the_comment_is_the_practices_message_unless_it_echoes_the_reason() {
    let message = |comment| {
        let outcome = responded(&appointment(State::Pending), Decision::Accepted, comment).unwrap();
        outcome.after.message().map(str::to_owned)
    };
    assert_eq!(message("Tot dan"), Some("Tot dan".to_owned()));
    assert_eq!(message("  "), None);
    assert_eq!(message("Pijn in mijn knie"), None);
}

#[test]
fn b6_another_text_with_the_same_answer_is_shown_but_not_told() {
    let approved = appointment(State::Pending).xis_update(booked(content()), now()).unwrap().after;
    let later = responded(&approved, Decision::Accepted, "Neem uw pasje mee").unwrap();
    assert_eq!((later.effect, later.after.message()), (Effect::Stored, Some("Neem uw pasje mee")));
}

#[test]
fn a8_a_put_after_the_acceptance_is_no_modification() {
    let accepted = responded(&appointment(State::Pending), Decision::Accepted, "Tot dan").unwrap();
    let put = accepted.after.xis_update(booked(commented("Pijn in mijn knie")), now()).unwrap();
    assert_eq!((put.effect, put.after.message()), (Effect::Nothing, Some("Tot dan")));
}

#[test]
fn a10_after_the_patients_cancellation_a_refusal_is_not_even_stored() {
    let held = appointment(cancelled_by(Party::Patient));
    assert_eq!(responded(&held, Decision::Declined, "Jammer"), Ok(Outcome::nothing(&held)));
}

#[test]
fn b5_a_refusal_without_words_silences_an_earlier_promise() {
    let accepted = responded(&appointment(State::Pending), Decision::Accepted, "Tot dan").unwrap().after;
    assert_eq!(accepted.responded(Decision::Declined, None, now()).unwrap().after.message(), None);
}

#[test]
fn a14_of_a_past_start_nobody_is_told() {
    let started = content().start + minutes(1);
    let late = appointment(State::Pending).responded(Decision::Declined, None, started).unwrap();
    assert_eq!((late.effect, late.after.state), (Effect::Stored, State::Declined { at: started }));
}
