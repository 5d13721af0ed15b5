//! What other processes say of their commits.

use std::{future::poll_fn, time::Duration};

use tokio::task::JoinHandle;
use tokio_postgres::{AsyncMessage, Client, Config, NoTls, Notification};

use crate::{Error, signal::Signals};

/// How long to wait before listening again.
const AGAIN: Duration = Duration::from_secs(1);

/// A connection that listens, as long as this lives.
pub(super) struct Ear {
    _client: Client,
    hearing: JoinHandle<()>,
}

impl Ear {
    pub(super) async fn open(config: &Config, channel: &str, signals: &Signals) -> Result<Self, Error> {
        let (client, mut connection) = config.connect(NoTls).await?;
        let signals = signals.clone();
        let hearing = tokio::spawn(async move {
            loop {
                match poll_fn(|context| connection.poll_message(context)).await {
                    Some(Ok(AsyncMessage::Notification(notification))) => raise(&signals, &notification),
                    Some(Ok(_)) => {}
                    Some(Err(error)) => break tracing::debug!(%error, "signals are not heard any more"),
                    None => break,
                }
            }
        });
        // Our own name of a schema that was looked at when it was opened.
        client.batch_execute(&format!("listen \"{channel}\"")).await?;
        Ok(Self { _client: client, hearing })
    }

    /// Hears, and where the connection is cut off, listens again on another.
    pub(super) async fn hear_always(mut self, config: Config, channel: String, signals: Signals) {
        loop {
            let _ = (&mut self.hearing).await;
            tracing::debug!("polling until signals are heard again");
            self = loop {
                tokio::time::sleep(AGAIN).await;
                if let Ok(ear) = Self::open(&config, &channel, &signals).await {
                    break ear;
                }
            };
            // What was said in between is lost.
            signals.raise_all();
        }
    }
}

fn raise(signals: &Signals, notification: &Notification) {
    notification.payload().lines().for_each(|signal| signals.raise(signal));
}
