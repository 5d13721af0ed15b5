use super::super::{
    Decision, Effect,
    examples::{
        appointment, booked, brief, cancelled, commented, content, later, now, requested, states, unknown,
    },
};
use super::*;

fn answers() -> [Answer; 6] {
    [
        Answer::Approved(Some(content())),
        Answer::Pending(Some(content())),
        Answer::SlotGone,
        Answer::Refused,
        Answer::Unknown,
        Answer::NotBooked,
    ]
}

/// As it is before the XIS has shown anything.
fn unsettled(state: State) -> Appointment {
    Appointment { settled: false, ..appointment(state) }
}

#[test]
fn each_state_meets_each_answer() {
    let confirmed = "Told(Confirmed): booked";
    let (pending, failed, unknown) = ("Stored: pending", "Stored: failed", "Stored: unknown");
    // In the order of `states` and `answers`; an empty text is an outcome that changes nothing.
    let expected = [
        [confirmed, pending, failed, failed, unknown, failed],
        [confirmed, pending, failed, failed, "", failed],
        [confirmed, "", "", "", "", ""],
        [""; 6],
        [""; 6],
        [""; 6],
        [""; 6],
        [confirmed, pending, "", "", "", ""],
    ];
    for (state, expected) in states().into_iter().zip(expected) {
        let held = appointment(state);
        for (answer, expected) in answers().into_iter().zip(expected) {
            let outcome = held.answered(answer.clone(), now()).unwrap();
            if expected.is_empty() {
                assert_eq!((&outcome.after, outcome.effect), (&held, Effect::Nothing), "{answer:?}");
            } else {
                assert_eq!(brief(&outcome), expected, "{held:?} {answer:?}");
            }
        }
    }
}

#[test]
fn behind_a_tombstone_is_no_request() {
    for answer in answers() {
        let refusal = appointment(State::Tombstone).answered(answer, now());
        assert_eq!(refusal, Err(Refusal::NeverRequested));
    }
}

#[test]
fn c18_the_time_since_which_it_is_unknown_is_kept() {
    let lost = unsettled(requested()).answered(Answer::Unknown, now()).unwrap();
    assert_eq!((lost.effect, lost.after.state), (Effect::Stored, unknown()));
}

#[test]
fn a11_an_answer_after_the_xis_own_put_changes_nothing() {
    let put = unsettled(requested()).xis_update(booked(content()), now()).unwrap();
    assert_eq!(put.effect, Effect::Told(Kind::Confirmed));
    for answer in answers() {
        let late = put.after.answered(answer, now()).unwrap();
        assert_eq!((late.effect, late.after), (Effect::Nothing, put.after.clone()));
    }
}

#[test]
fn a11_an_answer_does_not_revive_what_the_xis_cancelled_meanwhile() {
    let put = unsettled(requested()).xis_update(cancelled(content()), now()).unwrap();
    assert_eq!(put.effect, Effect::Told(Kind::CancelledByPractice));
    let late = put.after.answered(Answer::Approved(Some(content())), now()).unwrap();
    assert_eq!((late.effect, late.after), (Effect::Nothing, put.after));
}

#[test]
fn b11_an_acceptance_that_came_first_is_not_undone_by_a_pending_answer() {
    let accepted = unsettled(requested()).responded(Decision::Accepted, None, now()).unwrap();
    let late = accepted.after.answered(Answer::Pending(Some(content())), now()).unwrap();
    assert_eq!((late.effect, &late.after.state, late.after.settled), (Effect::Stored, &State::Booked, true));
    let moved = accepted.after.answered(Answer::Pending(Some(later())), now()).unwrap();
    assert_eq!(moved.effect, Effect::Told(Kind::Modified));
}

#[test]
fn a17_the_reason_that_comes_back_is_no_message() {
    let view = Answer::Approved(Some(commented("Pijn in mijn knie")));
    let outcome = unsettled(requested()).answered(view, now()).unwrap();
    assert_eq!((outcome.after.message(), outcome.after.settled), (None, true));
}

#[test]
fn without_a_view_our_own_content_stays_until_the_first_one() {
    let outcome = unsettled(requested()).answered(Answer::Approved(None), now()).unwrap();
    assert_eq!((outcome.after.content, outcome.after.settled), (content(), false));
    let impossible = Content { end: content().start, ..content() };
    let outcome = unsettled(requested()).answered(Answer::Pending(Some(impossible)), now()).unwrap();
    assert_eq!((outcome.after.content, outcome.after.settled), (content(), false));
}
