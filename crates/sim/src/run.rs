//! One seed: people and practices do what they do while things go wrong; then faults stop, and all must come true.

use std::{collections::BTreeMap, time::Duration};

use crate::{
    Trace,
    actor::ActorId,
    actors::{patient::Patient, practitioner::Practitioner},
    clock::sleep,
    dice::Dice,
    disk::Disk,
    invariants,
    login::Provider,
    party::{PROGRAMS, Party},
    people::{PEOPLE, PRACTICES},
    programs,
    sim::Sim,
};

/// How long faults may last.
const STORMY: Duration = Duration::from_secs(20 * 60);
/// How long everything may take to come true after them: the longest pauses of the outboxes.
const HEALING: Duration = Duration::from_secs(12 * 3600);

/// What a XIS may do without breaking a promise (A11, A16, B11): one in three has one of these habits.
const HABITS: [&str; 5] = ["early-update", "early-response", "stale-update", "out-of-order", "twice"];

/// What came of a seed.
pub struct Outcome {
    /// The seed.
    pub seed: u64,
    /// What happened.
    pub trace: Trace,
    /// How often what was reached.
    pub counts: BTreeMap<String, u64>,
    /// How long it lasted in its own time.
    pub simulated: Duration,
    /// What was not as it must be.
    pub violation: Option<String>,
}

/// Runs one seed on what the disk has at the beginning.
pub(crate) async fn run(seed: u64, template: &Disk, habit: Option<&str>) -> Outcome {
    let mut dice = Dice::new(seed);
    let drawn = dice.pick(&HABITS).copied().filter(|_| dice.one_in(3));
    let habits: Vec<String> = habit.or(drawn).into_iter().map(str::to_owned).collect();
    let sim = Sim::new(&mut dice, template.copy(), habits);
    for habit in &sim.habits {
        sim.note(format!("the XIS has a habit: {habit}"));
        sim.counts.add(format!("fault: {habit}"));
    }
    let provider = Provider::new(&sim);
    sim.serve(Party::World, Some(provider.router()));
    for program in PROGRAMS {
        programs::start(sim.clone(), program, dice.apart()).await;
    }
    let mut run = Run { actors: people(&sim, &provider, &mut dice), sim, dice };
    run.storm().await;
    run.calm().await;
    if run.sim.violation().is_none() {
        invariants::at_the_end(&run.sim).await;
    }
    run.end(seed).await
}

/// Everybody who is no program.
fn people(sim: &Sim, provider: &Provider, dice: &mut Dice) -> Vec<ActorId> {
    let mut actors = Vec::new();
    for person in PEOPLE.iter().take(2 + dice.below(2)) {
        let patient = Patient::new(sim, provider, person, dice.apart());
        actors.push(sim.scheduler.start(Party::World, patient.live()));
    }
    for practice in &PRACTICES {
        let desk = Practitioner::new(sim, provider, practice, dice.apart());
        actors.push(sim.scheduler.start(Party::World, desk.work()));
    }
    actors
}

struct Run {
    sim: Sim,
    dice: Dice,
    actors: Vec<ActorId>,
}

impl Run {
    /// Until everybody has done what they wanted, while things go wrong.
    async fn storm(&mut self) {
        let sim = self.sim.clone();
        if !sim.faults.are_over() {
            let jumps = jump_clocks(sim.clone(), self.dice.apart());
            sim.scheduler.start(Party::World, jumps);
        }
        self.until(STORMY, |run| run.actors.iter().all(|actor| !run.sim.scheduler.is_alive(*actor))).await;
    }

    /// Nothing goes wrong any more, and everything that waits comes to its end.
    async fn calm(&mut self) {
        self.sim.faults.stop();
        self.sim.note("faults stop");
        let until = self.sim.scheduler.elapsed() + HEALING;
        self.until(until, |_| false).await;
    }

    /// Goes on until then, until nothing is left to do, or until something is wrong.
    async fn until(&mut self, until: Duration, is_done: impl Fn(&Self) -> bool) {
        loop {
            let (sim, dice) = (self.sim.clone(), &mut self.dice);
            sim.scheduler
                .settle(async || {
                    for party in sim.faults.take_doomed() {
                        programs::crash(&sim, party, dice.apart()).await;
                    }
                })
                .await;
            if self.sim.violation().is_some() || is_done(self) || !self.sim.scheduler.next(until).await {
                return;
            }
        }
    }

    async fn end(self, seed: u64) -> Outcome {
        let sim = &self.sim;
        for party in [Party::Platform, Party::Xis, Party::World] {
            sim.serve(party, None);
            sim.scheduler.kill(party);
            programs::close(sim, party).await;
        }
        sim.scheduler.forget();
        Outcome {
            seed,
            trace: sim.scheduler.trace(),
            counts: sim.counts.all(),
            simulated: sim.scheduler.elapsed(),
            violation: sim.violation(),
        }
    }
}

/// Sets the programs' clocks forward and back.
async fn jump_clocks(sim: Sim, mut dice: Dice) {
    while dice.one_in(2) {
        sleep(&sim.scheduler, dice.between(Duration::from_secs(1), Duration::from_secs(120))).await;
        if sim.faults.are_over() {
            return;
        }
        if let Some(party) = dice.pick(&PROGRAMS) {
            let by = sim.faults.jump(*party);
            sim.note(format!("the clock of {party} is off by {by:#}"));
            sim.counts.add("fault: clock jump");
        }
    }
}
