//! What everything in one run shares.

use std::{
    collections::BTreeMap,
    ops::Deref,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::Router;
use futures::future::BoxFuture;

use crate::{
    counts::Counts, dice::Dice, disk::Disk, faults::Faults, network::Lines, party::Party, postbox::Postbox,
    scheduler::Scheduler,
};

/// One run. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Sim(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) scheduler: Scheduler,
    pub(crate) faults: Faults,
    pub(crate) counts: Counts,
    pub(crate) lines: Lines,
    pub(crate) postbox: Postbox,
    pub(crate) disk: Disk,
    /// What the XIS does wrong by itself, see [`xis::faults`].
    pub(crate) habits: Vec<String>,
    /// Who answers; a program that is down does not.
    serving: Mutex<BTreeMap<Party, Router>>,
    violation: Mutex<Option<String>>,
}

impl Deref for Sim {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Sim {
    pub(crate) fn new(dice: &mut Dice, disk: Disk, habits: Vec<String>) -> Self {
        Self(Arc::new(Shared {
            scheduler: Scheduler::new(),
            faults: Faults::new(dice.apart()),
            counts: Counts::default(),
            lines: Lines::default(),
            postbox: Postbox::default(),
            disk,
            habits,
            serving: Mutex::default(),
            violation: Mutex::default(),
        }))
    }

    /// Writes a line of the trace.
    pub(crate) fn note(&self, line: impl AsRef<str>) {
        self.scheduler.note(line.as_ref());
    }

    /// Something is not as it must be; the first such thing ends the run.
    pub(crate) fn violated(&self, what: String) {
        self.note(format!("VIOLATED {what}"));
        lock(&self.violation).get_or_insert(what);
    }

    pub(crate) fn violation(&self) -> Option<String> {
        lock(&self.violation).clone()
    }

    /// Answers for this party from now on; `None`: nobody does.
    pub(crate) fn serve(&self, party: Party, router: Option<Router>) {
        let before = match router {
            Some(router) => lock(&self.serving).insert(party, router),
            None => lock(&self.serving).remove(&party),
        };
        drop(before);
    }

    pub(crate) fn router(&self, party: Party) -> Option<Router> {
        lock(&self.serving).get(&party).cloned()
    }

    /// Begins an actor, and gives what ends with it.
    pub(crate) fn start(
        &self,
        party: Party,
        work: impl Future<Output = ()> + Send + 'static,
    ) -> BoxFuture<'static, ()> {
        let (ended, end) = futures::channel::oneshot::channel::<()>();
        self.scheduler.start(party, async move {
            work.await;
            drop(ended);
        });
        Box::pin(async move {
            let _ = end.await;
        })
    }
}

pub(crate) fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
