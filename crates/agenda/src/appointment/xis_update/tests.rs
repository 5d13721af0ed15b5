use super::super::{
    Effect,
    examples::{
        appointment, booked, brief, cancelled, cancelled_by, coding, commented, content, declined, later,
        minutes, now, patient, practitioner, requested, silent, states,
    },
};
use super::*;

fn after(state: State, update: Update) -> Outcome {
    appointment(state).xis_update(update, now()).unwrap()
}

#[test]
fn each_state_meets_each_status() {
    let expected = [
        ("Told(Confirmed): booked", "Told(CancelledByPractice): cancelled by practice", "Stored: booked"),
        ("Told(Confirmed): booked", "Told(CancelledByPractice): cancelled by practice", "Stored: booked"),
        ("Told(Confirmed): booked", "Told(CancelledByPractice): cancelled by practice", "Stored: booked"),
        ("Nothing: booked", "Told(CancelledByPractice): cancelled by practice", "Nothing: booked"),
        ("StaleEcho: cancelled by patient", "Nothing: cancelled by patient", "Nothing: cancelled by patient"),
        ("Told(PlannedAgain): booked", "Nothing: cancelled by practice", "Nothing: cancelled by practice"),
        ("Told(PlannedAgain): booked", "Nothing: declined", "Nothing: declined"),
        ("Told(Confirmed): booked", "Nothing: failed", "Stored: booked"),
        ("Told(PlannedAgain): booked", "Nothing: tombstone", "Nothing: tombstone"),
    ];
    for (state, expected) in states().into_iter().zip(expected) {
        let outcome = |update| brief(&after(state.clone(), update));
        let found = (outcome(booked(content())), outcome(cancelled(content())), outcome(silent(content())));
        assert_eq!((found.0.as_str(), found.1.as_str(), found.2.as_str()), expected, "{state:?}");
    }
}

#[test]
fn a7_a_change_is_told_and_a_new_name_only_stored() {
    assert_eq!(after(State::Booked, booked(later())).effect, Effect::Told(Kind::Modified));
    let renamed = vec![patient(), practitioner("PractitionerRole/1", "Huisarts Jansen")];
    let outcome = after(State::Booked, booked(Content { participants: renamed.clone(), ..content() }));
    assert_eq!((outcome.effect, outcome.after.content.participants), (Effect::Stored, renamed));
}

#[test]
fn a8_approval_that_also_moves_is_one_notice() {
    let outcome = after(State::Pending, booked(later()));
    assert_eq!((outcome.effect, outcome.after.content), (Effect::Told(Kind::Confirmed), later()));
}

#[test]
fn a9_an_unchanged_booked_is_an_echo_for_fifteen_minutes() {
    let held = appointment(cancelled_by(Party::Patient));
    let effect = |content, age| held.xis_update(booked(content), now() + minutes(age)).unwrap().effect;
    assert_eq!(effect(content(), 15), Effect::StaleEcho);
    assert_eq!(effect(commented("Pijn in mijn knie"), 15), Effect::StaleEcho);
    assert_eq!(effect(content(), 16), Effect::Told(Kind::PlannedAgain));
    assert_eq!(effect(later(), 1), Effect::Told(Kind::PlannedAgain));
}

#[test]
fn a9_the_cancellations_own_words_do_not_hide_a_later_echo() {
    let held = appointment(cancelled_by(Party::Patient));
    let informed = held.xis_update(cancelled(commented("Afgezegd door patiënt")), now()).unwrap();
    assert_eq!((informed.effect, &informed.after), (Effect::Nothing, &held));
    assert_eq!(informed.after.xis_update(booked(content()), now()).unwrap().effect, Effect::StaleEcho);
}

#[test]
fn a9_what_was_cancelled_keeps_its_last_booked_content_and_takes_the_message() {
    let moved = Content { comment: Some("Dokter is ziek".to_owned()), ..later() };
    let outcome = after(State::Booked, cancelled(moved));
    assert_eq!(outcome.after.content, commented("Dokter is ziek"));
    let again = outcome.after.xis_update(cancelled(commented("Bel ons")), now()).unwrap();
    assert_eq!((again.effect, again.after.message()), (Effect::Stored, Some("Bel ons")));
}

#[test]
fn a11_the_echo_of_our_own_request_is_adopted_in_silence() {
    let held = Appointment { settled: false, ..appointment(State::Booked) };
    let view = Content { participants: vec![patient()], ..commented("Kom nuchter") };
    let outcome = held.xis_update(booked(view.clone()), now()).unwrap();
    assert_eq!(
        (outcome.effect, &outcome.after.content, outcome.after.settled),
        (Effect::Stored, &view, true)
    );
    assert_eq!(outcome.after.xis_update(booked(view), now()).unwrap().effect, Effect::Nothing);
}

#[test]
fn a11_another_time_or_kind_is_no_echo() {
    let held = Appointment { settled: false, ..appointment(State::Booked) };
    let other_kind = Content { categories: vec![coding("VIDEO", "Beeldbellen")], ..content() };
    for view in [later(), other_kind] {
        assert_eq!(held.xis_update(booked(view), now()).unwrap().effect, Effect::Told(Kind::Modified));
    }
}

#[test]
fn a14_of_a_past_start_nobody_is_told() {
    let started = content().start + minutes(1);
    let effect = |state, update| appointment(state).xis_update(update, started).unwrap().effect;
    assert_eq!(effect(State::Booked, booked(commented("Was u er?"))), Effect::Stored);
    assert_eq!(effect(State::Booked, cancelled(content())), Effect::Stored);
    assert_eq!(effect(State::Pending, booked(content())), Effect::Stored);
    assert_eq!(effect(declined(), booked(content())), Effect::Stored);
    assert_eq!(effect(State::Booked, booked(later())), Effect::Told(Kind::Modified));
}

#[test]
fn a14_an_end_before_the_start_is_refused_whatever_the_status() {
    let backwards = Content { end: content().start, ..content() };
    for update in [booked(backwards.clone()), cancelled(backwards.clone()), silent(backwards)] {
        let refusal = appointment(requested()).xis_update(update, now());
        assert_eq!(refusal, Err(Refusal::EndNotAfterStart));
    }
}

#[test]
fn a17_an_echo_of_the_reason_changes_nothing() {
    assert_eq!(after(State::Booked, booked(commented(" Pijn in mijn knie\r\n"))).effect, Effect::Nothing);
    assert_eq!(after(State::Booked, booked(commented("Kom nuchter"))).effect, Effect::Told(Kind::Modified));
}

#[test]
fn b6_an_answer_does_not_outlive_the_appointment_it_was_about() {
    let held = Appointment { answer: Some("Tot dan".to_owned()), ..appointment(State::Booked) };
    assert_eq!(held.xis_update(booked(content()), now()).unwrap().effect, Effect::Nothing);
    assert_eq!(held.xis_update(cancelled(content()), now()).unwrap().after.message(), None);
    let refused = Appointment { answer: Some("Helaas vol".to_owned()), ..appointment(declined()) };
    assert_eq!(refused.xis_update(booked(content()), now()).unwrap().after.message(), None);
}
