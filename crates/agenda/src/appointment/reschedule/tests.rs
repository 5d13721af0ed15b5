use super::super::{
    Answer, Decision, Failure,
    examples::{
        appointment, booked, brief, cancelled, cancelled_by, content, declined, failed, later, minutes, now,
        requested, states, unknown,
    },
};
use super::*;

fn words() -> Reason {
    "Verzet naar zaterdag 11 april".parse().unwrap()
}

/// The new visit, asked for ten minutes ago.
fn new(state: State) -> Appointment {
    Appointment { content: later(), ..appointment(state) }
}

fn wish() -> (Timestamp, Reason) {
    (now() - minutes(10), words())
}

/// The old visit, on its way to be cancelled.
fn giving_way() -> Appointment {
    appointment(State::Booked).give_way(now(), words(), now()).after
}

fn new_changes(replacing: Replacing, outcome: Outcome, old: &Appointment) -> (Replacing, String, String) {
    let Pair { replacing, changed, other } = replacing.new_changes(outcome, old, wish(), now());
    (replacing, brief(&changed), format!("{:?}: cancelling {}", other.effect, other.after.is_cancelling()))
}

#[test]
fn once_the_new_one_stands_the_old_one_is_cancelled_and_nothing_is_told_yet() {
    for before in [requested(), unknown(), State::Pending] {
        let approved = new(before).answered(Answer::Approved(None), now()).unwrap();
        let (replacing, changed, other) =
            new_changes(Replacing::Asked, approved, &appointment(State::Booked));
        assert_eq!((replacing, changed.as_str()), (Replacing::Held, "Stored: booked"));
        assert_eq!(other, "Stored: cancelling true");
    }
    let given = giving_way();
    assert_eq!(given.cancellation, Some(Cancellation::Sent { at: now(), words: Some(words()) }));
}

#[test]
fn while_the_new_one_waits_or_once_it_will_not_be_the_old_one_stands() {
    let old = appointment(State::Booked);
    let untouched = "Nothing: cancelling false".to_owned();
    for (before, answer, then) in [
        (requested(), Answer::Pending(None), Replacing::Asked),
        (requested(), Answer::Unknown, Replacing::Asked),
        (requested(), Answer::SlotGone, Replacing::Over),
        (requested(), Answer::Refused, Replacing::Over),
        (unknown(), Answer::NotBooked, Replacing::Over),
    ] {
        let outcome = new(before).answered(answer, now()).unwrap();
        let (replacing, _, other) = new_changes(Replacing::Asked, outcome, &old);
        assert_eq!((replacing, &other), (then, &untouched));
    }
    let declined = new(State::Pending).responded(Decision::Declined, None, now()).unwrap();
    let (replacing, changed, other) = new_changes(Replacing::Asked, declined, &old);
    assert_eq!(
        (replacing, changed.as_str(), other),
        (Replacing::Over, "Told(Declined): declined", untouched)
    );
}

#[test]
fn a_late_booking_of_what_had_failed_takes_no_place() {
    let late = new(failed()).xis_update(booked(later()), now()).unwrap();
    let (replacing, changed, other) = new_changes(Replacing::Over, late, &appointment(State::Booked));
    assert_eq!((replacing, changed.as_str()), (Replacing::Over, "Told(Confirmed): booked"));
    assert_eq!(other, "Nothing: cancelling false");
}

#[test]
fn only_what_stands_and_is_ahead_gives_way_and_only_once() {
    let gives = [false, false, true, true, false, false, false, false, false];
    for (state, gives) in states().into_iter().zip(gives) {
        let given = appointment(state).give_way(now(), words(), now());
        assert_eq!(given.effect == Effect::Stored, gives, "{:?}", given.after.state);
    }
    let given = giving_way();
    assert_eq!(given.give_way(now(), words(), now()), Outcome::nothing(&given));
    let refused = given.cancelling_refused().after;
    assert_eq!(refused.give_way(now(), words(), now()), Outcome::nothing(&refused));
    let begun = appointment(State::Booked);
    assert_eq!(begun.give_way(now(), words(), content().start), Outcome::nothing(&begun));
}

#[test]
fn where_nothing_is_left_to_cancel_the_new_one_is_told_at_once() {
    let approved = new(State::Pending).answered(Answer::Approved(None), now()).unwrap();
    let over = appointment(cancelled_by(Party::Practice));
    let (replacing, changed, _) = new_changes(Replacing::Asked, approved, &over);
    assert_eq!((replacing, changed.as_str()), (Replacing::Over, "Told(Confirmed): booked"));
}

