//! An actor: something that goes on until it waits for the network, the clock or another actor.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use futures::{future::BoxFuture, task::AtomicWaker};

use crate::party::Party;

pub(crate) type ActorId = u64;

/// Who can go on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ready(Arc<Mutex<BTreeSet<ActorId>>>);

impl Ready {
    pub(crate) fn add(&self, id: ActorId) {
        self.ids().insert(id);
    }

    /// The oldest of those who can, so that it does not matter in which order they were woken.
    pub(crate) fn first(&self) -> Option<ActorId> {
        self.ids().pop_first()
    }

    fn ids(&self) -> MutexGuard<'_, BTreeSet<ActorId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) struct Actor {
    pub(crate) party: Party,
    pub(crate) future: BoxFuture<'static, ()>,
    pub(crate) bell: Arc<Bell>,
}

/// Rings when an actor can go on.
pub(crate) struct Bell {
    id: ActorId,
    ready: Ready,
    rung: AtomicBool,
    /// The scheduler, while it drives this actor.
    driver: AtomicWaker,
}

impl Bell {
    pub(crate) fn new(id: ActorId, ready: Ready) -> Arc<Self> {
        Arc::new(Self { id, ready, rung: AtomicBool::new(false), driver: AtomicWaker::new() })
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::SeqCst);
        self.ready.add(self.id);
        self.driver.wake();
    }
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Ended,
    Waits,
}

impl Actor {
    /// One step: to the end, or to where nothing but the network, the clock or another actor can help. What waits for a
    /// database (`asks_database`) is driven until the database has answered.
    pub(crate) async fn step(&mut self, asks_database: impl Fn() -> bool) -> Step {
        let waker = Waker::from(Arc::clone(&self.bell));
        let mut is_first = true;
        std::future::poll_fn(|context| {
            self.bell.driver.register(context.waker());
            if !std::mem::take(&mut is_first) && !self.bell.rung.load(Ordering::SeqCst) {
                return if asks_database() { Poll::Pending } else { Poll::Ready(Step::Waits) };
            }
            self.bell.rung.store(false, Ordering::SeqCst);
            if self.future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                return Poll::Ready(Step::Ended);
            }
            if self.bell.rung.load(Ordering::SeqCst) || !asks_database() {
                // Again, or the end of the step: by way of the runtime, which has tasks of its own to drive.
                context.waker().wake_by_ref();
            }
            Poll::Pending
        })
        .await
    }
}
