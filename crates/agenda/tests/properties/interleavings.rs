use agenda::{
    Answer, Appointment, CancelWindow, Content, Decision, Effect, Kind, Outcome, Party, State, Update,
    UpdateStatus,
};
use jiff::SignedDuration;
use proptest::{prelude::*, sample::select};

use crate::strategies::{Event, REASON, beginning, contents};

/// Lets the events happen to a request in this order, and returns the end and what was told.
fn after_all(sent: Content, events: &[Event]) -> (Appointment, Vec<Kind>) {
    let requested = Appointment::request(sent, REASON.parse().unwrap(), true, beginning()).unwrap();
    let (mut held, mut told) = (requested.after, Vec::new());
    for (event, minutes) in events.iter().cloned().zip(1..) {
        let now = beginning() + SignedDuration::from_mins(minutes);
        let Outcome { after, effect } = match event {
            Event::Answered(answer) => held.answered(answer, now).unwrap(),
            Event::Update(update) => held.xis_update(update, now).unwrap(),
            Event::Responded(decision, comment) => held.responded(decision, comment, now).unwrap(),
            Event::AsksToCancel => held.cancel(None, CancelWindow::HoursBefore(0), now).unwrap(),
            Event::CancelAgreed => held.cancelled_by_patient(now),
            Event::CancelRefused => held.cancelling_refused(),
        };
        held = after;
        if let Effect::Told(kind) = effect {
            told.push(kind);
        }
    }
    (held, told)
}

/// What the XIS makes of the request: its own participants, and one comment or other.
fn xis_view(sent: &Content, comment: &str) -> Content {
    Content { participants: Vec::new(), comment: Some(comment.to_owned()), ..sent.clone() }
}

/// A XIS may put the reason, the practice's answer or nothing into its comment.
fn comments() -> impl Strategy<Value = &'static str> {
    select(vec![REASON, "Tot dan", ""])
}

fn booked(content: Content) -> Event {
    Event::Update(Update { status: UpdateStatus::Booked, content })
}

proptest! {
    #[test]
    fn a8_a11_b11_whatever_comes_first_an_approval_is_told_once(
        sent in contents(),
        with_view: bool,
        comment in comments(),
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let view = with_view.then(|| xis_view(&sent, comment));
        let all = [
            Event::Answered(Answer::Pending(view)),
            booked(xis_view(&sent, comment)),
            Event::Responded(Decision::Accepted, Some("Tot dan".to_owned())),
            booked(xis_view(&sent, comment)),
        ];
        let events: Vec<Event> = order.into_iter().map(|index| all[index].clone()).collect();
        let (held, told) = after_all(sent, &events);
        prop_assert_eq!(told, [Kind::Confirmed]);
        prop_assert_eq!((held.state.clone(), held.message()), (State::Booked, Some("Tot dan")));
    }

    #[test]
    fn b11_whatever_comes_first_a_refusal_is_told_once(sent in contents(), answer_first: bool) {
        let answer = Event::Answered(Answer::Pending(Some(xis_view(&sent, REASON))));
        let declined = Event::Responded(Decision::Declined, Some("Helaas vol".to_owned()));
        let events = if answer_first { [answer, declined] } else { [declined, answer] };
        let (held, told) = after_all(sent, &events);
        prop_assert_eq!(told, [Kind::Declined]);
        prop_assert_eq!(held.message(), Some("Helaas vol"));
    }

    #[test]
    fn a11_a_booking_that_stands_at_once_is_told_once(sent in contents(), put_first: bool, with_view: bool) {
        let answer = Event::Answered(Answer::Approved(with_view.then(|| xis_view(&sent, REASON))));
        let put = booked(xis_view(&sent, REASON));
        let events = if put_first { [put, answer] } else { [answer, put] };
        let (held, told) = after_all(sent.clone(), &events);
        prop_assert_eq!(told, [Kind::Confirmed]);
        let expected = Content { comment: None, ..xis_view(&sent, REASON) };
        prop_assert_eq!((held.content, held.settled), (expected, true));
    }

    #[test]
    fn b9_a9_a10_whatever_comes_first_the_patients_cancellation_is_told_once(
        sent in contents(),
        comment in comments(),
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let view = xis_view(&sent, comment);
        let cancelled = Update { status: UpdateStatus::Cancelled, content: view.clone() };
        let all = [Event::CancelAgreed, Event::Update(cancelled), booked(view.clone()), Event::CancelAgreed];
        let before = [Event::Answered(Answer::Approved(Some(view))), Event::AsksToCancel];
        let events: Vec<Event> =
            before.into_iter().chain(order.into_iter().map(|index| all[index].clone())).collect();
        let (held, told) = after_all(sent, &events);
        prop_assert_eq!(told, [Kind::Confirmed, Kind::CancelledByPatient]);
        let is_theirs = matches!(held.state, State::Cancelled { by: Party::Patient, .. });
        prop_assert!(is_theirs);
    }
}
