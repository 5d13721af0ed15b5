use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use agenda::Agb;

/// How many large bodies are in memory at once: each takes some tens of megabytes until it is stored.
const ALL: usize = 8;
/// How many of them may be of one practice (D15).
const OF_ONE: usize = 2;

/// Who sends us something large. No practice takes the places of the others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places(Arc<Mutex<HashMap<Agb, usize>>>);

/// A place, as long as it lives.
#[derive(Debug)]
pub(crate) struct Place {
    places: Places,
    practice: Agb,
}

impl Places {
    /// A place for this practice, where there is one.
    pub(crate) fn take(&self, practice: &Agb) -> Option<Place> {
        let mut taken = self.taken();
        let own = taken.get(practice).copied().unwrap_or_default();
        if own >= OF_ONE || taken.values().sum::<usize>() >= ALL {
            return None;
        }
        taken.insert(practice.clone(), own + 1);
        Some(Place { places: self.clone(), practice: practice.clone() })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Agb, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        match taken.get_mut(&self.practice) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(taken.remove(&self.practice)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agb(number: usize) -> Agb {
        format!("0100000{number}").parse().unwrap()
    }

    #[test]
    fn d15_a_practice_takes_two_places_and_leaves_the_others_theirs() {
        let places = Places::default();
        let first = places.take(&agb(1));
        let _second = places.take(&agb(1));
        assert!(places.take(&agb(1)).is_none());
        assert!(places.take(&agb(2)).is_some());
        drop(first);
        assert!(places.take(&agb(1)).is_some());
    }

    #[test]
    fn d15_there_are_so_many_places_and_they_come_back() {
        let places = Places::default();
        let all: Vec<_> =
            (1..=4).flat_map(|number| [places.take(&agb(number)), places.take(&agb(number))]).collect();
        assert!(all.iter().all(Option::is_some) && places.take(&agb(5)).is_none());
        drop(all);
        assert!(places.take(&agb(5)).is_some());
        assert!(places.taken().is_empty());
    }
}
