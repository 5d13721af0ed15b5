//! What comes from outside the program, as values that a test can replace: the [`Clock`], [`Chance`] and
//! outgoing [`Http`].
//!
//! Owns no rule and no state. Everything that needs the time, an id or an answer from another machine takes
//! one of these (or better: the value itself) as an argument.

mod chance;
mod clock;
mod http;
mod public;

use std::sync::Arc;

pub use self::http::{Client, Http, HttpError, Limits, Request, Response};
pub use chance::{Chance, SystemChance};
pub use clock::{Clock, SystemClock};
pub use public::{NotPublic, PublicClient};

/// The three of them together, as the services carry them.
#[derive(Clone)]
pub struct World {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where ids and secrets come from.
    pub chance: Arc<dyn Chance>,
    /// How other machines are reached.
    pub http: Arc<dyn Http>,
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
        })
    }

    /// The time now, from this world's clock.
    #[must_use]
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }
}
