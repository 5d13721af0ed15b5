//! Of two visits, of which the one takes the other's place, as well: what was told last is what is true.

use agenda::{Appointment, Effect, Outcome, Pair, Replacing, Update, UpdateStatus};
use proptest::prelude::*;

use super::super::examples::{may, notice, now, stored, visit};
use super::*;

/// One thing that happens to the two, or mails that go out.
#[derive(Debug, Clone, Copy)]
enum Step {
    NewBooked {
        day: u8,
    },
    NewCancelled,
    OldBooked {
        day: u8,
    },
    OldCancelled,
    /// The cancellation that is on its way is answered.
    Answered {
        agrees: bool,
    },
    WaitedLongEnough,
    /// What waits about one of the two goes out, the new one's or the old one's.
    Delivery {
        of_new: bool,
    },
}

/// What somebody believes of one visit who reads only our mails.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Belief {
    NothingHeard,
    Stands(Timestamp),
    /// That it stands after all, and not when.
    StandsAgain,
    Over,
}

struct Visit {
    held: Appointment,
    waiting: Vec<Notice>,
    revision: u32,
    belief: Belief,
}

impl Visit {
    fn new(state: State, day: u8, belief: Belief) -> Self {
        let mut held = stored(state, visit(may(day))).appointment;
        held.cancellation = None;
        Self { held, waiting: Vec::new(), revision: 0, belief }
    }

    fn become_so(&mut self, outcome: Outcome, moved_from: Option<Content>) {
        let before = std::mem::replace(&mut self.held, outcome.after);
        let Effect::Told(kind) = outcome.effect else { return };
        let differs = before.content.compare(&self.held.content) == Difference::Changed;
        let replaced = matches!(kind, Kind::Confirmed | Kind::Modified | Kind::PlannedAgain) && differs;
        self.revision += 1;
        let before = moved_from.or_else(|| replaced.then_some(before.content));
        self.waiting.push(notice(self.revision, kind, before));
    }

    fn stored(&self) -> Stored {
        let mut stored = stored(State::Booked, visit(now()));
        stored.appointment = self.held.clone();
        stored
    }

    fn truth(&self) -> Option<Belief> {
        match self.held.state {
            State::Booked => Some(Belief::Stands(self.held.content.start)),
            State::Cancelled { .. } | State::Declined { .. } => Some(Belief::Over),
            _ => None,
        }
    }
}

struct Story {
    old: Visit,
    new: Visit,
    replacing: Replacing,
    gives_way: bool,
}

impl Story {
    fn new() -> Self {
        let old = Visit::new(State::Booked, 11, Belief::Stands(may(11)));
        let new = Visit::new(State::Pending, 13, Belief::NothingHeard);
        Self { old, new, replacing: Replacing::Asked, gives_way: false }
    }

    fn take(&mut self, step: Step) {
        let update = |status, day| Update { status, content: visit(may(day)) };
        match step {
            Step::NewBooked { day } => {
                let outcome = self.new.held.xis_update(update(UpdateStatus::Booked, day), now());
                self.new_changes(outcome.unwrap());
            }
            Step::NewCancelled => {
                let outcome = self.new.held.xis_update(update(UpdateStatus::Cancelled, 13), now());
                self.new_changes(outcome.unwrap());
            }
            Step::OldBooked { day } => {
                let outcome = self.old.held.xis_update(update(UpdateStatus::Booked, day), now());
                self.old_changes(outcome.unwrap());
            }
            Step::OldCancelled => {
                let outcome = self.old.held.xis_update(update(UpdateStatus::Cancelled, 11), now());
                self.old_changes(outcome.unwrap());
            }
            Step::Answered { agrees } if self.old.held.is_cancelling() => {
                let held = &self.old.held;
                let outcome = match (self.new.held.state == State::Booked, agrees) {
                    (false, _) => held.keep_place(),
                    (true, true) => held.cancelled_by_patient(now()),
                    (true, false) => held.cancelling_refused(),
                };
                self.old_changes(outcome);
            }
            Step::Answered { .. } => {}
            Step::WaitedLongEnough if self.replacing == Replacing::Held => {
                let outcome = self.replacing.waited_long_enough(&self.new.held, now());
                self.replacing = Replacing::Over;
                self.new.become_so(outcome, None);
            }
            Step::WaitedLongEnough => {}
            Step::Delivery { of_new: true } => self.read_of_new(),
            Step::Delivery { of_new: false } => self.read_of_old(),
        }
    }

