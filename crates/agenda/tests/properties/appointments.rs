use agenda::{Appointment, CancelWindow, Difference, Effect, Outcome, Refusal, State};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::{
    ledger::Ledger,
    strategies::{Event, REASON, beginning, contents, histories, updates},
};

fn apply(held: &Appointment, event: Event, now: Timestamp) -> Result<Outcome, Refusal> {
    match event {
        Event::Answered(answer) => held.answered(answer, now),
        Event::Update(update) => held.xis_update(update, now),
        Event::Responded(decision, comment) => held.responded(decision, comment, now),
        Event::AsksToCancel => Ok(asked_to_cancel(held, now)),
        Event::CancelAgreed => Ok(held.cancelled_by_patient(now)),
        Event::CancelRefused => Ok(held.cancelling_refused()),
    }
}

/// What cannot be cancelled stays as it is.
fn asked_to_cancel(held: &Appointment, now: Timestamp) -> Outcome {
    let words = Some("Ik ben verhinderd".parse().unwrap());
    let asked = held.cancel(words, CancelWindow::HoursBefore(24), now);
    asked.unwrap_or_else(|_| Outcome { after: held.clone(), effect: Effect::Nothing })
}

fn check_invariants(before: &Appointment, outcome: &Outcome, now: Timestamp) {
    let after = &outcome.after;
    match outcome.effect {
        Effect::Nothing | Effect::StaleEcho => assert_eq!(after, before),
        Effect::Stored => assert_ne!(after, before),
        Effect::Told(_) => {
            let moved = std::mem::discriminant(&after.state) != std::mem::discriminant(&before.state);
            let changed = before.content.compare(&after.content) == Difference::Changed;
            assert!(moved || changed, "told, but a patient sees nothing else: {before:?} {after:?}");
            assert!(after.content.start >= now, "told of the past");
        }
    }
    assert!(after.content.end > after.content.start);
    assert_eq!(after.reason, before.reason);
    let says_the_reason = |text: &str| after.reason.as_ref().is_some_and(|reason| reason.as_str() == text);
    assert!(!after.message().is_some_and(says_the_reason));
    let back_to_request = matches!(after.state, State::Requested { .. });
    assert!(!back_to_request || matches!(before.state, State::Requested { .. }));
    assert!(after.state != State::Tombstone || after == before);
    let stands = matches!(after.state, State::Pending | State::Booked);
    assert!(stands || after.cancellation.is_none(), "only what stands can be on its way out: {after:?}");
}

/// Lets the events happen, checking each step and that each event a second time changes nothing.
fn live_through(first: Outcome, history: Vec<(jiff::SignedDuration, Event)>) {
    let mut ledger = Ledger::default();
    ledger.note(first.effect);
    let (mut held, mut now) = (first.after, beginning());
    for (pause, event) in history {
        now += pause;
        let Ok(outcome) = apply(&held, event.clone(), now) else { continue };
        check_invariants(&held, &outcome, now);
        ledger.note(outcome.effect);
        let again = apply(&outcome.after, event, now).map(|again| again.effect);
        assert!(
            matches!(
                again,
                Ok(Effect::Nothing | Effect::StaleEcho)
                    | Err(Refusal::AlreadyCancelled | Refusal::AlreadyDeclined)
            ),
            "{again:?}"
        );
        held = outcome.after;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_request_lives_through_anything_and_each_change_is_told_once(
        content in contents(),
        approval: bool,
        history in histories(),
    ) {
        let reason = REASON.parse().unwrap();
        live_through(Appointment::request(content, reason, approval, beginning()).unwrap(), history);
    }

    #[test]
    fn a_practices_appointment_lives_through_anything_and_each_change_is_told_once(
        update in updates(),
        history in histories(),
    ) {
        live_through(Appointment::from_xis(update, beginning()).unwrap(), history);
    }

    #[test]
    fn a7_the_same_update_a_second_time_changes_nothing(update in updates()) {
        let held = Appointment::from_xis(update.clone(), beginning()).unwrap().after;
        let again = held.xis_update(update, beginning()).unwrap();
        prop_assert_eq!(again, Outcome { after: held, effect: Effect::Nothing });
    }
}
