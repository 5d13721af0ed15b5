//! The clock and the tasks of one party: what `world` asks for, in simulated time.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use futures::{channel::oneshot, future::BoxFuture};
use jiff::Timestamp;
use world::{Clock, Tasks, World};

use crate::{
    dice::{Dice, SeededChance},
    network::Wire,
    party::Party,
    scheduler::{EventKey, Scheduler},
    sim::Sim,
};

/// The world as this party sees it.
pub(crate) fn world(sim: &Sim, party: Party, chance: Dice) -> World {
    World {
        clock: Arc::new(PartyClock { sim: sim.clone(), party }),
        chance: Arc::new(SeededChance::new(chance)),
        http: Arc::new(Wire { sim: sim.clone(), party }),
        tasks: Arc::new(PartyTasks { sim: sim.clone(), party }),
    }
}

struct PartyClock {
    sim: Sim,
    party: Party,
}

impl Clock for PartyClock {
    fn now(&self) -> Timestamp {
        self.sim.scheduler.now() + self.sim.faults.skew(self.party)
    }

    // Counted when it is asked for, not when it is first polled: a limit to what a database has answered already, which
    // depends on the machine, is never polled.
    fn sleep<'clock, 'sleeping>(&'clock self, duration: Duration) -> BoxFuture<'sleeping, ()>
    where
        'clock: 'sleeping,
        Self: 'sleeping,
    {
        self.sim.faults.step(self.party);
        Box::pin(sleep(&self.sim.scheduler, duration))
    }
}

/// Returns after this time has passed.
pub(crate) async fn sleep(scheduler: &Scheduler, duration: Duration) {
    let (done, awake) = oneshot::channel::<()>();
    let key = scheduler.call_after(duration, move || drop(done));
    let _unless_dropped = Planned(scheduler.clone(), key);
    let _ = awake.await;
}

/// An event that does not happen any more when this is dropped.
pub(crate) struct Planned(pub(crate) Scheduler, pub(crate) EventKey);

impl Drop for Planned {
    fn drop(&mut self) {
        self.0.cancel(self.1);
    }
}

struct PartyTasks {
    sim: Sim,
    party: Party,
}

#[async_trait]
impl Tasks for PartyTasks {
    fn start(&self, work: BoxFuture<'static, ()>) -> BoxFuture<'static, ()> {
        self.sim.start(self.party, work)
    }

    /// At once: a processor takes no simulated time.
    async fn all_ended(&self) {}
}
