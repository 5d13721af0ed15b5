//! Searches that patients of one practice share (C19): who asks the same at the same time waits for one answer, and who
//! asks shortly after gets it too.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use world::World;

use super::{Deadline, Trouble};

#[cfg(test)]
mod tests;

/// How long an answer is given again.
const KEPT: Duration = Duration::from_secs(3);
/// More different searches of one practice are not kept.
const SEARCHES: usize = 64;
/// Nor more results in all of them.
const RESULTS: usize = 20_000;

/// The searches of one practice of one kind, by their address.
#[derive(Debug)]
pub(super) struct Searches<T>(Mutex<HashMap<String, Arc<Search<T>>>>);

#[derive(Debug)]
struct Search<T> {
    begun_at: Timestamp,
    /// Held by the one who asks, as long as that takes.
    outcome: tokio::sync::Mutex<Outcome<T>>,
}

#[derive(Debug)]
enum Outcome<T> {
    /// Nobody has asked yet, or whoever did went away.
    None,
    Found(Arc<Vec<T>>),
    Failed(Trouble),
}

impl<T> Default for Searches<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Send + Sync> Searches<T> {
    /// What this search finds. `ask` is polled by one caller at a time, and not at all where an answer is at hand. A
    /// failure is shared by those who were waiting for it, and by nobody after them.
    pub(super) async fn get(
        &self,
        address: &str,
        (world, deadline): (&World, Deadline),
        ask: impl Future<Output = Result<Vec<T>, Trouble>>,
    ) -> Result<Arc<Vec<T>>, Trouble> {
        let search = self.search(address, world.now());
        let waiting = deadline.left(world.now()).ok_or(Trouble::TooLate)?;
        let mut outcome = world.within(waiting, search.outcome.lock()).await.ok_or(Trouble::TooLate)?;
        match &*outcome {
            Outcome::Found(found) => return Ok(Arc::clone(found)),
            Outcome::Failed(trouble) => return Err(trouble.clone()),
            Outcome::None => {}
        }
        match ask.await {
            Ok(found) => {
                let found = Arc::new(found);
                *outcome = Outcome::Found(Arc::clone(&found));
                drop(outcome);
                self.bound(&search, found.len());
                Ok(found)
            }
            Err(trouble) => {
                self.remove(address, &search);
                *outcome = Outcome::Failed(trouble.clone());
                Err(trouble)
            }
        }
    }

    /// Forgets every answer: the practice's agenda may have changed. Who waits for one gets it still.
    pub(super) fn forget(&self) {
        self.all().clear();
    }

    /// Forgets what is too old to be given again.
    pub(super) fn tidy(&self, now: Timestamp) {
        self.all().retain(|_, search| search.is_fresh(now));
    }

    fn search(&self, address: &str, now: Timestamp) -> Arc<Search<T>> {
        let mut all = self.all();
        if let Some(search) = all.get(address).filter(|search| search.is_fresh(now)) {
            return Arc::clone(search);
        }
        if all.len() >= SEARCHES {
            all.retain(|_, search| search.is_fresh(now));
        }
        if all.len() >= SEARCHES {
            all.clear();
        }
        let new = Arc::new(Search { begun_at: now, outcome: tokio::sync::Mutex::new(Outcome::None) });
        all.insert(address.to_owned(), Arc::clone(&new));
        new
    }

    fn remove(&self, address: &str, search: &Arc<Search<T>>) {
        let mut all = self.all();
        if all.get(address).is_some_and(|kept| Arc::ptr_eq(kept, search)) {
            all.remove(address);
        }
    }

    /// Lets the newest stay where all together are too many.
    fn bound(&self, newest: &Arc<Search<T>>, results: usize) {
        let mut all = self.all();
        let others =
            all.values().filter(|search| !Arc::ptr_eq(search, newest)).map(|search| search.results());
        if others.sum::<usize>() + results > RESULTS {
            all.retain(|_, search| Arc::ptr_eq(search, newest));
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Arc<Search<T>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Search<T> {
    /// By when it was begun: what is found shows the agenda as it was then, or later. A clock that was set back makes
    /// nothing last longer.
    fn is_fresh(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.begun_at);
        !age.is_negative() && age.unsigned_abs() < KEPT
    }

    /// How much it holds; nothing while it is under way.
    fn results(&self) -> usize {
        match self.outcome.try_lock().as_deref() {
            Ok(Outcome::Found(found)) => found.len(),
            _ => 0,
        }
    }
}
