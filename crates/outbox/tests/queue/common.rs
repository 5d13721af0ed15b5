//! Both databases, each with an empty queue, and a world whose clock stands still until it is turned.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use db::{Db, Error, Migration, Tx, sql};
use jiff::Timestamp;
use outbox::{Courier, Entry, Message, Runner, Settings, Standing};
use tokio::sync::watch;
use world::{
    Chance as _, Clock, Http, HttpError, Limits, Request, Response, SystemChance, SystemTasks, World,
};

const TABLES: &[Migration] = &[
    Migration { version: 1, name: "outbox", sql: outbox::TABLE },
    Migration { version: 2, name: "topics", sql: outbox::TOPICS },
    Migration { version: 3, name: "owners", sql: outbox::OWNERS },
];

/// A clock that stands still until it is turned; sleepers wake when it is.
pub(crate) struct HandClock(watch::Sender<Timestamp>);

#[async_trait]
impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.borrow()
    }

    async fn sleep(&self, duration: Duration) {
        let until = self.now() + duration;
        let mut turned = self.0.subscribe();
        let _ = turned.wait_for(|now| *now >= until).await;
    }
}

/// No other machine can be reached.
struct NoHttp;

#[async_trait]
impl Http for NoHttp {
    async fn send(&self, request: Request, _: Limits) -> Result<Response, HttpError> {
        let host = request.uri().to_string();
        Err(HttpError::Unreachable { host, reason: "there is no network".to_owned() })
    }
}

/// A database with a queue, and the clock of those who work on it.
pub(crate) struct Queue {
    pub(crate) db: Db,
    at: (String, String),
    clock: Arc<HandClock>,
}

/// Tells a story on each database.
pub(crate) async fn on_both(story: impl AsyncFn(&Queue)) {
    let folder = tempfile::tempdir().unwrap();
    story(&queue(&format!("sqlite:{}/queue.db", folder.path().display())).await).await;
    let url =
        std::env::var("BALIE_TEST_POSTGRES").expect("run this through scripts/with-postgres (make quick)");
    story(&queue(&url).await).await;
}

async fn queue(url: &str) -> Queue {
    let world = World::system().unwrap();
    let schema = format!("outbox_{}", world.chance.uuid().simple());
    let db = Db::connect(url, &schema).await.unwrap();
    db.migrate(TABLES).await.unwrap();
    let beginning = "2026-05-12T08:00:00Z".parse().unwrap();
    Queue { db, at: (url.to_owned(), schema), clock: Arc::new(HandClock(watch::channel(beginning).0)) }
}

/// Settings whose pauses chance shortens by at most a quarter: 2 s, 4 s, 8 s, ... and 5 attempts. The runner
/// hardly ever looks without being woken.
pub(crate) fn settings() -> Settings {
    let mut settings = Settings { poll: Duration::from_secs(24 * 3600), ..Settings::default() };
    settings.pauses.attempts = 5;
    settings
}

impl Queue {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The same queue as a machine sees it whose clock is ahead.
    pub(crate) fn with_a_clock_ahead(&self, seconds: u64) -> Self {
        let now = self.now() + Duration::from_secs(seconds);
        let clock = Arc::new(HandClock(watch::channel(now).0));
        Self { db: self.db.clone(), at: self.at.clone(), clock }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.at.0.starts_with("sqlite:")
    }

    /// The same queue as another process sees it, at the same time.
    pub(crate) async fn another_process(&self) -> Self {
        let db = Db::connect(&self.at.0, &self.at.1).await.unwrap();
        Self { db, at: self.at.clone(), clock: Arc::clone(&self.clock) }
    }

    /// Lets others see that this process works on the queue.
    pub(crate) async fn appear(&self, name: &str) {
        let id = format!("{name} of {}", SystemChance.uuid());
        self.db.appear(id).await.unwrap();
    }

    /// Returns when PostgreSQL has noticed that nobody works as `id` any more. On SQLite it is so at once.
    pub(crate) async fn until_gone(&self, id: String) {
        let ids = vec![id];
        let gone =
            async { while !self.is_sqlite() && self.db.gone(ids.clone()).await.unwrap().is_empty() {} };
        tokio::time::timeout(Duration::from_secs(20), gone).await.expect("it is gone");
    }

    /// Returns when this message is done.
    pub(crate) async fn until_done(&self, id: &str) {
        let done = async { while self.entry(id).await.standing != Standing::Done {} };
        tokio::time::timeout(Duration::from_secs(20), done).await.expect("it is done");
    }

    pub(crate) fn turn(&self, seconds: u64) {
        self.clock.0.send_modify(|now| *now += Duration::from_secs(seconds));
    }

    /// Returns when so many sleep on this clock.
    pub(crate) async fn until_asleep(&self, sleepers: usize) {
        let asleep = async {
            while self.clock.0.receiver_count() < sleepers {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), asleep).await.expect("they go to sleep");
    }

    /// A runner that gives topic `news` to this courier.
    pub(crate) fn runner(&self, settings: Settings, courier: &Arc<impl Courier>) -> Runner {
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as _;
        let tasks = Arc::new(SystemTasks::default());
        let world = World { clock, chance: Arc::new(SystemChance), http: Arc::new(NoHttp), tasks };
        Runner::new(self.db.clone(), world, settings).with("news", Arc::clone(courier) as _)
    }

    /// Leaves messages behind, each in its own transaction: `tenant/lane/name` is its id.
    pub(crate) async fn enqueue(&self, ids: &[&str]) {
        for id in ids {
            self.tx(async |tx| self.enqueue_in(tx, id).await).await;
        }
    }

    pub(crate) async fn enqueue_in(&self, tx: &mut Tx, id: &str) -> Result<(), Error> {
        let now = self.now();
        outbox::enqueue(tx, message(id, now), now).await
    }

    pub(crate) async fn tx<T>(&self, work: impl AsyncFn(&mut Tx) -> Result<T, Error>) -> T {
        let work = &work;
        self.db.tx("test", |mut tx| async move { work(&mut tx).await }).await.unwrap()
    }

    pub(crate) async fn of_lane(&self, lane: &str) -> Vec<Entry> {
        self.tx(async |tx| outbox::of_lane(tx, lane).await).await
    }

    /// The message with this id, which names its lane.
    pub(crate) async fn entry(&self, id: &str) -> Entry {
        let lane = message(id, self.now()).lane;
        self.of_lane(lane).await.into_iter().find(|entry| entry.id == id).unwrap()
    }

    /// How many rows the queue has.
    pub(crate) async fn rows(&self) -> u32 {
        let rows = async |tx: &mut Tx| {
            sql("select count(*) as rows from outbox").first(tx, |row| row.get("rows")).await
        };
        self.tx(rows).await.unwrap()
    }
}

/// A message of topic `news`, whose id is `tenant/lane/name`.
pub(crate) fn message(id: &str, due_at: Timestamp) -> Message<'_> {
    let (rest, _) = id.rsplit_once('/').unwrap();
    let (tenant, lane) = rest.split_once('/').unwrap();
    Message { id: id.to_owned(), topic: "news", lane, tenant, payload: "{}".to_owned(), due_at }
}
