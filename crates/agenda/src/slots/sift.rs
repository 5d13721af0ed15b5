use std::collections::{HashMap, HashSet, VecDeque};

use jiff::{Timestamp, tz::TimeZone};

use super::{Slot, Window};

/// What remains of a XIS's slots, and how many did not (C10).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sifted {
    /// What a patient may be offered, by start.
    pub slots: Vec<Slot>,
    /// What was left out, for the operator.
    pub dropped: Dropped,
}

/// How many slots were left out, each counted once, under the first of these that holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Not free (C8).
    pub not_free: usize,
    /// The end is not after the start.
    pub end_not_after_start: usize,
    /// Begun already.
    pub past: usize,
    /// On a day outside the window.
    pub outside_window: usize,
    /// For another kind of appointment.
    pub other_category: usize,
    /// The same id as another slot.
    pub duplicate: usize,
    /// At the same time as another slot of the same schedule.
    pub overlapping: usize,
}

impl Dropped {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        let Self {
            not_free,
            end_not_after_start,
            past,
            outside_window,
            other_category,
            duplicate,
            overlapping,
        } = self;
        not_free + end_not_after_start + past + outside_window + other_category + duplicate + overlapping
    }
}

/// Leaves only what a patient may be offered (C8, C10): free, ahead, within the window, of the category that
/// was asked for, each once, and no two of one schedule at the same time.
///
/// A slot without any category is kept. Of overlapping slots those that end first are kept, which leaves the
/// most to choose from.
#[must_use]
pub fn sift(
    slots: Vec<Slot>,
    category: (&str, &str),
    window: &Window,
    now: Timestamp,
    zone: &TimeZone,
) -> Sifted {
    let mut sieve =
        Sieve { category, days: (window.start(zone), window.end(zone)), now, dropped: Dropped::default() };
    let mut slots: Vec<Slot> = slots.into_iter().filter(|slot| sieve.passes(slot)).collect();
    sieve.dropped.duplicate = drop_duplicates(&mut slots);
    sieve.dropped.overlapping = drop_overlapping(&mut slots);
    slots.sort_unstable_by(|one, other| {
        (one.start, &one.hours.schedule).cmp(&(other.start, &other.hours.schedule))
    });
    Sifted { slots, dropped: sieve.dropped }
}

struct Sieve<'category> {
    category: (&'category str, &'category str),
    days: (Timestamp, Timestamp),
    now: Timestamp,
    dropped: Dropped,
}

impl Sieve<'_> {
    fn passes(&mut self, slot: &Slot) -> bool {
        match self.fault(slot) {
            Some(count) => {
                *count += 1;
                false
            }
            None => true,
        }
    }

    /// The count under which the slot is left out.
    fn fault(&mut self, slot: &Slot) -> Option<&mut usize> {
        let dropped = &mut self.dropped;
        if !slot.free {
            Some(&mut dropped.not_free)
        } else if slot.end <= slot.start {
            Some(&mut dropped.end_not_after_start)
        } else if slot.start <= self.now {
            Some(&mut dropped.past)
        } else if slot.start < self.days.0 || slot.start >= self.days.1 {
            Some(&mut dropped.outside_window)
        } else if !slot.is_for(self.category) {
            Some(&mut dropped.other_category)
        } else {
            None
        }
    }
}

fn drop_duplicates(slots: &mut Vec<Slot>) -> usize {
    let before = slots.len();
    let mut seen = HashSet::with_capacity(before);
    let mut is_first: VecDeque<bool> = slots.iter().map(|slot| seen.insert(&*slot.id)).collect();
    slots.retain(|_| is_first.pop_front().unwrap_or(false));
    before - slots.len()
}

fn drop_overlapping(slots: &mut Vec<Slot>) -> usize {
    let before = slots.len();
    slots.sort_unstable_by(|one, other| {
        (one.end, one.start, &one.id).cmp(&(other.end, other.start, &other.id))
    });
    let mut busy_until: HashMap<String, Timestamp> = HashMap::new();
    slots.retain(|slot| {
        let Some(until) = busy_until.get_mut(&slot.hours.schedule) else {
            busy_until.insert(slot.hours.schedule.clone(), slot.end);
            return true;
        };
        let is_after = slot.start >= *until;
        if is_after {
            *until = slot.end;
        }
        is_after
    });
    before - slots.len()
}

#[cfg(test)]
mod tests;
