//! What was committed is chained, soon; and the chain's head goes where who can change the database cannot.

mod head_file;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use store::{Batch, Head};
use tokio_util::sync::CancellationToken;

use self::head_file::Unexported;
use crate::app::App;

/// How often to chain what there is.
const EVERY: Duration = Duration::from_secs(1);
/// How often the head is told to the log, and why it is not exported.
const TELL_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Seals every second until `stop`, and then once more.
pub(crate) async fn run(app: &App, stop: CancellationToken) {
    let mut told = Told::default();
    loop {
        let is_last = stop.is_cancelled();
        match seal(app).await {
            Ok(sealed) => told.tell(sealed, app.world.now(), is_last),
            Err(error) => {
                tracing::error!(%error, "the audit trail could not be sealed; trying again in a second");
            }
        }
        if is_last {
            return;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = app.world.clock.sleep(EVERY) => {}
        }
    }
}

/// What came of sealing once.
#[derive(Default)]
pub(crate) struct Sealed {
    /// The new head, if there is one.
    pub(crate) head: Option<Head>,
    /// Why it is not in the file that it should be in.
    unexported: Option<Unexported>,
}

/// Chains everything that is committed, and exports the new head.
///
/// # Errors
/// When the database fails.
pub(crate) async fn seal(app: &App) -> Result<Sealed, store::Error> {
    let mut last: Option<Batch> = None;
    while let Some(batch) = app.store.seal_audit(app.world.now()).await? {
        last = Some(batch);
    }
    let Some(head) = last.map(|batch| batch.head()) else { return Ok(Sealed::default()) };
    let exported = match &app.config.audit.head_file {
        Some(file) => head_file::export(&app.store, file, &head).await,
        None => Ok(()),
    };
    Ok(Sealed { head: Some(head), unexported: exported.err() })
}

/// What the log was told.
#[derive(Default)]
struct Told {
    at: Option<Timestamp>,
    untold: Option<Head>,
    complained_at: Option<Timestamp>,
}

impl Told {
    /// Tells the newest head, now and then, and at the end.
    fn tell(&mut self, sealed: Sealed, now: Timestamp, is_last: bool) {
        let is_time = |at: Option<Timestamp>| at.is_none_or(|at| now.duration_since(at) >= TELL_EVERY);
        if let Some(error) = sealed.unexported.filter(|_| is_time(self.complained_at)) {
            self.complained_at = Some(now);
            tracing::error!(%error, "the head of the audit trail could not be exported");
        }
        self.untold = sealed.head.or(self.untold.take());
        let is_due = is_last || is_time(self.at);
        if let Some(head) = self.untold.take_if(|_| is_due) {
            self.at = Some(now);
            let Head { number, chain, sealed_at } = head;
            tracing::info!(number, chain, %sealed_at, "the audit trail is sealed up to here");
        }
    }
}
