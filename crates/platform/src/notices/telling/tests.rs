use Kind::{CancelledByPractice, Confirmed, Declined, Modified, New, PlannedAgain, Rescheduled};
use agenda::Cancellation;

use super::super::examples::{cancelled, may, notice, now, stored, visit};
use super::*;

/// What is told when these notices, with the day each replaced, wait for an appointment that now stands so.
fn told(waiting: &[(Kind, Option<u8>)], state: State, day: u8) -> Option<Telling> {
    let stored = stored(state, visit(may(day)));
    Telling::of(Untold { notices: &notices(waiting), perhaps_told: false }, &stored, None, now())
}

fn notices(waiting: &[(Kind, Option<u8>)]) -> Vec<Notice> {
    let notice = |(revision, (kind, day)): (u32, &(Kind, Option<u8>))| {
        notice(revision, *kind, day.map(|day| visit(may(day))))
    };
    (1..).zip(waiting).map(notice).collect()
}

fn telling(kind: Kind, day: u8, was: Option<u8>) -> Option<Telling> {
    Some(Telling { kind, at: may(day), was: was.map(may), beside: None })
}

#[test]
fn nothing_waits_nothing_is_told() {
    assert_eq!(told(&[], State::Booked, 12), None);
}

#[test]
fn one_change_is_told_as_it_is() {
    let declined = State::Declined { at: now() };
    assert_eq!(told(&[(New, None)], State::Booked, 12), telling(New, 12, None));
    assert_eq!(told(&[(Modified, Some(12))], State::Booked, 13), telling(Modified, 13, Some(12)));
    assert_eq!(told(&[(PlannedAgain, Some(12))], State::Booked, 13), telling(PlannedAgain, 13, None));
    assert_eq!(told(&[(CancelledByPractice, None)], cancelled(), 12), telling(CancelledByPractice, 12, None));
    assert_eq!(told(&[(Declined, None)], declined, 12), telling(Declined, 12, None));
}

#[test]
fn a8_an_approval_at_another_time_tells_both_times() {
    assert_eq!(told(&[(Confirmed, None)], State::Booked, 12), telling(Confirmed, 12, None));
    assert_eq!(told(&[(Confirmed, Some(12))], State::Booked, 13), telling(Confirmed, 13, Some(12)));
}

#[test]
fn several_changes_collapse_into_one_from_the_oldest_to_the_present() {
    let moves = [(Modified, Some(12)), (Modified, Some(13)), (Modified, Some(14))];
    assert_eq!(told(&moves, State::Booked, 15), telling(Modified, 15, Some(12)));
    let new_and_moved = [(New, None), (Modified, Some(12))];
    assert_eq!(told(&new_and_moved, State::Booked, 13), telling(New, 13, None));
    let confirmed_and_moved = [(Confirmed, None), (Modified, Some(12))];
    assert_eq!(told(&confirmed_and_moved, State::Booked, 13), telling(Confirmed, 13, Some(12)));
}

#[test]
fn a_change_that_was_undone_before_it_was_told_is_not_told() {
    assert_eq!(told(&[(Modified, Some(12)), (Modified, Some(13))], State::Booked, 12), None);
}

#[test]
fn a_change_of_something_else_than_the_time_is_told_without_an_old_time() {
    let before = Content { comment: None, ..visit(may(12)) };
    let stored = stored(State::Booked, visit(may(12)));
    let untold = Untold { notices: &[notice(1, Modified, Some(before))], perhaps_told: false };
    let told = Telling::of(untold, &stored, None, now());
    assert_eq!(told, telling(Modified, 12, None));
}

#[test]
fn once_cancelled_only_the_cancellation_is_told_with_the_time_that_the_patient_knows() {
    let moved = [(Modified, Some(12)), (CancelledByPractice, None)];
    assert_eq!(told(&moved, cancelled(), 13), telling(CancelledByPractice, 13, Some(12)));
    let new = [(New, None), (CancelledByPractice, None)];
    assert_eq!(told(&new, cancelled(), 12), telling(CancelledByPractice, 12, None));
    let again = [(PlannedAgain, Some(12)), (CancelledByPractice, None)];
    assert_eq!(told(&again, cancelled(), 13), telling(CancelledByPractice, 13, None));
}

#[test]
fn what_is_no_longer_true_is_not_told() {
    let by_patient = State::Cancelled { by: Party::Patient, at: now() };
    for kind in [New, Confirmed, Modified, PlannedAgain, Declined, CancelledByPractice] {
        for state in [by_patient.clone(), State::Pending, State::Tombstone] {
            assert_eq!(told(&[(kind, Some(12))], state, 12), None, "{kind:?}");
        }
    }
    for kind in [New, Confirmed, Modified, PlannedAgain] {
        assert_eq!(told(&[(kind, Some(12))], cancelled(), 12), None, "{kind:?}");
    }
}

