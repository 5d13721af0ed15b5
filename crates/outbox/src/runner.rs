use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use db::{Db, Error};
use futures::FutureExt as _;
use tokio_util::sync::CancellationToken;
use world::World;

use crate::{
    SIGNAL,
    claim::{Claim, Claimed, claim},
    courier::{Courier, Verdict},
    owners::{free_those_of_the_gone, give_back, put_back},
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
    /// How long a claim holds: an attempt takes no longer, and the messages of a runner wait so long of which cannot be
    /// seen that it is gone.
    pub lease: Duration,
    /// How often to look without being woken.
    pub poll: Duration,
    /// How often to see whether somebody is gone who had messages under way.
    pub roll_call: Duration,
    /// How long what is under way may take to end once the runner is told to stop.
    pub last_orders: Duration,
    /// When to try again.
    pub pauses: Pauses,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            at_once: 32,
            lease: Duration::from_secs(60),
            poll: Duration::from_secs(1),
            roll_call: Duration::from_secs(5),
            last_orders: Duration::from_secs(5),
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
}

/// What is delivered, and by whom.
#[derive(Clone)]
struct Topic {
    name: &'static str,
    courier: Arc<dyn Courier>,
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runner").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Runner {
    /// A runner without couriers.
    #[must_use]
    pub fn new(db: Db, world: World, settings: Settings) -> Self {
        Self { db, world, topics: Vec::new(), settings }
    }

    /// Gives the messages of `topic` to this courier. A topic without a courier is left to a newer release that may
    /// know it; see [`stuck`](crate::stuck).
    #[must_use]
    pub fn with(mut self, topic: &'static str, courier: Arc<dyn Courier>) -> Self {
        self.topics.push(Topic { name: topic, courier });
        self
    }

    /// Works until `stop`; then claims nothing more, lets what is under way end for a while, and gives back what does
    /// not.
    pub async fn run(self, stop: CancellationToken) {
        let runner = Arc::new(self);
        // First what was left behind, for it may be of this process's life before.
        runner.call_the_roll().await;
        let topics = runner.topics.iter().map(|topic| runner.run_topic(topic, &stop));
        tokio::join!(futures::future::join_all(topics), runner.keep_calling_the_roll(&stop));
    }

    /// Other replicas may go at any time.
    async fn keep_calling_the_roll(&self, stop: &CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.world.clock.sleep(self.settings.roll_call) => self.call_the_roll().await,
            }
        }
    }

    async fn call_the_roll(&self) {
        if let Err(error) = self.free_those_of_the_gone().await {
            tracing::error!(%error, "whether a process is gone cannot be seen; looking again");
        }
    }

    async fn free_those_of_the_gone(&self) -> Result<(), Error> {
        free_those_of_the_gone(&self.db, &self.settings.pauses, self.world.now()).await
    }

    async fn run_topic(self: &Arc<Self>, topic: &Topic, stop: &CancellationToken) {
        let mut listener = self.db.listen_about(SIGNAL, topic.name);
        let mut under_way = UnderWay::default();
        while !stop.is_cancelled() {
            let look_again_at = self.start_what_is_due(topic, &mut under_way, stop).await;
            tokio::select! {
                () = stop.cancelled() => {}
                () = listener.wait(Duration::MAX) => {}
                () = self.world.clock.sleep(self.settings.poll) => {}
                () = under_way.until_at_most(look_again_at.unwrap_or_default()), if look_again_at.is_some() => {}
            }
        }
        self.end(under_way).await;
    }

    /// Lets what is under way end, and gives back what takes too long.
    async fn end(&self, mut under_way: UnderWay) {
        let all_ended = async { while under_way.one_has_ended().await {} };
        if self.world.within(self.settings.last_orders, all_ended).await.is_some() {
            return;
        }
        let cut_off = under_way.cut_off().await;
        tracing::warn!(
            messages = cut_off.len(),
            "attempts that did not end were cut off, for the process stops"
        );
        if let Err(error) = give_back(&self.db, &cut_off, self.world.now()).await {
            tracing::error!(%error, "messages could not be given back; whoever starts next finds them");
        }
    }

    /// Delivers everything that is due now or was left by somebody who is gone, one after the other, and returns how
    /// many attempts that took; for tests and one-off commands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drain(&self) -> Result<usize, Error> {
        self.free_those_of_the_gone().await?;
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

    /// Starts as many as there are places for. Says to look again once at most so many are under way.
    async fn start_what_is_due(
        self: &Arc<Self>,
        topic: &Topic,
        under_way: &mut UnderWay,
        stop: &CancellationToken,
    ) -> Option<usize> {
        // A look costs as much for one place as for many.
        let half = Some(self.settings.at_once / 2);
        let places = self.settings.at_once.saturating_sub(under_way.len());
        if places == 0 {
            return half;
        }
        let claimed = match self.claim(topic.name, places, &under_way.held()).await {
            Ok(claimed) => claimed,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read; trying again");
                return under_way.len().checked_sub(1);
            }
        };
        if stop.is_cancelled() {
            // It came while we looked.
            self.put_back(&claimed.claims).await;
            return None;
        }
        for claim in &claimed.claims {
            let (runner, topic, claim) = (Arc::clone(self), topic.clone(), claim.clone());
            under_way.start(claim.clone(), async move {
                if let Err(error) = runner.attempt(&topic, &claim).await {
                    let id = claim.parcel.id;
                    tracing::error!(%error, id, "what became of a message could not be stored; it may be sent again");
                }
            });
        }
        match claimed {
            // There is room for what the rival has left.
            Claimed { rivalled: true, .. } => Some(self.settings.at_once),
            Claimed { more: true, .. } => half,
            Claimed { .. } => under_way.len().checked_sub(1),
        }
    }

    async fn put_back(&self, claims: &[Claim]) {
        if !claims.is_empty()
            && let Err(error) = put_back(&self.db, claims).await
        {
            tracing::error!(%error, "messages could not be put back; whoever starts next finds them");
        }
    }

    async fn claim(&self, topic: &str, at_most: usize, held: &Held) -> Result<Claimed, Error> {
        let now = self.world.now();
        claim(&self.db, topic, (now, now + self.settings.lease), (at_most, held)).await
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
