//! Tries by itself whether a system in trouble answers again, so that recovering does not wait for a patient (C17).

use std::time::Duration;

use agenda::Agb;
use futures::StreamExt as _;
use store::Practice;
use tokio_util::sync::CancellationToken;

use super::{Deadline, OnBehalfOf, XisClient, call::Call};
use crate::app::App;

/// How often it is looked whether one may be tried.
const EVERY: Duration = Duration::from_secs(1);
/// So many are tried at once.
const AT_ONCE: usize = 64;

/// Probes until `stop`; sleeps while no system is in trouble.
pub(crate) async fn run(app: &App, stop: CancellationToken) {
    stop.run_until_cancelled(probe_for_ever(app)).await;
}

async fn probe_for_ever(app: &App) {
    loop {
        app.lines.trouble().await;
        app.world.clock.sleep(EVERY).await;
        let due = app.lines.due(app.world.now());
        futures::stream::iter(&due).for_each_concurrent(AT_ONCE, |practice| probe(app, practice)).await;
    }
}

async fn probe(app: &App, practice: &Agb) {
    let found: Result<Option<Practice>, store::Error> = app
        .store
        .read("a practice in trouble", |mut tx| async move { app.store.practice(&mut tx, practice).await })
        .await;
    match found {
        Ok(Some(found)) => {
            // What it shows is told to the practice's line, whatever it is.
            if let Ok(client) = XisClient::new(app, &found, OnBehalfOf::Platform) {
                client.until(Deadline::of_page(app.world.now())).probe().await;
            }
        }
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, %practice, "a practice in trouble could not be looked up"),
    }
}

impl XisClient<'_> {
    /// Asks for something small.
    async fn probe(&self) {
        let _ = self.send(&Call::get(self.types_address())).await;
    }
}
