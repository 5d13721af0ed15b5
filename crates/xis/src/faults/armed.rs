use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Fault, Interaction, Rule};

/// Rules that still strike.
#[derive(Debug, Default)]
pub(super) struct Armed(pub(super) Mutex<Vec<Rule>>);

impl Armed {
    /// The rule, when it strikes; it counts as a time.
    pub(super) fn strike(&self, fault: Fault, at: Interaction) -> Option<Rule> {
        let mut rules = lock(&self.0);
        let place = rules.iter().position(|rule| rule.is_for(fault, at))?;
        let rule = rules.get_mut(place)?;
        let struck = *rule;
        if let Some(times) = &mut rule.times {
            *times -= 1;
            if *times == 0 {
                rules.remove(place);
            }
        }
        Some(struck)
    }
}

/// The content, whoever left it behind.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
