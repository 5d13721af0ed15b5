use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use jiff::Timestamp;
use tokio::sync::watch;
use world::Clock;

/// A clock that a test turns by hand.
#[derive(Clone)]
pub struct TurnedClock {
    now: Arc<Mutex<Timestamp>>,
    turned: watch::Sender<()>,
}

impl TurnedClock {
    /// A clock that shows this time.
    #[must_use]
    pub fn at(now: &str) -> Self {
        Self { now: Arc::new(Mutex::new(now.parse().unwrap())), turned: watch::channel(()).0 }
    }

    /// Moves the hands; whoever slept long enough wakes.
    pub fn turn(&self, by: Duration) {
        let mut now = self.now.lock().unwrap();
        *now += by;
        self.turned.send_replace(());
    }
}

#[async_trait]
impl Clock for TurnedClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    async fn sleep(&self, duration: Duration) {
        let until = self.now() + duration;
        let mut turned = self.turned.subscribe();
        while self.now() < until {
            if turned.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}
