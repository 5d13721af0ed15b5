use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use jiff::Timestamp;
use world::{Clock, World};

use super::Faults;

/// A clock that is as wrong as the plan wants.
struct SkewedClock {
    right: Arc<dyn Clock>,
    faults: Faults,
}

#[async_trait]
impl Clock for SkewedClock {
    fn now(&self) -> Timestamp {
        self.right.now() + self.faults.skew()
    }

    async fn sleep(&self, duration: Duration) {
        self.right.sleep(duration).await;
    }
}

impl Faults {
    /// The world as this XIS sees it.
    pub(crate) fn seen(&self, world: World) -> World {
        if !self.is_on() {
            return world;
        }
        let clock = SkewedClock { right: Arc::clone(&world.clock), faults: self.clone() };
        World { clock: Arc::new(clock), ..world }
    }
}
