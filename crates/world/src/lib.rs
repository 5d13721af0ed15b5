//! What comes from outside the program, as values that a test can replace: the [`Clock`], [`Chance`], outgoing
//! [`Http`], and [`Tasks`] that go on by themselves.
//!
//! Owns no rule and no state. Everything that needs the time, an id or an answer from another machine takes
//! one of these (or better: the value itself) as an argument.

mod chance;
mod clock;
mod http;
mod public;
mod tasks;

use std::{sync::Arc, time::Duration};

use futures::future::BoxFuture;

pub use self::http::{Client, Http, HttpError, Limits, Request, Response};
pub use chance::{Chance, SystemChance};
pub use clock::{Clock, SystemClock};
pub use public::{NotPublic, PublicClient};
pub use tasks::{SystemTasks, Tasks};

/// All of them together, as the services carry them.
#[derive(Clone)]
pub struct World {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where ids and secrets come from.
    pub chance: Arc<dyn Chance>,
    /// How other machines are reached.
    pub http: Arc<dyn Http>,
    /// Who does what nobody waits for.
    pub tasks: Arc<dyn Tasks>,
}

impl World {
    /// The real one: system clock, the operating system's random source, HTTP over the network.
    ///
    /// # Errors
    /// When the HTTP client cannot be built (no usable TLS roots).
    pub fn system() -> Result<Self, HttpError> {
        Ok(Self {
            clock: Arc::new(SystemClock),
            chance: Arc::new(SystemChance),
            http: Arc::new(Client::new()?),
            tasks: Arc::new(SystemTasks::default()),
        })
    }

    /// The time now, from this world's clock.
    #[must_use]
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// What `work` comes to, unless it takes longer than `limit` on this world's clock.
    pub async fn within<T>(&self, limit: Duration, work: impl Future<Output = T> + Send) -> Option<T> {
        tokio::select! {
            biased;
            done = work => Some(done),
            () = self.clock.sleep(limit) => None,
        }
    }

    /// Begins work that goes on by itself; see [`Tasks::start`].
    pub fn start(&self, work: impl Future<Output = ()> + Send + 'static) -> BoxFuture<'static, ()> {
        self.tasks.start(Box::pin(work))
    }
}
