use agenda::{Appointment, Content, Decision, Effect, Update, UpdateStatus};
use proptest::prelude::*;

use super::super::examples::{cancelled, may, notice, now, stored, visit};
use super::*;

/// One thing that happens to an appointment, or a mail that goes out.
#[derive(Debug, Clone, Copy)]
enum Step {
    Booked {
        day: u8,
        comment: bool,
    },
    Cancelled {
        day: u8,
    },
    Responded(Decision),
    CancelledByPatient,
    Reminder,
    Delivery,
    /// A mail that goes out, and the platform never learns that it did.
    LostDelivery,
    /// An attempt that fails.
    FailedAttempt,
}

/// What somebody believes who reads only our mails.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Belief {
    NothingHeard,
    Stands(Timestamp),
    Over,
}

/// An appointment, the notices that wait and a reader of mails.
struct Story {
    appointment: Appointment,
    waiting: Vec<Notice>,
    perhaps_told: bool,
    revision: u32,
    belief: Belief,
}

impl Story {
    fn new(requested: bool) -> Self {
        let content = visit(may(12));
        let state = if requested { State::Pending } else { State::Booked };
        let mut story = Self {
            appointment: stored(state, content).appointment,
            waiting: Vec::new(),
            perhaps_told: false,
            revision: 0,
            belief: Belief::NothingHeard,
        };
        if !requested {
            story.note(Kind::New, None);
        }
        story
    }

    fn note(&mut self, kind: Kind, before: Option<Content>) {
        self.revision += 1;
        self.waiting.push(notice(self.revision, kind, before));
    }

    fn take(&mut self, step: Step) {
        let update = |status, content| Update { status, content };
        let outcome = match step {
            Step::Delivery => {
                self.read_mail();
                self.waiting.clear();
                self.perhaps_told = false;
                return;
            }
            Step::LostDelivery => {
                self.read_mail();
                self.perhaps_told = !self.waiting.is_empty();
                return;
            }
            Step::FailedAttempt => {
                self.perhaps_told = !self.waiting.is_empty();
                return;
            }
            Step::CancelledByPatient => {
                if self.appointment.state == State::Booked {
                    self.appointment.state = State::Cancelled { by: Party::Patient, at: now() };
                    self.note(Kind::CancelledByPatient, None);
                }
                return;
            }
            Step::Reminder => {
                if self.appointment.state == State::Booked {
                    self.note(Kind::Reminder, None);
                }
                return;
            }
            Step::Booked { day, comment } => {
                let said = if comment { Some("Neem uw pasje mee".to_owned()) } else { visit(now()).comment };
                let content = Content { comment: said, ..visit(may(day)) };
                self.appointment.xis_update(update(UpdateStatus::Booked, content), now())
            }
            Step::Cancelled { day } => {
                self.appointment.xis_update(update(UpdateStatus::Cancelled, visit(may(day))), now())
            }
            Step::Responded(decision) => self.appointment.responded(decision, None, now()),
        };
        let Ok(outcome) = outcome else { return };
        let before = std::mem::replace(&mut self.appointment, outcome.after);
        if let Effect::Told(kind) = outcome.effect {
            let differs = before.content.compare(&self.appointment.content) == Difference::Changed;
            let replaced = matches!(kind, Kind::Confirmed | Kind::Modified | Kind::PlannedAgain) && differs;
            self.note(kind, replaced.then_some(before.content));
        }
    }

    fn read_mail(&mut self) {
        let mut stored = stored(State::Booked, visit(may(12)));
        stored.appointment = self.appointment.clone();
        let untold = Untold { notices: &self.waiting, perhaps_told: self.perhaps_told };
        let Some(told) = Telling::of(untold, &stored, None, now()) else { return };
        if let (Belief::Stands(known), false) = (self.belief, self.perhaps_told) {
            assert!(
                told.at == known || told.was == Some(known),
                "{told:?} does not meet what was told before"
            );
        }
        self.belief = match told.kind {
            Kind::Declined | Kind::CancelledByPractice | Kind::CancelledByPatient => {
                assert!(!matches!(self.appointment.state, State::Booked | State::Pending), "{told:?}");
                Belief::Over
            }
            Kind::New
            | Kind::Confirmed
            | Kind::Modified
            | Kind::PlannedAgain
            | Kind::Rescheduled
            | Kind::Reminder => {
                assert_eq!(self.appointment.state, State::Booked);
                assert_eq!(told.at, self.appointment.content.start);
                assert_ne!(Some(told.at), told.was);
                Belief::Stands(self.appointment.content.start)
            }
        };
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (12_u8..14, any::<bool>()).prop_map(|(day, comment)| Step::Booked { day, comment }),
        1 => (12_u8..14).prop_map(|day| Step::Cancelled { day }),
        1 => Just(Step::Responded(Decision::Accepted)),
        1 => Just(Step::Responded(Decision::Declined)),
        1 => Just(Step::CancelledByPatient),
        1 => Just(Step::Reminder),
        2 => Just(Step::Delivery),
        2 => Just(Step::LostDelivery),
        1 => Just(Step::FailedAttempt),
    ]
}

fn kind() -> impl Strategy<Value = Kind> {
    proptest::sample::select(Kind::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever happens and whenever a mail goes out, who reads only the mails knows what is true.
    #[test]
    fn who_reads_only_the_mails_knows_what_is_true(
        requested in any::<bool>(),
        steps in proptest::collection::vec(step(), 0..12),
    ) {
        let mut story = Story::new(requested);
        for step in steps {
            story.take(step);
        }
        story.take(Step::Delivery);
        match &story.appointment.state {
            State::Booked => prop_assert_eq!(story.belief, Belief::Stands(story.appointment.content.start)),
            State::Declined { .. } | State::Cancelled { .. } => {
                prop_assert_eq!(story.belief, Belief::Over);
            }
            _ => {}
        }
        story.take(Step::Delivery);
        prop_assert!(story.waiting.is_empty());
    }

    /// A cancelled appointment is never told as one that stands, nor the other way round.
    #[test]
    fn nothing_is_told_that_is_not_true_now(
        waiting in proptest::collection::vec((kind(), proptest::option::of(1_u8..20)), 0..6),
        day in 1_u8..20,
        booked in any::<bool>(),
        perhaps_told in any::<bool>(),
    ) {
        let waiting: Vec<Notice> = (1..)
            .zip(&waiting)
            .map(|(revision, (kind, day))| notice(revision, *kind, day.map(|day| visit(may(day)))))
            .collect();
        let present = stored(if booked { State::Booked } else { cancelled() }, visit(may(day)));
        if let Some(told) = Telling::of(Untold { notices: &waiting, perhaps_told }, &present, None, now()) {
            let over =
                matches!(told.kind, Kind::CancelledByPractice | Kind::CancelledByPatient | Kind::Declined);
            prop_assert_eq!(booked, !over);
            prop_assert!(may(day) > now());
        }
    }
}
