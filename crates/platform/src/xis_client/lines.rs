use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use agenda::Agb;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

use super::{breaker::Purpose, line::Line};

/// More practices than these are not remembered while nothing is the matter with them.
const REMEMBERED: usize = 1_024;
/// How often what is old is thrown away.
const TIDIED_EVERY: SignedDuration = SignedDuration::from_secs(10);

/// One line per practice, so that a slow system takes nothing of another (C17).
#[derive(Debug, Default)]
pub(crate) struct Lines {
    known: Mutex<Known>,
    opened: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Known {
    lines: HashMap<Agb, Arc<Line>>,
    tidied_at: Option<Timestamp>,
}

impl Lines {
    /// Whether a booking could be sent to the practice now.
    pub(crate) fn takes_bookings(&self, practice: &Agb, now: Timestamp) -> bool {
        self.find(practice).is_none_or(|line| line.breaker().would_admit(Purpose::Write, now))
    }

    /// Whether the practice's system is known to be in trouble.
    pub(crate) fn is_in_trouble(&self, practice: &Agb) -> bool {
        self.find(practice).is_some_and(|line| line.breaker().is_open())
    }

    /// When the practice's system last answered, as far as this process has heard.
    pub(crate) fn answered_at(&self, practice: &Agb) -> Option<Timestamp> {
        self.find(practice)?.breaker().answered_at()
    }

    /// The practice's agenda has changed: what was read of it is read again (C19).
    pub(crate) fn agenda_changed(&self, practice: &Agb) {
        if let Some(line) = self.find(practice) {
            line.slots.forget();
        }
    }

    /// The line to this practice's system.
    pub(super) fn of(&self, practice: &Agb, now: Timestamp) -> Arc<Line> {
        let mut known = self.known();
        known.tidy(now);
        if let Some(line) = known.lines.get(practice) {
            return Arc::clone(line);
        }
        let new = Arc::new(Line::new(practice.clone(), Arc::clone(&self.opened)));
        known.lines.insert(practice.clone(), Arc::clone(&new));
        new
    }

    /// The practices whose systems may be tried again.
    pub(super) fn due(&self, now: Timestamp) -> Vec<Agb> {
        let known = self.known();
        let due = known.lines.iter().filter(|(_, line)| line.breaker().is_due(now));
        due.map(|(practice, _)| practice.clone()).collect()
    }

    /// Returns when the system of some practice is in trouble.
    pub(super) async fn trouble(&self) {
        while !self.known().lines.values().any(|line| line.breaker().is_open()) {
            self.opened.notified().await;
        }
    }

    fn find(&self, practice: &Agb) -> Option<Arc<Line>> {
        self.known().lines.get(practice).cloned()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn tidy(&mut self, now: Timestamp) {
        let is_early = |at: Timestamp| now.duration_since(at).abs() < TIDIED_EVERY;
        if self.tidied_at.is_some_and(is_early) {
            return;
        }
        self.tidied_at = Some(now);
        self.lines.values().for_each(|line| line.tidy(now));
        if self.lines.len() > REMEMBERED {
            self.lines.retain(|_, line| Arc::strong_count(line) > 1 || line.breaker().is_open());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c17_practices_with_which_nothing_is_the_matter_are_forgotten_when_there_are_many() {
        let (lines, now) = (Lines::default(), Timestamp::UNIX_EPOCH);
        let practice = |number: usize| format!("{number:08}").parse::<Agb>().unwrap();
        let in_use = lines.of(&practice(0), now);
        for number in 1..2_000 {
            lines.of(&practice(number), now);
        }
        let again = lines.of(&practice(0), now + TIDIED_EVERY);
        assert!(Arc::ptr_eq(&in_use, &again));
        assert_eq!(lines.known().lines.len(), 1);
    }
}
