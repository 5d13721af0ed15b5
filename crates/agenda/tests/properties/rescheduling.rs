//! Two visits of which the one takes the other's place, whatever happens to either in whatever order.

use agenda::{
    Answer, Appointment, CancelWindow, Content, Decision, Effect, Kind, Outcome, Pair, Replacing, State,
    Update, UpdateStatus,
};
use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, sample::select};

use crate::strategies::{REASON, beginning, time};

/// What can happen to one of the two.
#[derive(Debug, Clone)]
enum Event {
    Answered(Answer),
    Update(UpdateStatus, u8),
    Responded(Decision),
}

/// What can happen to them together.
#[derive(Debug, Clone)]
enum Step {
    ToNew(Event),
    ToOld(Event),
    /// The cancellation that is on its way is sent, and the XIS agrees or does not.
    Sent {
        agrees: bool,
    },
    PatientCancelsOld,
    WaitedLongEnough,
}

/// What somebody knows who only hears what is told.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Heard {
    Nothing,
    Stands,
    Over,
}

struct Story {
    old: Appointment,
    new: Appointment,
    replacing: Replacing,
    of_old: Heard,
    of_new: Heard,
    has_been_booked: bool,
    /// How often the old one began to give way.
    gave_way: usize,
}

fn visit(day: u8) -> Content {
    let start = time(&format!("2026-04-{day:02}T09:00:00Z"));
    let end = start + SignedDuration::from_mins(10);
    Content { start, end, categories: Vec::new(), participants: Vec::new(), comment: None }
}

fn stands(visit: &Appointment) -> bool {
    matches!(visit.state, State::Booked | State::Pending)
}

impl Story {
    fn new() -> Self {
        let made = Update { status: UpdateStatus::Booked, content: visit(14) };
        let asked = Appointment::request(visit(20), REASON.parse().unwrap(), true, beginning()).unwrap();
        Self {
            old: Appointment::from_xis(made, beginning()).unwrap().after,
            new: asked.after,
            replacing: Replacing::Asked,
            of_old: Heard::Stands,
            of_new: Heard::Nothing,
            has_been_booked: false,
            gave_way: 0,
        }
    }

    fn take(&mut self, step: Step, now: Timestamp) {
        match step {
            Step::ToNew(event) => {
                if let Some(outcome) = happen(&self.new, event, now) {
                    self.new_changes(outcome, now);
                }
            }
            Step::ToOld(event) => {
                if let Some(outcome) = happen(&self.old, event, now) {
                    self.old_changes(outcome, now);
                }
            }
            Step::Sent { agrees } if self.old.is_cancelling() => {
                let outcome = match agrees {
                    _ if self.gave_way > 0 && self.new.state != State::Booked => self.old.keep_place(),
                    true => self.old.cancelled_by_patient(now),
                    false => self.old.cancelling_refused(),
                };
                self.old_changes(outcome, now);
            }
            Step::PatientCancelsOld => {
                if let Ok(outcome) = self.old.cancel(None, CancelWindow::HoursBefore(0), now)
                    && outcome.effect == Effect::Stored
                {
                    self.old_changes(outcome, now);
                }
            }
            Step::Sent { .. } => {}
            Step::WaitedLongEnough => {
                let outcome = self.replacing.waited_long_enough(&self.new, now);
                self.replacing =
                    if self.replacing == Replacing::Held { Replacing::Over } else { self.replacing };
                self.hear_of_new(&outcome);
            }
        }
        self.has_been_booked |= self.new.state == State::Booked;
    }

    fn new_changes(&mut self, outcome: Outcome, now: Timestamp) {
        let wish = (beginning(), REASON.parse().unwrap());
        let Pair { replacing, changed, other } = self.replacing.new_changes(outcome, &self.old, wish, now);
        if other.effect == Effect::Stored {
            assert_eq!(changed.after.state, State::Booked, "the old one never gives way to nothing");
            self.gave_way += 1;
        }
        (self.replacing, self.new, self.old) = (replacing, changed.after.clone(), other.after);
        self.hear_of_new(&changed);
    }

