//! When a system in trouble is not called for a while: a pure machine, with the time as an argument (C17).

use std::{collections::VecDeque, time::Duration};

use jiff::{SignedDuration, Timestamp};

#[cfg(test)]
mod tests;

/// So many of the last calls are looked at.
const LOOKED_AT: usize = 8;
/// With so many failures among them, no more calls are made. A call that hung counts for two.
const FAILURES: usize = 4;
/// What is longer ago says nothing of now.
const REMEMBERED: SignedDuration = SignedDuration::from_secs(30);
/// So long after that, or after a probe that failed, one call may try whether it is over.
const PAUSE: Duration = Duration::from_secs(3);

/// What a call showed of the system's health.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Health {
    /// It answered; a refusal is an answer.
    Answers,
    /// It did not, or with an error of its own.
    Fails,
    /// It kept us waiting until we gave up: the worst, for it costs places and patience.
    Hangs,
    /// The call did not get as far as to show anything.
    Unknown,
}

/// What a call is for: what changes something never tries out whether the system answers again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    Write,
}

/// Leave to make one call; what it shows must be [told](Breaker::ended).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    Usual,
    /// The one call that tries whether the system answers again.
    Probe,
}

/// A change that an operator wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Opened,
    Closed,
}

/// Closed while the system answers; opens when too many of its last calls failed; lets one probe through at a time
/// until one is answered.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    /// The last calls, when they ended and whether they failed.
    recent: VecDeque<(Timestamp, bool)>,
    answered_at: Option<Timestamp>,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    since: Timestamp,
    retry_at: Timestamp,
    /// Whether a probe is on its way.
    probing: bool,
}

impl Open {
    /// A clock that was set back must not keep it open.
    fn is_due(&self, now: Timestamp) -> bool {
        !self.probing && (now >= self.retry_at || now < self.since)
    }
}

impl Breaker {
    /// Whether the system is in trouble, and not called.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// When the system was last heard of; `None` where it never was.
    pub(super) fn answered_at(&self) -> Option<Timestamp> {
        self.answered_at
    }

    /// Whether it is time to try whether the system answers again.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.open.as_ref().is_some_and(|open| open.is_due(now))
    }

    /// Whether a call would get leave now.
    pub(super) fn would_admit(&self, purpose: Purpose, now: Timestamp) -> bool {
        self.open.is_none() || (purpose == Purpose::Read && self.is_due(now))
    }

    /// Leave to call now; `None` where it is to be answered without.
    pub(super) fn admit(&mut self, purpose: Purpose, now: Timestamp) -> Option<Leave> {
        if !self.would_admit(purpose, now) {
            return None;
        }
        let Some(open) = &mut self.open else { return Some(Leave::Usual) };
        open.probing = true;
        Some(Leave::Probe)
    }

    /// Tells what a call showed.
    pub(super) fn ended(&mut self, leave: Leave, health: Health, now: Timestamp) -> Option<Change> {
        if health == Health::Answers {
            self.answered_at = Some(now);
        }
        match (&mut self.open, leave, health) {
            (None, ..) => self.note(health, now),
            (Some(_), Leave::Probe, Health::Answers) => {
                self.open = None;
                Some(Change::Closed)
            }
            (Some(open), Leave::Probe, _) => {
                open.probing = false;
                if health != Health::Unknown {
                    open.since = now;
                    open.retry_at = now + PAUSE;
                }
                None
            }
            // It was on its way before; only a probe closes.
            (Some(_), Leave::Usual, _) => None,
        }
    }

    fn note(&mut self, health: Health, now: Timestamp) -> Option<Change> {
        match health {
            Health::Unknown => return None,
            Health::Answers => self.recent.push_back((now, false)),
            Health::Fails => self.recent.push_back((now, true)),
            Health::Hangs => self.recent.extend([(now, true); 2]),
        }
        let too_many = self.recent.len().saturating_sub(LOOKED_AT);
        self.recent.drain(..too_many);
        let counts = |(at, failed): &&(Timestamp, bool)| *failed && now.duration_since(*at) <= REMEMBERED;
        if self.recent.iter().filter(counts).count() < FAILURES {
            return None;
        }
        self.open = Some(Open { since: now, retry_at: now + PAUSE, probing: false });
        self.recent.clear();
        Some(Change::Opened)
    }
}