    fn new_changes(&mut self, outcome: Outcome) {
        let wish = (now(), "Verzet".parse().unwrap());
        let pair = self.replacing.new_changes(outcome, &self.old.held, wish, now());
        let Pair { replacing, changed, other } = pair;
        self.gives_way |= other.effect == Effect::Stored;
        self.replacing = replacing;
        self.new.become_so(changed, None);
        self.old.become_so(other, None);
    }

    fn old_changes(&mut self, outcome: Outcome) {
        if !(self.gives_way && self.old.held.is_cancelling()) {
            return self.old.become_so(outcome, None);
        }
        let before = self.old.held.content.clone();
        let Pair { replacing, changed, other } = self.replacing.old_changes(outcome, &self.new.held, now());
        self.replacing = replacing;
        self.old.become_so(changed, None);
        let took_place = matches!(self.old.held.state, State::Cancelled { by: Party::Patient, .. });
        self.new.become_so(other, took_place.then_some(before));
    }

    fn read_of_new(&mut self) {
        let (stored, old) = (self.new.stored(), self.old.stored());
        let untold = Untold { notices: &self.new.waiting, perhaps_told: false };
        let told = Telling::of(untold, &stored, Some(&old), now());
        self.new.waiting.clear();
        let Some(told) = told else { return };
        self.new.belief = heard(&told);
        match (told.beside, told.was) {
            (Some(_), _) => {
                assert!(matches!(self.old.held.state, State::Booked | State::Pending), "{told:?}");
                if self.old.belief == Belief::Over {
                    self.old.belief = Belief::StandsAgain;
                }
            }
            (None, Some(_)) if self.old.truth() == Some(Belief::Over) => self.old.belief = Belief::Over,
            (None, _) => assert_ne!(told.kind, Kind::Rescheduled, "from nowhere: {told:?}"),
        }
    }

    fn read_of_old(&mut self) {
        let (stored, waiting) = (self.old.stored(), std::mem::take(&mut self.old.waiting));
        let untold = Untold { notices: &waiting, perhaps_told: false };
        if let Some(told) = Telling::of(untold, &stored, None, now()) {
            self.old.belief = heard(&told);
        }
    }
}

fn heard(told: &Telling) -> Belief {
    match told.kind {
        Kind::Declined | Kind::CancelledByPractice | Kind::CancelledByPatient => Belief::Over,
        Kind::New
        | Kind::Confirmed
        | Kind::Modified
        | Kind::PlannedAgain
        | Kind::Rescheduled
        | Kind::Reminder => Belief::Stands(told.at),
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (13_u8..15).prop_map(|day| Step::NewBooked { day }),
        1 => Just(Step::NewCancelled),
        2 => (11_u8..13).prop_map(|day| Step::OldBooked { day }),
        1 => Just(Step::OldCancelled),
        3 => any::<bool>().prop_map(|agrees| Step::Answered { agrees }),
        1 => Just(Step::WaitedLongEnough),
        3 => any::<bool>().prop_map(|of_new| Step::Delivery { of_new }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever happens to the two and whenever a mail goes out, who reads only the mails knows what is true of both.
    #[test]
    fn who_reads_only_the_mails_knows_which_of_the_two_stand(
        steps in proptest::collection::vec(step(), 0..14),
    ) {
        let mut story = Story::new();
        let last = [Step::WaitedLongEnough, Step::Delivery { of_new: true }, Step::Delivery { of_new: false }];
        for step in steps.into_iter().chain(last) {
            story.take(step);
        }
        prop_assert_eq!(Some(story.old.belief), story.old.truth());
        match story.new.truth() {
            Some(Belief::Over) => prop_assert!(!matches!(story.new.belief, Belief::Stands(_))),
            Some(truth) => prop_assert_eq!(story.new.belief, truth),
            None => prop_assert_eq!(story.new.belief, Belief::NothingHeard),
        }
    }
}
