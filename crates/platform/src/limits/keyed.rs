use std::{
    collections::HashMap,
    hash::{BuildHasher as _, Hash, RandomState},
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;

/// For so many keys at once it is known how much they used; further ones are not counted until others rest.
const KEYS: usize = 100_000;
const MINUTE_MICROSECONDS: i64 = 60_000_000;
/// How often those that rest are let go of.
const TIDIED_EVERY_MICROSECONDS: i64 = 1_000_000;

/// So many requests a minute for each key, all at once or spread (GCRA: one number per key, and no timer).
#[derive(Debug)]
pub(super) struct Keyed {
    /// Between two requests of one key, when they come for long; none: any number.
    interval_microseconds: Option<i64>,
    /// What is kept of a key is its hash: some keys are secrets.
    hasher: RandomState,
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    by_key: HashMap<u64, Use>,
    tidied_at: i64,
}

/// What one key has used.
#[derive(Debug, Clone, Copy)]
struct Use {
    /// When all of it is there again.
    rested_at: i64,
    /// Whether it was refused since it last rested.
    was_refused: bool,
}

/// A request came too soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wait {
    /// When to come again: at least one.
    pub(super) seconds: u32,
    /// Whether it is the first of its key that is refused, since it last rested.
    pub(super) is_first: bool,
}

impl Keyed {
    pub(super) fn new(per_minute: u32) -> Self {
        let interval = MINUTE_MICROSECONDS.checked_div(per_minute.into()).map(|interval| interval.max(1));
        Self { interval_microseconds: interval, hasher: RandomState::new(), used: Mutex::default() }
    }

    /// Counts one request of this key.
    ///
    /// # Errors
    /// When it came too soon; then it does not count.
    pub(super) fn admit(&self, key: impl Hash, now: Timestamp) -> Result<(), Wait> {
        let Some(interval) = self.interval_microseconds else { return Ok(()) };
        let (key, now) = (self.hasher.hash_one(key), now.as_microsecond());
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if !used.by_key.contains_key(&key) && !used.has_place(now) {
            return Ok(());
        }
        let of_key = used.by_key.entry(key).or_insert(Use { rested_at: now, was_refused: false });
        // Further ahead it is only when the clock went back.
        if of_key.rested_at <= now || of_key.rested_at > now + MINUTE_MICROSECONDS {
            *of_key = Use { rested_at: now, was_refused: false };
        }
        let next = of_key.rested_at + interval;
        let early = next - now - MINUTE_MICROSECONDS;
        if early <= 0 {
            of_key.rested_at = next;
            return Ok(());
        }
        let is_first = !std::mem::replace(&mut of_key.was_refused, true);
        let seconds = u32::try_from(early / 1_000_000 + 1).unwrap_or(u32::MAX);
        Err(Wait { seconds, is_first })
    }
}

impl Keyed {
    /// Counts one request of this key less: it turned out to be none of those that are counted.
    pub(super) fn give_back(&self, key: impl Hash) {
        let Some(interval) = self.interval_microseconds else { return };
        let key = self.hasher.hash_one(key);
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_key) = used.by_key.get_mut(&key) {
            of_key.rested_at -= interval;
        }
    }
}

impl Used {
    fn has_place(&mut self, now: i64) -> bool {
        if self.by_key.len() < KEYS {
            return true;
        }
        if (now - self.tidied_at).abs() >= TIDIED_EVERY_MICROSECONDS {
            self.tidied_at = now;
            self.by_key.retain(|_, of_key| of_key.rested_at > now);
        }
        self.by_key.len() < KEYS
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn after(seconds: i64) -> Timestamp {
        NOW + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn so_many_come_at_once_and_then_one_at_a_time() {
        let keyed = Keyed::new(6);
        for _ in 0..6 {
            assert_eq!(keyed.admit("a", NOW), Ok(()));
        }
        assert_eq!(keyed.admit("a", NOW), Err(Wait { seconds: 11, is_first: true }));
        assert_eq!(keyed.admit("a", after(5)), Err(Wait { seconds: 6, is_first: false }));
        assert_eq!(keyed.admit("b", NOW), Ok(()));
        assert_eq!(keyed.admit("a", after(11)), Ok(()));
        assert!(keyed.admit("a", after(11)).is_err());
    }

    #[test]
    fn whoever_waits_as_long_as_was_said_is_admitted() {
        let keyed = Keyed::new(7);
        while keyed.admit("a", NOW).is_ok() {}
        let Wait { seconds, .. } = keyed.admit("a", NOW).unwrap_err();
        assert_eq!(keyed.admit("a", after(seconds.into())), Ok(()));
    }

    #[test]
    fn after_a_minute_of_rest_all_is_there_again_and_a_refusal_is_the_first_again() {
        let keyed = Keyed::new(3);
        while keyed.admit("a", NOW).is_ok() {}
        assert!((0..3).all(|_| keyed.admit("a", after(61)).is_ok()));
        assert!(keyed.admit("a", after(61)).unwrap_err().is_first);
    }

    #[test]
    fn what_was_given_back_does_not_count() {
        let keyed = Keyed::new(2);
        for _ in 0..100 {
            assert_eq!(keyed.admit("a", NOW), Ok(()));
            keyed.give_back("a");
        }
        assert!((0..2).all(|_| keyed.admit("a", NOW).is_ok()));
        assert!(keyed.admit("a", NOW).is_err());
        keyed.give_back("nobody who came");
        assert!((0..2).all(|_| keyed.admit("nobody who came", NOW).is_ok()));
        assert!(keyed.admit("nobody who came", NOW).is_err());
    }

    #[test]
    fn zero_is_no_limit() {
        let keyed = Keyed::new(0);
        assert!((0..10_000).all(|_| keyed.admit("a", NOW).is_ok()));
        assert!(keyed.used.lock().unwrap().by_key.is_empty());
    }

    #[test]
    fn memory_is_bounded_and_those_that_are_counted_stay_so() {
        let keyed = Keyed::new(1);
        assert_eq!(keyed.admit("a", NOW), Ok(()));
        for key in 0..2 * KEYS {
            assert_eq!(keyed.admit(key, NOW), Ok(()));
        }
        assert_eq!(keyed.used.lock().unwrap().by_key.len(), KEYS);
        assert!(keyed.admit("a", NOW).is_err());
        assert_eq!(keyed.admit("new", after(61)), Ok(()));
        assert_eq!(keyed.used.lock().unwrap().by_key.len(), 1);
    }

    #[test]
    fn a_clock_that_goes_back_locks_nobody_out() {
        let keyed = Keyed::new(2);
        assert_eq!(keyed.admit("a", after(3600)), Ok(()));
        assert_eq!(keyed.admit("a", NOW), Ok(()));
    }
}
