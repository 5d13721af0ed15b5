//! What comes from outside the program, as values that a test can replace: the [`Clock`], [`Chance`], outgoing
//! [`Http`], and [`Tasks`] that go on by themselves; and who is there, of those who come in: the [`Peer`], and what of
//! their requests may be written down.
//!
//! Owns no rule about visits and no state. Everything that needs the time, an id or an answer from another machine takes
//! one of these (or better: the value itself) as an argument.

mod chance;
mod clock;
mod cookies;
mod discreet;
mod http;
mod network;
mod outgoing;
mod peer;
mod proxies;
mod tasks;

use std::{sync::Arc, time::Duration};

use futures::future::BoxFuture;

pub use self::http::{Body, Client, Http, HttpError, Limits, Request, Response};
pub use chance::{Chance, SystemChance};
pub use clock::{Clock, SystemClock};
pub use cookies::keep_plain_cookies;
pub use discreet::{REQUEST_ID, discreet_method, discreet_path, given_request_id};
pub use network::{Network, NotANetwork};
pub use outgoing::{Allowed, GuardedClient, NotAllowable, NotPublic, Outgoing, OwnCertificate};
pub use peer::{Peer, PeerCertificate};
pub use proxies::{ForwardedBy, Proxies, household};
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
    /// The real one: system clock, the operating system's random source, HTTP to the public internet over https.
    ///
    /// # Errors
    /// When the HTTP client cannot be built (no usable TLS roots).
    pub fn system() -> Result<Self, HttpError> {
        Self::reaching(&Outgoing::default())
    }

    /// The real one, with what the operator says about outgoing calls.
    ///
    /// # Errors
    /// When the HTTP client cannot be built.
    pub fn reaching(outgoing: &Outgoing) -> Result<Self, HttpError> {
        Ok(Self {
            clock: Arc::new(SystemClock),
            chance: Arc::new(SystemChance),
            http: Arc::new(GuardedClient::new(outgoing)?),
            tasks: Arc::new(SystemTasks::default()),
        })
    }

    /// The time now, from this world's clock.
    #[must_use]
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// A new id for something that is kept; see [`Chance::uuid_at`].
    #[must_use]
    pub fn new_id(&self) -> uuid::Uuid {
        self.chance.uuid_at(self.now())
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
