//! `balie audit`: whether the trail is as it was written, and the trail in a form that others read.

mod export;
mod verify;

use store::Store;
use world::{Clock as _, SystemClock};

use super::audit;
use crate::cli;

/// The trail is not as it was written: the process ends with a status of its own.
#[derive(Debug, thiserror::Error)]
#[error("the audit trail is not as it was written: {faults} {}", if *faults == 1 { "fault" } else { "faults" })]
pub(crate) struct Tampered {
    faults: usize,
}

/// Does what was typed after `balie audit`.
pub(super) async fn run(command: cli::Audit) -> anyhow::Result<()> {
    match command {
        cli::Audit::Verify(asked) => verify::run(&asked).await,
        cli::Audit::Export(asked) => export::run(&asked).await,
    }
}

/// Reading the trail is an access too: first the line, then what it is about.
async fn note(store: &Store, action: &'static str, about: &str) -> anyhow::Result<()> {
    let now = SystemClock.now();
    store
        .tx("note a look at the audit trail", |mut tx| async move {
            audit(store, &mut tx, (None, Some(about)), action, now).await
        })
        .await
}
