//! `balie keys`: making keys, and changing them while the platform works.
//!
//! Every process reads the file of keys again when it changes and says in the database which keys it works with. A new key
//! is first announced: everybody can read with it. Only when all can, it is put to use; only when all use it, what stands
//! under the former one is sealed and indexed anew, also what was under way at that moment. So at no moment anybody meets
//! what they cannot open or find.

mod anew;
mod follow;
mod processes;
mod retire;
mod rotate;
mod still_needed;

use std::time::Duration;

use jiff::SignedDuration;
use world::SystemChance;

use crate::{cli, config, process::say};

pub(super) use follow::Followed;

/// How long to wait for others: to take up what stands in the file, to end what they began.
const PATIENCE: SignedDuration = SignedDuration::from_secs(60);
/// How often to see whether they have.
const LOOK: Duration = Duration::from_millis(250);

/// Does what was typed after `balie keys`.
pub(super) async fn run(command: cli::Keys) -> anyhow::Result<()> {
    match command {
        cli::Keys::New => {
            say(config::new_keys(&SystemChance, "", true)?.trim_end());
            Ok(())
        }
        cli::Keys::Rotate(file) => rotate::run(&file.config).await,
        cli::Keys::Retire(file) => retire::run(&file.config).await,
    }
}