#[test]
fn a9_cancelled_and_booked_again_before_either_was_told_is_told_as_planned_again() {
    let as_it_was = [(CancelledByPractice, None), (PlannedAgain, None)];
    assert_eq!(told(&as_it_was, State::Booked, 12), telling(PlannedAgain, 12, None));
    let elsewhen = [(CancelledByPractice, None), (PlannedAgain, Some(12))];
    assert_eq!(told(&elsewhen, State::Booked, 14), telling(PlannedAgain, 14, Some(12)));
    let by_patient_between = [(Modified, Some(12)), (PlannedAgain, Some(13))];
    assert_eq!(told(&by_patient_between, State::Booked, 12), telling(PlannedAgain, 12, None));
    let declined_first = [(Declined, None), (PlannedAgain, None)];
    assert_eq!(told(&declined_first, State::Booked, 12), telling(PlannedAgain, 12, None));
}

#[test]
fn a14_nothing_is_told_about_the_past() {
    for kind in [New, Confirmed, Modified, PlannedAgain] {
        assert_eq!(told(&[(kind, Some(12))], State::Booked, 3), None);
    }
    assert_eq!(told(&[(CancelledByPractice, None)], cancelled(), 3), None);
}

#[test]
fn after_an_attempt_that_may_have_got_through_nothing_is_told_as_if_it_had_not() {
    let told = |waiting: &[_], state, day| {
        let stored = stored(state, visit(may(day)));
        Telling::of(Untold { notices: &notices(waiting), perhaps_told: true }, &stored, None, now())
    };
    let undone = [(Modified, Some(12)), (Modified, Some(13))];
    assert_eq!(told(&undone, State::Booked, 12), telling(Modified, 12, None));
    let new_and_moved = [(New, None), (Modified, Some(12))];
    assert_eq!(told(&new_and_moved, State::Booked, 13), telling(Modified, 13, Some(12)));
    assert_eq!(told(&[(New, None)], State::Booked, 12), telling(New, 12, None));
    let over = [(New, None), (Modified, Some(12)), (CancelledByPractice, None)];
    assert_eq!(told(&over, cancelled(), 13), telling(CancelledByPractice, 13, Some(12)));
    let again = [(PlannedAgain, Some(11)), (Modified, Some(12))];
    assert_eq!(told(&again, State::Booked, 13), telling(PlannedAgain, 13, Some(12)));
}

/// The same, for a visit that was to take the place of one of day 11, which stands so.
fn told_beside(waiting: &[(Kind, Option<u8>)], state: State, old: &Stored) -> Option<Telling> {
    let stored = stored(state, visit(may(13)));
    Telling::of(Untold { notices: &notices(waiting), perhaps_told: false }, &stored, Some(old), now())
}

fn old(state: State, cancellation: Option<Cancellation>) -> Stored {
    let mut old = stored(state, visit(may(11)));
    old.appointment.cancellation = cancellation;
    old
}

fn beside(kind: Kind, beside: Beside) -> Option<Telling> {
    Some(Telling { kind, at: may(13), was: None, beside: Some(beside) })
}

#[test]
fn a_visit_that_took_the_place_of_another_is_told_as_moved_from_there() {
    let over = &old(State::Cancelled { by: Party::Patient, at: now() }, None);
    let moved = [(Rescheduled, Some(11))];
    assert_eq!(told_beside(&moved, State::Booked, over), telling(Rescheduled, 13, Some(11)));
    let moved_on = [(Rescheduled, Some(11)), (Modified, Some(12))];
    assert_eq!(told_beside(&moved_on, State::Booked, over), telling(Rescheduled, 13, Some(11)));
    let lost = [(Rescheduled, Some(11)), (CancelledByPractice, None)];
    assert_eq!(told_beside(&lost, cancelled(), over), telling(CancelledByPractice, 13, Some(11)));
}

#[test]
fn what_is_told_of_a_reschedule_says_that_the_old_one_stands_and_how() {
    let asked = Cancellation::Sent { at: now(), words: None };
    for (cancellation, how) in [
        (None, Beside::Stands),
        (Some(asked), Beside::BeingCancelled),
        (Some(Cancellation::Refused { start: may(11) }), Beside::NotCancellable),
        // It was moved since: the practice may say something else now.
        (Some(Cancellation::Refused { start: may(10) }), Beside::Stands),
    ] {
        for state in [State::Booked, State::Pending] {
            let old = &old(state, cancellation.clone());
            for kind in [Confirmed, Rescheduled] {
                assert_eq!(told_beside(&[(kind, None)], State::Booked, old), beside(kind, how));
            }
            let declined = State::Declined { at: now() };
            assert_eq!(told_beside(&[(Declined, None)], declined, old), beside(Declined, how));
            let lost = told_beside(&[(CancelledByPractice, None)], cancelled(), old);
            assert_eq!(lost, beside(CancelledByPractice, how));
        }
    }
    // Planned again before it was told that it gave way.
    let again = told_beside(&[(Rescheduled, Some(11))], State::Booked, &old(State::Booked, None));
    assert_eq!(again, beside(Rescheduled, Beside::Stands));
}

#[test]
fn what_became_of_an_old_one_that_is_over_by_itself_is_told_by_itself() {
    let alone = told_beside(&[(Rescheduled, None)], State::Booked, &old(cancelled(), None));
    assert_eq!(alone, telling(Confirmed, 13, None));
    assert_eq!(
        told_beside(&[(Modified, Some(12))], State::Booked, &old(State::Booked, None)),
        telling(Modified, 13, Some(12))
    );
}