    /// Only what was on its way to be cancelled in favour of the new one concerns the pair.
    fn old_changes(&mut self, outcome: Outcome, now: Timestamp) {
        let is_in_favour = self.gave_way > 0 && self.old.is_cancelling();
        if !is_in_favour {
            self.old = outcome.after.clone();
            return self.hear_of_old(&outcome);
        }
        let Pair { replacing, changed, other } = self.replacing.old_changes(outcome, &self.new, now);
        (self.replacing, self.old, self.new) = (replacing, changed.after.clone(), other.after.clone());
        self.hear_of_old(&changed);
        self.hear_of_new(&other);
    }

    fn hear_of_old(&mut self, outcome: &Outcome) {
        if let Effect::Told(kind) = outcome.effect {
            self.of_old = heard(kind);
        }
    }

    fn hear_of_new(&mut self, outcome: &Outcome) {
        let Effect::Told(kind) = outcome.effect else { return };
        assert_eq!(stands(&self.new), heard(kind) == Heard::Stands, "{kind:?} of {:?}", self.new.state);
        if kind == Kind::Rescheduled && !stands(&self.old) {
            assert_ne!(self.of_old, Heard::Over, "the end of the old one is told twice");
            self.of_old = Heard::Over;
        }
        assert!(kind != Kind::Confirmed || self.of_new == Heard::Nothing, "confirmed twice");
        self.of_new = heard(kind);
    }
}

fn happen(visit: &Appointment, event: Event, now: Timestamp) -> Option<Outcome> {
    match event {
        Event::Answered(answer) => visit.answered(answer, now).ok(),
        Event::Update(status, day) => {
            let content =
                self::visit(if visit.content.start < time("2026-04-18T00:00:00Z") { 14 } else { 20 } + day);
            visit.xis_update(Update { status, content }, now).ok()
        }
        Event::Responded(decision) => visit.responded(decision, None, now).ok(),
    }
}

fn heard(kind: Kind) -> Heard {
    match kind {
        Kind::Declined | Kind::CancelledByPractice | Kind::CancelledByPatient => Heard::Over,
        Kind::New
        | Kind::Confirmed
        | Kind::Modified
        | Kind::PlannedAgain
        | Kind::Rescheduled
        | Kind::Reminder => Heard::Stands,
    }
}

fn told_by_the_xis() -> impl Strategy<Value = Event> {
    let statuses = select(vec![UpdateStatus::Booked, UpdateStatus::Booked, UpdateStatus::Cancelled]);
    prop_oneof![
        3 => (statuses, 0_u8..2).prop_map(|(status, day)| Event::Update(status, day)),
        1 => select(vec![Decision::Accepted, Decision::Declined]).prop_map(Event::Responded),
    ]
}

fn answered() -> impl Strategy<Value = Event> {
    let answers = [
        Answer::Approved(None),
        Answer::Approved(None),
        Answer::Pending(None),
        Answer::Unknown,
        Answer::SlotGone,
        Answer::NotBooked,
    ];
    select(answers.to_vec()).prop_map(Event::Answered)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => answered().prop_map(Step::ToNew),
        2 => told_by_the_xis().prop_map(Step::ToNew),
        2 => told_by_the_xis().prop_map(Step::ToOld),
        3 => any::<bool>().prop_map(|agrees| Step::Sent { agrees }),
        1 => Just(Step::PatientCancelsOld),
        1 => Just(Step::WaitedLongEnough),
    ];
    proptest::collection::vec(step, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn whatever_happens_who_hears_what_is_told_knows_what_stands(steps in steps()) {
        let mut story = Story::new();
        let until_all_is_told = [Step::WaitedLongEnough];
        for (step, minutes) in steps.into_iter().chain(until_all_is_told).zip(1..) {
            story.take(step, beginning() + SignedDuration::from_mins(minutes));
            // The place is never lost by rescheduling alone.
            prop_assert!(story.gave_way == 0 || story.has_been_booked);
            prop_assert!(story.gave_way <= 1, "it gives way once");
        }
        prop_assert_eq!(story.of_old == Heard::Stands, stands(&story.old));
        if story.new.state == State::Booked {
            prop_assert_eq!(story.of_new, Heard::Stands);
        } else {
            prop_assert_ne!(story.of_new, Heard::Stands);
        }
        prop_assert!(story.replacing != Replacing::Held || story.new.state != State::Booked);
    }
}
