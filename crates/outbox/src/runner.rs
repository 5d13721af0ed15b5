use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use db::{Db, Error};
use futures::FutureExt as _;
use tokio_util::sync::CancellationToken;
use world::World;

use crate::{
    SIGNAL,
    claim::{Claim, Claimed, claim},
    courier::{Courier, Verdict},
    pause::Pauses,
    settle::{after, settle},
    turns::Held,
    under_way::UnderWay,
};

/// How a runner works.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How many messages of each topic are under way at once.
    pub at_once: usize,
    /// How long a claim holds: an attempt takes no longer, and a crashed runner's messages wait so long.
    pub lease: Duration,
    /// How often to look without being woken.
    pub poll: Duration,
    /// When to try again.
    pub pauses: Pauses,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            at_once: 16,
            lease: Duration::from_secs(60),
            poll: Duration::from_secs(1),
            pauses: Pauses::default(),
        }
    }
}

/// Delivers what waits, until it is told to stop. Any number of them may work on one queue.
pub struct Runner {
    db: Db,
    world: World,
    topics: Vec<Topic>,
    settings: Settings,
    owner: String,
}

/// What is delivered, and by whom.
#[derive(Clone)]
struct Topic {
    name: &'static str,
    courier: Arc<dyn Courier>,
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runner").field("owner", &self.owner).finish_non_exhaustive()
    }
}

impl Runner {
    /// A runner without couriers.
    #[must_use]
    pub fn new(db: Db, world: World, settings: Settings) -> Self {
        let owner = world.chance.uuid().to_string();
        Self { db, world, topics: Vec::new(), settings, owner }
    }

    /// Gives the messages of `topic` to this courier. A topic without a courier is left to a newer release that may
    /// know it; see [`stuck`](crate::stuck).
    #[must_use]
    pub fn with(mut self, topic: &'static str, courier: Arc<dyn Courier>) -> Self {
        self.topics.push(Topic { name: topic, courier });
        self
    }

    /// Works until `stop`; then claims nothing more and lets what is under way finish, which no attempt's time
    /// limit allows to take longer than a lease.
    pub async fn run(self, stop: CancellationToken) {
        let runner = Arc::new(self);
        let topics = runner.topics.iter().map(|topic| runner.run_topic(topic, &stop));
        futures::future::join_all(topics).await;
    }

    async fn run_topic(self: &Arc<Self>, topic: &Topic, stop: &CancellationToken) {
        let mut listener = self.db.listen_about(SIGNAL, topic.name);
        let mut under_way = UnderWay::default();
        while !stop.is_cancelled() {
            if self.start_what_is_due(topic, &mut under_way).await {
                continue;
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = listener.wait(Duration::MAX) => {}
                () = self.world.clock.sleep(self.settings.poll) => {}
                true = under_way.one_has_ended() => {}
            }
        }
        while under_way.one_has_ended().await {}
    }

    /// Delivers everything that is due now, one after the other, and returns how many attempts that took; for
    /// tests and one-off commands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drain(&self) -> Result<usize, Error> {
        let mut attempts = 0;
        loop {
            let mut ended = 0;
            for topic in &self.topics {
                ended += self.drain_topic(topic).await?;
            }
            if ended == 0 {
                return Ok(attempts);
            }
            attempts += ended;
        }
    }

    async fn drain_topic(&self, topic: &Topic) -> Result<usize, Error> {
        let mut attempts = 0;
        // One by one: the lease of what waits behind a slow one would run out.
        while let Some(claim) = self.claim(topic.name, 1, &Held::new()).await?.claims.pop() {
            attempts += 1;
            self.attempt(topic, &claim).await?;
        }
        Ok(attempts)
    }

    /// Starts as many as there are places for. Says whether to come back at once, since there may be more.
    async fn start_what_is_due(self: &Arc<Self>, topic: &Topic, under_way: &mut UnderWay) -> bool {
        let places = self.settings.at_once.saturating_sub(under_way.len());
        if places == 0 {
            return false;
        }
        let claimed = match self.claim(topic.name, places, &under_way.held()).await {
            Ok(claimed) => claimed,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read; trying again");
                return false;
            }
        };
        for claim in claimed.claims {
            let (runner, topic, tenant) = (Arc::clone(self), topic.clone(), claim.parcel.tenant.clone());
            under_way.start(tenant, async move {
                if let Err(error) = runner.attempt(&topic, &claim).await {
                    let id = claim.parcel.id;
                    tracing::error!(%error, id, "what became of a message could not be stored; it may be sent again");
                }
            });
        }
        claimed.more
    }

    async fn claim(&self, topic: &str, at_most: usize, held: &Held) -> Result<Claimed, Error> {
        let now = self.world.now();
        claim(&self.db, &self.owner, topic, (now, now + self.settings.lease), (at_most, held)).await
    }

    async fn attempt(&self, topic: &Topic, claim: &Claim) -> Result<(), Error> {
        let verdict = self.deliver(topic, claim).await;
        let mut chance = [0; 1];
        self.world.chance.fill(&mut chance);
        let after = after(verdict, claim.parcel.attempt, &self.settings.pauses, chance[0]);
        settle(&self.db, topic.name, claim, &after, self.world.now()).await
    }

    async fn deliver(&self, topic: &Topic, claim: &Claim) -> Verdict {
        if claim.parcel.attempt > self.settings.pauses.attempts {
            // The attempts before it left no verdict: whatever ended their runners would end this one too.
            let attempts = claim.parcel.attempt - 1;
            return Verdict::GiveUp {
                reason: format!("given up after {attempts} attempts, the last without an end"),
            };
        }
        let left = Duration::try_from(claim.until.duration_since(self.world.now())).unwrap_or_default();
        // The rest of the lease is for storing what became of it.
        let limit = left.mul_f32(0.9);
        tokio::select! {
            verdict = AssertUnwindSafe(topic.courier.deliver(&claim.parcel)).catch_unwind() => {
                verdict.unwrap_or_else(|_| again("the courier panicked".to_owned()))
            }
            () = self.world.clock.sleep(limit) => again(format!("no end after {} s", limit.as_secs())),
        }
    }
}

fn again(reason: String) -> Verdict {
    Verdict::Retry { reason, after: None }
}