#[test]
fn both_halves_are_told_as_one() {
    let agreed = giving_way().cancelled_by_patient(now());
    let pair = Replacing::Held.old_changes(agreed, &new(State::Booked), now());
    assert_eq!(pair.replacing, Replacing::Over);
    assert_eq!(brief(&pair.changed), "Stored: cancelled by patient");
    assert_eq!(brief(&pair.other), "Told(Rescheduled): booked");
}

#[test]
fn after_the_wait_each_half_is_told_by_itself() {
    let new = new(State::Booked);
    let alone = Replacing::Held.waited_long_enough(&new, now());
    assert_eq!(brief(&alone), "Told(Confirmed): booked");
    let pair = Replacing::Over.old_changes(giving_way().cancelled_by_patient(now()), &new, now());
    assert_eq!(brief(&pair.changed), "Told(CancelledByPatient): cancelled by patient");
    assert_eq!(pair.other, Outcome::nothing(&new));
    assert_eq!(Replacing::Over.waited_long_enough(&new, now()), Outcome::nothing(&new));
}

#[test]
fn b8_a_refusal_is_told_with_the_new_one_which_stands_beside() {
    for replacing in [Replacing::Held, Replacing::Over] {
        let pair = replacing.old_changes(giving_way().cancelling_refused(), &new(State::Booked), now());
        assert_eq!((brief(&pair.changed).as_str(), pair.replacing), ("Stored: booked", Replacing::Over));
        assert_eq!(brief(&pair.other), "Told(Rescheduled): booked");
    }
}

#[test]
fn a10_the_practices_own_end_of_the_old_one_is_not_cancelled_again() {
    let put = giving_way().xis_update(cancelled(content()), now()).unwrap();
    let pair = Replacing::Held.old_changes(put, &new(State::Booked), now());
    assert_eq!(brief(&pair.other), "Told(Rescheduled): booked");
    let declined = giving_way().responded(Decision::Declined, None, now()).unwrap();
    let pair = Replacing::Held.old_changes(declined, &new(State::Booked), now());
    assert_eq!(brief(&pair.changed), "Told(CancelledByPractice): cancelled by practice");
    assert_eq!(brief(&pair.other), "Told(Confirmed): booked");
}

#[test]
fn a_change_of_the_old_one_on_its_way_decides_nothing() {
    let moved = giving_way().xis_update(booked(later()), now()).unwrap();
    let pair = Replacing::Held.old_changes(moved, &new(State::Booked), now());
    assert_eq!((pair.replacing, brief(&pair.changed).as_str()), (Replacing::Held, "Told(Modified): booked"));
    assert_eq!(pair.other.effect, Effect::Nothing);
}

#[test]
fn what_happens_to_the_new_one_while_it_is_held_is_told_at_once() {
    let old = giving_way();
    let moved = new(State::Booked).xis_update(booked(content()), now()).unwrap();
    let (replacing, changed, _) = new_changes(Replacing::Held, moved, &old);
    assert_eq!((replacing, changed.as_str()), (Replacing::Over, "Told(Confirmed): booked"));
    let over = new(State::Booked).xis_update(cancelled(later()), now()).unwrap();
    let (replacing, changed, _) = new_changes(Replacing::Held, over, &old);
    assert_eq!(
        (replacing, changed.as_str()),
        (Replacing::Over, "Told(CancelledByPractice): cancelled by practice")
    );
    let same = new(State::Booked).xis_update(booked(later()), now()).unwrap();
    assert_eq!(new_changes(Replacing::Held, same, &old).0, Replacing::Held);
}

#[test]
fn the_place_is_kept_when_the_new_one_is_lost_before_the_old_one_was_cancelled() {
    let kept = giving_way().keep_place();
    assert_eq!((kept.effect, kept.after.is_cancelling()), (Effect::Stored, false));
    assert_eq!(kept.after.keep_place(), Outcome::nothing(&kept.after));
    let failed = State::Failed { why: Failure::SlotGone, at: now() };
    for state in [failed, declined(), cancelled_by(Party::Practice)] {
        let lost = new(state);
        let pair = Replacing::Over.old_changes(giving_way().keep_place(), &lost, now());
        assert_eq!((brief(&pair.changed).as_str(), pair.other.effect), ("Stored: booked", Effect::Nothing));
    }
}
