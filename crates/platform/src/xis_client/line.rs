//! The way to one practice's system, and what keeps its troubles from everybody else's (C17).

use std::{
    fmt::Display,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use agenda::{Agb, Coding, Slot};
use jiff::Timestamp;
use tokio::sync::{Notify, Semaphore};
use world::World;

use super::{
    Deadline, Trouble,
    agendas::RoleAgenda,
    breaker::{Breaker, Change, Health, Leave, Purpose},
    budget::RetryBudget,
    pass::Pass,
    shared::Searches,
};

/// How many calls one practice's system may have under way.
const PLACES: usize = 16;
/// How long a call waits for a place.
const WAIT: Duration = Duration::from_millis(500);

/// All of this is of one process and only protects: nothing is decided by it that must be right.
#[derive(Debug)]
pub(super) struct Line {
    practice: Agb,
    places: Arc<Semaphore>,
    breaker: Mutex<Breaker>,
    budget: Mutex<RetryBudget>,
    /// Told when the breaker opens.
    opened: Arc<Notify>,
    /// The types that its patients share (C19).
    pub(super) types: Searches<Coding>,
    /// The agendas that its patients share, by type (C19).
    pub(super) agendas: Searches<RoleAgenda>,
    /// The slots that its patients share (C19).
    pub(super) slots: Searches<Slot>,
}

impl Line {
    pub(super) fn new(practice: Agb, opened: Arc<Notify>) -> Self {
        Self {
            practice,
            places: Arc::new(Semaphore::new(PLACES)),
            breaker: Mutex::default(),
            budget: Mutex::default(),
            opened,
            types: Searches::default(),
            agendas: Searches::default(),
            slots: Searches::default(),
        }
    }

    /// Leave and a place for one call, to be held until it has ended.
    ///
    /// # Errors
    /// At once while the system is not called, and after a short wait when no place is free.
    pub(super) async fn enter(
        self: &Arc<Self>,
        world: &World,
        purpose: Purpose,
        deadline: Deadline,
    ) -> Result<Pass, Trouble> {
        if !self.breaker().would_admit(purpose, world.now()) {
            return Err(Trouble::Resting);
        }
        let wait = deadline.within(world.now(), WAIT).left(world.now()).ok_or(Trouble::TooLate)?;
        let place = world.within(wait, Arc::clone(&self.places).acquire_owned()).await;
        let Some(Ok(place)) = place else { return Err(Trouble::Busy { limit: PLACES }) };
        let leave = self.breaker().admit(purpose, world.now()).ok_or(Trouble::Resting)?;
        self.budget().earn();
        Ok(Pass::new(Arc::clone(self), world.clone(), leave, place))
    }

    /// Whether a call that broke off may be tried once more.
    pub(super) fn may_retry(&self) -> bool {
        self.budget().spend()
    }

    pub(super) fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets go of what is too old to be of use.
    pub(super) fn tidy(&self, now: Timestamp) {
        self.types.tidy(now);
        self.agendas.tidy(now);
        self.slots.tidy(now);
    }

    fn budget(&self) -> MutexGuard<'_, RetryBudget> {
        self.budget.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a call showed, and in words why it failed.
    pub(super) fn ended(&self, leave: Leave, health: Health, now: Timestamp, why: impl Display) {
        let change = self.breaker().ended(leave, health, now);
        match change {
            Some(Change::Opened) => {
                self.opened.notify_one();
                tracing::warn!(practice = %self.practice, %why, "the practice's system fails and is not called for now");
            }
            Some(Change::Closed) => {
                tracing::info!(practice = %self.practice, "the practice's system answers again");
            }
            None => {}
        }
    }
}
