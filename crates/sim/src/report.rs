//! What many seeds came to.

use std::{collections::BTreeMap, time::Duration};

use crate::{
    Outcome,
    expected::{FAULTS, RARE},
};

/// The sum of many seeds.
#[derive(Default)]
pub struct Report {
    seeds: u64,
    simulated: Duration,
    counts: BTreeMap<String, u64>,
    violated: BTreeMap<u64, (String, String)>,
    differing: u64,
}

/// How much of a trace is shown of a seed that failed.
const TAIL_LINES: usize = 60;

impl Report {
    /// Takes up one seed.
    pub fn add(&mut self, outcome: Outcome) {
        self.seeds += 1;
        self.simulated += outcome.simulated;
        for (name, count) in outcome.counts {
            *self.counts.entry(name).or_default() += count;
        }
        if let Some(violation) = outcome.violation {
            self.violated.insert(outcome.seed, (violation, outcome.trace.tail(TAIL_LINES)));
        }
    }

    /// Takes up a seed that was run twice.
    pub fn replayed(&mut self, first: &Outcome, second: &Outcome) {
        self.differing += u64::from(first.trace != second.trace || first.counts != second.counts);
    }

    /// One line a figure: name, figure, goal.
    #[must_use]
    pub fn figures(&self, took: Duration) -> Vec<String> {
        let times = self.simulated.as_secs_f64() / took.as_secs_f64().max(0.001);
        vec![
            format!("sim: seeds\t{}\t>0", self.seeds),
            format!("sim: seeds that break a promise\t{}\t=0", self.violated.len()),
            format!("sim: seeds that replay differently\t{}\t=0", self.differing),
            format!("sim: faults never reached\t{}\t=0", self.never(&FAULTS).len()),
            format!("sim: rare states never reached\t{}\t=0", self.never(&RARE).len()),
            format!("sim: simulated time\t{} h\t>0 h", self.simulated.as_secs() / 3600),
            format!("sim: real time\t{} s\t>=0 s", took.as_secs()),
            format!("sim: simulated for real time\t{times:.0}\t>=1"),
        ]
    }

    /// What a person reads beside the figures: the seeds that failed, what was never reached, how often what was.
    #[must_use]
    pub fn told(&self) -> String {
        let mut told = String::new();
        for (seed, (violation, tail)) in self.violated.iter().take(3) {
            told.push_str(&format!("{tail}\nseed {seed}: {violation}\n(SEED={seed} make sim)\n\n"));
        }
        for (seed, (violation, _)) in self.violated.iter().skip(3) {
            told.push_str(&format!("seed {seed}: {violation}\n"));
        }
        for name in self.never(&FAULTS).into_iter().chain(self.never(&RARE)) {
            told.push_str(&format!("never reached: {name}\n"));
        }
        told
    }

    /// How often what was reached.
    #[must_use]
    pub fn counts(&self) -> String {
        self.counts.iter().map(|(name, count)| format!("{count:>8} {name}\n")).collect()
    }

    fn never<'a>(&self, wanted: &[&'a str]) -> Vec<&'a str> {
        wanted.iter().copied().filter(|name| !self.counts.contains_key(*name)).collect()
    }
}
