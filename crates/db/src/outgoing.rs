//! Signals on their way to the other processes of a PostgreSQL database.

use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::Notify;
use tokio_postgres::types::Type;

use crate::{
    Error,
    postgres::Pool,
    signal::{Signal, about_everybody},
};

/// More signals that wait than this are told without their subjects.
const WAITING: usize = 4_096;
/// A longer signal is told without its subject.
const SIGNAL_BYTES: usize = 400;
/// PostgreSQL takes payloads of less than 8,000 bytes.
const PAYLOAD_BYTES: usize = 7_900;
/// How long to wait after the database did not take them.
const AGAIN: Duration = Duration::from_secs(1);

/// What waits to be sent: each signal once, however often it is raised meanwhile.
#[derive(Default)]
pub(crate) struct Outgoing {
    waiting: Mutex<BTreeSet<Signal>>,
    added: Notify,
}

impl Outgoing {
    pub(crate) fn add(&self, signals: impl IntoIterator<Item = Signal>) {
        let mut waiting = self.waiting();
        for signal in signals {
            if waiting.len() >= WAITING {
                *waiting = waiting.iter().map(about_everybody).collect();
            }
            let fits = signal.len() <= SIGNAL_BYTES && !signal.contains('\n');
            waiting.insert(if fits { signal } else { about_everybody(&signal) });
        }
        self.added.notify_one();
    }

    /// Sends what gathers, after the commits: inside the transactions it would halve the throughput.
    pub(crate) async fn send(&self, pool: Pool, channel: String) {
        loop {
            self.added.notified().await;
            let gathered = std::mem::take(&mut *self.waiting());
            if let Err(error) = notify(&pool, &channel, payloads(&gathered)).await {
                tracing::debug!(%error, "signals not sent; the others poll");
                self.add(gathered);
                tokio::time::sleep(AGAIN).await;
            }
        }
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeSet<Signal>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn notify(pool: &Pool, channel: &str, payloads: Vec<String>) -> Result<(), Error> {
    let client = pool.get().await?;
    let text = "select pg_notify($1, payload) from unnest($2::text[]) as payload";
    let statement = client.prepare_typed_cached(text, &[Type::TEXT, Type::TEXT_ARRAY]).await?;
    client.execute(&statement, &[&channel, &payloads]).await?;
    Ok(())
}

/// The signals, one a line, in as few payloads as hold them.
fn payloads(signals: &BTreeSet<Signal>) -> Vec<String> {
    let mut payloads: Vec<String> = Vec::new();
    for signal in signals {
        match payloads.last_mut() {
            Some(payload) if payload.len() + 1 + signal.len() <= PAYLOAD_BYTES => {
                payload.push('\n');
                payload.push_str(signal);
            }
            _ => payloads.push(signal.clone().into_owned()),
        }
    }
    payloads
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::about;

    #[test]
    fn every_signal_is_in_one_payload_and_none_is_too_long() {
        let signals: BTreeSet<Signal> = (0..1_000).map(|n| about("patient", &format!("{n:036}"))).collect();
        let payloads = payloads(&signals);
        assert!(payloads.iter().all(|payload| payload.len() < 8_000), "PostgreSQL refuses longer ones");
        let told: Vec<&str> = payloads.iter().flat_map(|payload| payload.lines()).collect();
        assert!(told.iter().copied().eq(signals.iter().map(|signal| signal.as_ref())));
    }

    #[test]
    fn what_is_too_much_or_too_long_is_told_as_about_everybody() {
        let outgoing = Outgoing::default();
        outgoing.add((0..10_000).map(|n| about("patient", &n.to_string())));
        assert!(outgoing.waiting().len() <= WAITING);
        assert!(outgoing.waiting().contains("patient:"));
        let outgoing = Outgoing::default();
        outgoing.add(["outbox".into(), about("patient", &"x".repeat(9_000)), about("patient", "a\nb")]);
        assert_eq!(*outgoing.waiting(), BTreeSet::from(["outbox".into(), "patient:".into()]));
    }
}
