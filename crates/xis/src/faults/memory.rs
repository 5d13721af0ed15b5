use std::collections::{HashMap, HashSet};

use super::Fault;
use crate::tables::Detailed;

/// How many appointments or tokens are remembered; then all of them are forgotten.
const REMEMBERED: usize = 10_000;

/// What the faults have seen.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Fingerprints of the tokens that were taken once.
    tokens: HashSet<u64>,
    /// Appointments as they were before their last change, by id.
    before: HashMap<String, Detailed>,
    /// Of which of those the platform is still to hear that they are as they were.
    owed: HashSet<String>,
    /// How often each fault struck.
    struck: HashMap<Fault, usize>,
}

impl Memory {
    /// Whether no call has come with this token before.
    pub(super) fn is_new_token(&mut self, fingerprint: u64) -> bool {
        if self.tokens.len() >= REMEMBERED {
            self.tokens.clear();
        }
        self.tokens.insert(fingerprint)
    }

    /// Keeps an appointment as it is before a change.
    pub(super) fn remember(&mut self, before: &Detailed) {
        if self.before.len() >= REMEMBERED {
            self.before.clear();
            self.owed.clear();
        }
        self.before.insert(before.appointment.id.clone(), before.clone());
    }

    /// The platform is to hear later that this appointment is as it was.
    pub(super) fn owe(&mut self, id: &str) {
        self.owed.insert(id.to_owned());
    }

    /// The appointment as it was, and whether the platform is to hear that; from now on it is not.
    pub(super) fn settle(&mut self, id: &str) -> Option<(Detailed, bool)> {
        let is_owed = self.owed.remove(id);
        self.before.get(id).cloned().map(|before| (before, is_owed))
    }

    pub(super) fn count(&mut self, fault: Fault) {
        *self.struck.entry(fault).or_default() += 1;
    }

    pub(super) fn times_struck(&self, fault: Fault) -> usize {
        self.struck.get(&fault).copied().unwrap_or_default()
    }
}
