use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::watch;

/// Who waits for which kind of commit, in this process.
#[derive(Clone, Default)]
pub(crate) struct Signals(Arc<Mutex<HashMap<String, watch::Sender<()>>>>);

/// Waits for a signal; signals that come while nobody waits are kept as one.
#[derive(Debug)]
pub struct Listener(watch::Receiver<()>);

impl Signals {
    pub(crate) fn listen(&self, name: &str) -> Listener {
        Listener(self.sender(name).subscribe())
    }

    pub(crate) fn raise(&self, name: &str) {
        self.sender(name).send_replace(());
    }

    fn sender(&self, name: &str) -> watch::Sender<()> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(name.to_owned()).or_insert_with(|| watch::channel(()).0).clone()
    }
}

impl Listener {
    /// Returns at the next signal, or after `at_most`: a signal is a hint, the rows are the truth.
    pub async fn wait(&mut self, at_most: Duration) {
        let _ = tokio::time::timeout(at_most, self.0.changed()).await;
    }
}
