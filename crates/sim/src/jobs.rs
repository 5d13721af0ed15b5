//! What the programs do without a request. They look at once when something may be due, as a commit wakes the real
//! runners, and one attempt after the other: two loops each, as two replicas would.

use std::time::Duration;

use db::{Db, Error, Listener, sql};
use futures::{
    FutureExt as _,
    future::{BoxFuture, Either, select},
};
use jiff::Timestamp;
use platform::Platform;
use world::World;
use xis::Xis;

use crate::{clock::sleep, dice::Dice, disk::EVERYBODY, party::Party, sim::Sim};

/// How many work on one outbox at most.
const AT_MOST: usize = 2;
/// Nobody waits longer before looking again.
const LONGEST: Duration = Duration::from_secs(3600);
/// The topics of both programs' outboxes.
const TOPICS: [&str; 6] = ["mail", "cancel", "reschedule", "reread", "reconcile", "platform"];

pub(crate) fn of_platform(sim: &Sim, platform: &Platform, db: &Db, world: &World, dice: &mut Dice) {
    let work = |platform: Platform| async move {
        platform.drain().await.map_err(drop)?;
        platform.seal_audit().await.map(drop).map_err(drop)
    };
    for _ in 0..=dice.below(AT_MOST) {
        let platform = platform.clone();
        let jobs = Jobs::new(sim, Party::Platform, (db, world), dice, move || work(platform.clone()).boxed());
        sim.scheduler.start(Party::Platform, jobs.run());
    }
}

pub(crate) fn of_xis(sim: &Sim, xis: &Xis, world: &World, dice: &mut Dice) {
    let work = |xis: Xis| async move { xis.tell_now().await.map(drop).map_err(drop) };
    for _ in 0..=dice.below(AT_MOST) {
        let (xis, db) = (xis.clone(), xis.db().clone());
        let jobs = Jobs::new(sim, Party::Xis, (&db, world), dice, move || work(xis.clone()).boxed());
        sim.scheduler.start(Party::Xis, jobs.run());
    }
}

struct Jobs {
    sim: Sim,
    party: Party,
    db: Db,
    world: World,
    dice: Dice,
    work: Box<dyn Fn() -> BoxFuture<'static, Result<(), ()>> + Send>,
}

impl Jobs {
    fn new(
        sim: &Sim,
        party: Party,
        (db, world): (&Db, &World),
        dice: &mut Dice,
        work: impl Fn() -> BoxFuture<'static, Result<(), ()>> + Send + 'static,
    ) -> Self {
        let (sim, db, world) = (sim.clone(), db.clone(), world.clone());
        Self { sim, party, db, world, dice: dice.apart(), work: Box::new(work) }
    }

    async fn run(mut self) {
        let mut listeners: Vec<Listener> =
            TOPICS.iter().map(|topic| self.db.listen_about("outbox", topic)).collect();
        loop {
            if (self.work)().await.is_err() {
                self.sim.violated(format!("the jobs of {} cannot use their database", self.party));
                return;
            }
            let wait = self.until_due().await;
            let waits = listeners.iter_mut().map(|listener| listener.wait(Duration::MAX).boxed());
            let woken = futures::future::select_all(waits);
            let slept = sleep(&self.sim.scheduler, wait).boxed();
            if matches!(select(woken, slept).await, Either::Left(_)) {
                let reacts = self.dice.between(Duration::ZERO, Duration::from_millis(50));
                sleep(&self.sim.scheduler, reacts).await;
            }
        }
    }

    /// How long until something is due. The real poll too comes a moment late.
    async fn until_due(&mut self) -> Duration {
        let due = next_due(&self.db, self.party).await.ok().flatten();
        let wait = due.map_or(LONGEST, |due| {
            Duration::try_from(due.duration_since(self.world.now())).unwrap_or_default()
        });
        wait.min(LONGEST) + self.dice.between(Duration::from_millis(20), Duration::from_secs(1))
    }
}

/// When something in the outbox, or a reminder, is due next.
async fn next_due(db: &Db, party: Party) -> Result<Option<Timestamp>, Error> {
    db.read("when to look", |mut tx| async move {
        let text =
            "select max(due_at, coalesce(leased_until, 0)) as due from outbox where standing = 'waiting'
                    order by 1 limit 1";
        let due: Option<Timestamp> = sql(text).first(&mut tx, |row| row.get("due")).await?;
        if party != Party::Platform {
            return Ok(due);
        }
        let text = "select remind_at as due from appointment where remind_at is not null order by 1 limit 1";
        let reminder: Option<Timestamp> =
            sql(text).of(EVERYBODY).first(&mut tx, |row| row.get("due")).await?;
        Ok(due.into_iter().chain(reminder).min())
    })
    .await
}
