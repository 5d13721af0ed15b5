//! What goes wrong, and when: all of it from the seed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Mutex,
    time::Duration,
};

use jiff::SignedDuration;

use crate::{
    dice::Dice,
    party::{PROGRAMS, Party},
    sim::lock,
};

/// What can happen to one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It arrives, and so does its answer.
    Arrives,
    /// The connection is cut before it arrives.
    CutBefore,
    /// It arrives, and the connection is cut before its answer does.
    AnswerCut,
    /// It arrives, and its answer never does.
    AnswerHangs,
    /// It arrives twice.
    Twice,
    /// It arrives much later.
    Late,
}

/// All but the first, as they are counted.
pub(crate) const FATES: [Fate; 5] =
    [Fate::CutBefore, Fate::AnswerCut, Fate::AnswerHangs, Fate::Twice, Fate::Late];

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Arrives => "arrives",
            Self::CutBefore => "cut before it arrives",
            Self::AnswerCut => "answer cut",
            Self::AnswerHangs => "answer hangs",
            Self::Twice => "arrives twice",
            Self::Late => "arrives late",
        })
    }
}

/// Decides what goes wrong.
pub(crate) struct Faults(Mutex<Inner>);

struct Inner {
    dice: Dice,
    /// How many of a thousand messages something happens to.
    per_mille: usize,
    /// How many steps each program takes before it crashes, and again.
    lives: BTreeMap<Party, Vec<u64>>,
    steps: BTreeMap<Party, u64>,
    doomed: BTreeSet<Party>,
    /// How far each program's clock is off.
    skew: BTreeMap<Party, SignedDuration>,
}

impl Faults {
    /// One run in six knows no fault but crowds; the others differ in how bad it is.
    pub(crate) fn new(mut dice: Dice) -> Self {
        let per_mille = *dice.pick(&[0, 10, 40, 80, 150, 300]).unwrap_or(&0);
        let mut lives = BTreeMap::new();
        for program in PROGRAMS {
            let crashes = if per_mille == 0 { 0 } else { dice.below(3) };
            lives.insert(program, (0..crashes).map(|_| 1 + dice.below(120) as u64).collect());
        }
        let (steps, doomed, skew) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        Self(Mutex::new(Inner { dice, per_mille, lives, steps, doomed, skew }))
    }

    /// From now on nothing goes wrong.
    pub(crate) fn stop(&self) {
        let mut inner = lock(&self.0);
        inner.per_mille = 0;
        inner.lives.clear();
        inner.doomed.clear();
        inner.skew.clear();
    }

    pub(crate) fn are_over(&self) -> bool {
        lock(&self.0).per_mille == 0
    }

    pub(crate) fn fate(&self) -> Fate {
        let mut inner = lock(&self.0);
        let per_mille = inner.per_mille;
        if !inner.dice.per_mille(per_mille) {
            return Fate::Arrives;
        }
        inner.dice.pick(&FATES).copied().unwrap_or(Fate::Arrives)
    }

    /// How long something takes.
    pub(crate) fn takes(&self, least_millis: u64, most_millis: u64) -> Duration {
        let (least, most) = (Duration::from_millis(least_millis), Duration::from_millis(most_millis));
        lock(&self.0).dice.between(least, most)
    }

    /// Whether something that happens once in so many times happens now; never when faults are over.
    pub(crate) fn one_in(&self, times: usize) -> bool {
        let mut inner = lock(&self.0);
        let happens = inner.dice.one_in(times);
        happens && inner.per_mille > 0
    }

    /// A program makes a call, waits or answers. Its last step dooms it.
    pub(crate) fn step(&self, party: Party) {
        let mut inner = lock(&self.0);
        let steps = inner.steps.entry(party).or_default();
        *steps += 1;
        let steps = *steps;
        let life = inner.lives.get(&party).and_then(|lives| lives.last().copied());
        if life.is_some_and(|life| steps >= life) {
            inner.lives.entry(party).or_default().pop();
            inner.steps.insert(party, 0);
            inner.doomed.insert(party);
        }
    }

    pub(crate) fn is_doomed(&self, party: Party) -> bool {
        lock(&self.0).doomed.contains(&party)
    }

    /// Who crashes now.
    pub(crate) fn take_doomed(&self) -> BTreeSet<Party> {
        std::mem::take(&mut lock(&self.0).doomed)
    }

    pub(crate) fn skew(&self, party: Party) -> SignedDuration {
        lock(&self.0).skew.get(&party).copied().unwrap_or_default()
    }

    /// Sets a program's clock forward or back.
    pub(crate) fn jump(&self, party: Party) -> SignedDuration {
        let mut inner = lock(&self.0);
        let seconds = [-90, -20, -3, 3, 20, 90, 600];
        let by = SignedDuration::from_secs(inner.dice.pick(&seconds).copied().unwrap_or(0));
        inner.skew.insert(party, by);
        by
    }
}
