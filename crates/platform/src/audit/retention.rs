//! What was kept long enough goes, a tombstone stays.

use std::time::Duration;

use jiff::SignedDuration;
use store::{Actor, Error};
use tokio_util::sync::CancellationToken;

use super::Audit;
use crate::app::App;

const EVERY: Duration = Duration::from_secs(3600);
/// A year and a day: the law counts whole years.
const YEAR: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Sweeps every hour until `stop`.
pub(crate) async fn run(app: &App, stop: CancellationToken) {
    loop {
        if let Err(error) = sweep(app).await {
            tracing::error!(%error, "the audit trail could not be swept; trying again in an hour");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.world.clock.sleep(EVERY) => {}
        }
    }
}

/// Takes away what was kept for as many years as the configuration says, and says so in the trail itself.
async fn sweep(app: &App) -> Result<(), Error> {
    let now = app.world.now();
    let kept = YEAR * i32::from(app.config.audit.keep_years);
    // A clock that is not set yet sweeps nothing.
    let Ok(before) = now.checked_sub(kept) else { return Ok(()) };
    app.store
        .tx("forget former accounts", |mut tx| async move {
            app.store.sweep_former_accounts(&mut tx, before).await
        })
        .await?;
    let mut swept = 0;
    loop {
        match app.store.sweep_audit(before, now).await? {
            0 => break,
            lines => swept += lines,
        }
    }
    if swept == 0 {
        return Ok(());
    }
    let outcome = &format!("{swept} lines");
    app.store
        .tx("note a sweep", |mut tx| async move {
            Audit::of(&Actor::Platform("retention"), "audit sweep").write(app, &mut tx, outcome).await
        })
        .await
}
