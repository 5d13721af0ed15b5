use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

/// A clock that stands still until the test turns it; who sleeps on it waits for that.
pub(crate) struct TestClock(watch::Sender<Timestamp>);

impl TestClock {
    pub(crate) fn at(text: &str) -> Self {
        Self(watch::Sender::new(text.parse().unwrap()))
    }

    pub(crate) fn turn(&self, by: SignedDuration) {
        self.0.send_modify(|now| *now += by);
    }
}

#[async_trait]
impl world::Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.borrow()
    }

    async fn sleep(&self, duration: Duration) {
        let until = self.now().saturating_add(duration).unwrap();
        self.0.subscribe().wait_for(|now| *now >= until).await.unwrap();
    }
}
