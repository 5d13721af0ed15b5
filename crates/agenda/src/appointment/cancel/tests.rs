use super::super::{
    Decision, Effect,
    examples::{
        appointment, booked, brief, cancelled, cancelled_by, content, declined, later, minutes, now, states,
    },
};
use super::*;

const DAY: CancelWindow = CancelWindow::HoursBefore(24);

fn words() -> Option<Reason> {
    Some("Ik ben verhinderd".parse().unwrap())
}

/// Whose cancellation is on its way.
fn cancelling(state: State) -> Appointment {
    let outcome = appointment(state).cancel(words(), DAY, now()).unwrap();
    assert_eq!(outcome.effect, Effect::Stored);
    outcome.after
}

#[test]
fn b10_only_what_stands_can_be_cancelled_and_only_within_the_window() {
    let possible = [false, false, true, true, false, false, false, false, false];
    for (state, possible) in states().into_iter().zip(possible) {
        let held = appointment(state);
        assert_eq!(held.cancellable_until(DAY, now()).is_some(), possible, "{:?}", held.state);
        assert_eq!(held.cancellable_until(CancelWindow::Closed, now()), None);
    }
    let (held, closes_at) = (appointment(State::Booked), content().start - minutes(24 * 60));
    assert_eq!(held.cancellable_until(DAY, closes_at - minutes(1)), Some(closes_at));
    assert_eq!(held.cancellable_until(DAY, closes_at), None);
    assert_eq!(held.cancel(None, DAY, closes_at), Err(NotCancellable));
}

#[test]
fn b9_it_stands_until_the_practices_system_agrees() {
    for state in [State::Booked, State::Pending] {
        let held = cancelling(state.clone());
        assert_eq!(
            (&held.state, held.cancellation.clone()),
            (&state, Some(Cancellation::Sent { at: now(), words: words() }))
        );
        assert_eq!(held.cancellable_until(DAY, now()), None);
        let agreed = held.cancelled_by_patient(now());
        assert_eq!(brief(&agreed), "Told(CancelledByPatient): cancelled by patient");
        assert_eq!(agreed.after.cancellation, None);
    }
}

#[test]
fn b9_asking_twice_and_agreeing_twice_change_nothing() {
    let held = cancelling(State::Booked);
    assert_eq!(held.cancel(None, DAY, now()), Ok(Outcome::nothing(&held)));
    let over = held.cancelled_by_patient(now()).after;
    assert_eq!(over.cancelled_by_patient(now() + minutes(1)), Outcome::nothing(&over));
    assert_eq!(over.cancel(None, DAY, now()), Ok(Outcome::nothing(&over)));
    for state in [cancelled_by(Party::Practice), declined()] {
        let held = appointment(state);
        assert_eq!(held.cancelled_by_patient(now()), Outcome::nothing(&held));
    }
}

#[test]
fn b8_a_refusal_leaves_it_booked_and_ends_the_asking_for_this_time() {
    let held = cancelling(State::Booked).cancelling_refused();
    assert_eq!((held.effect, &held.after.state), (Effect::Stored, &State::Booked));
    assert_eq!(held.after.cancelling_refused(), Outcome::nothing(&held.after));
    assert_eq!(held.after.cancel(None, DAY, now()), Err(NotCancellable));
    let moved = held.after.xis_update(booked(later()), now()).unwrap().after;
    assert!(moved.cancellable_until(DAY, now()).is_some());
}

#[test]
fn a10_the_practices_word_that_it_is_cancelled_is_the_answer_to_the_patients_own() {
    let told = cancelling(State::Booked).xis_update(cancelled(later()), now()).unwrap();
    assert_eq!(brief(&told), "Told(CancelledByPatient): cancelled by patient");
    assert_eq!((&told.after.content, &told.after.cancellation), (&content(), &None));
    assert_eq!(told.after.cancelled_by_patient(now()), Outcome::nothing(&told.after));
}

#[test]
fn a_change_meanwhile_is_told_and_the_cancellation_goes_on() {
    let moved = cancelling(State::Booked).xis_update(booked(later()), now()).unwrap();
    assert_eq!((moved.effect, moved.after.is_cancelling()), (Effect::Told(Kind::Modified), true));
    let declined = cancelling(State::Pending).responded(Decision::Declined, None, now()).unwrap();
    assert_eq!((brief(&declined).as_str(), declined.after.cancellation), ("Told(Declined): declined", None));
}

#[test]
fn a14_of_a_past_start_nobody_is_told() {
    let late = cancelling(State::Booked).cancelled_by_patient(content().start + minutes(1));
    assert_eq!(brief(&late), "Stored: cancelled by patient");
}
