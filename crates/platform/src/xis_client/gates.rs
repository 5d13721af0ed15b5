use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use agenda::Agb;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use world::World;

use super::Trouble;

/// How many calls one practice's system may have under way (C17).
const LIMIT: usize = 16;
/// How long a call waits for a place.
const WAIT: Duration = Duration::from_millis(500);

/// One gate per practice, so that a slow system takes no place of another.
#[derive(Debug, Default)]
pub(crate) struct Gates(Mutex<HashMap<Agb, Arc<Semaphore>>>);

impl Gates {
    /// A place, to be held as long as the call takes.
    pub(crate) async fn enter(&self, world: &World, practice: &Agb) -> Result<OwnedSemaphorePermit, Trouble> {
        let gate = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(practice.clone()).or_insert_with(|| Arc::new(Semaphore::new(LIMIT))))
        };
        match world.within(WAIT, gate.acquire_owned()).await {
            Some(Ok(place)) => Ok(place),
            Some(Err(_)) | None => Err(Trouble::Busy { limit: LIMIT }),
        }
    }
}
