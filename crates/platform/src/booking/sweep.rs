//! What is kept only for a while goes when its while is over.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::{app::App, auth::session, messages, notices};

const EVERY: Duration = Duration::from_secs(600);
/// A login that did not come back.
const LOGIN: SignedDuration = SignedDuration::from_mins(15);
/// What a patient was choosing.
const DRAFT: SignedDuration = SignedDuration::from_hours(24);
/// What waits for an account (A2), or for an id (B11).
const PARKED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Messages that were delivered.
const DELIVERED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Sweeps every ten minutes until `stop`.
pub(crate) async fn run(app: &App, stop: CancellationToken) {
    loop {
        if let Err(error) = sweep(app, app.world.now()).await {
            tracing::error!(%error, "sweeping failed; trying again in ten minutes");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.world.clock.sleep(EVERY) => {}
        }
    }
}

async fn sweep(app: &App, now: Timestamp) -> Result<(), store::Error> {
    let store = &app.store;
    store
        .tx("sweep", |mut tx| async move {
            store.sweep_sessions(&mut tx, now - session::LONGEST).await?;
            store.sweep_logins(&mut tx, now - LOGIN).await?;
            store.sweep_addresses(&mut tx, now - notices::address::FORMER_KEPT).await?;
            store.sweep_drafts(&mut tx, now - DRAFT).await?;
            store.sweep_parked(&mut tx, now - PARKED).await?;
            Ok::<_, store::Error>(())
        })
        .await?;
    messages::sweep::sweep(app, now).await?;
    // In small bites, so that nobody waits long for the writer.
    while store
        .tx("sweep the outbox", |mut tx| async move { outbox::sweep(&mut tx, now - DELIVERED).await })
        .await?
        > 0
    {}
    Ok(())
}
