//! Couriers that do as the test says, and remember what they were given.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use outbox::{Courier, Parcel, Verdict};
use tokio::sync::{Mutex as Turn, mpsc, oneshot};

/// Judges each parcel at once, by a rule.
pub(crate) struct Clerk {
    rule: Box<dyn Fn(&Parcel) -> Verdict + Send + Sync>,
    seen: Mutex<Vec<String>>,
}

impl Clerk {
    pub(crate) fn new(rule: impl Fn(&Parcel) -> Verdict + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { rule: Box::new(rule), seen: Mutex::default() })
    }

    /// Delivers everything.
    pub(crate) fn content() -> Arc<Self> {
        Self::new(|_| Verdict::Done)
    }

    /// The ids of what was given since the last question, in order.
    pub(crate) fn seen(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

#[async_trait]
impl Courier for Clerk {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        self.seen.lock().unwrap().push(parcel.id.clone());
        (self.rule)(parcel)
    }
}

/// Hands each parcel to the test and waits until the test says what became of it.
pub(crate) struct Hatch {
    out: mpsc::UnboundedSender<Handed>,
    handed: Turn<mpsc::UnboundedReceiver<Handed>>,
}

/// A parcel that is under way until it is answered.
pub(crate) struct Handed {
    pub(crate) parcel: Parcel,
    answer: oneshot::Sender<Verdict>,
}

impl Hatch {
    pub(crate) fn open() -> Arc<Self> {
        let (out, handed) = mpsc::unbounded_channel();
        Arc::new(Self { out, handed: Turn::new(handed) })
    }

    /// The next parcel that a runner brings.
    pub(crate) async fn next(&self) -> Handed {
        let next = async { self.handed.lock().await.recv().await.unwrap() };
        tokio::time::timeout(Duration::from_secs(20), next).await.expect("a runner brings a parcel")
    }

    /// Whether nothing was brought that has not been taken.
    pub(crate) async fn is_empty(&self) -> bool {
        self.handed.lock().await.is_empty()
    }
}

impl Handed {
    pub(crate) fn answer(self, verdict: Verdict) {
        let _ = self.answer.send(verdict);
    }

    pub(crate) fn was_dropped(&self) -> bool {
        self.answer.is_closed()
    }
}

#[async_trait]
impl Courier for Hatch {
    async fn deliver(&self, parcel: &Parcel) -> Verdict {
        let (answer, verdict) = oneshot::channel();
        self.out.send(Handed { parcel: parcel.clone(), answer }).unwrap();
        match verdict.await {
            Ok(verdict) => verdict,
            // The test dropped it: never an end.
            Err(_) => std::future::pending().await,
        }
    }
}

pub(crate) fn busy(after: Option<u64>) -> Verdict {
    Verdict::Retry { reason: "busy".to_owned(), after: after.map(Duration::from_secs) }
}

pub(crate) fn never() -> Verdict {
    Verdict::GiveUp { reason: "nobody lives there".to_owned() }
}
