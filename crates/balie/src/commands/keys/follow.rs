//! How a process that works takes up the keys of its file when they change.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use store::Store;
use tokio_util::sync::CancellationToken;
use world::World;

use crate::config::{self, KeysFile, PlatformFile};

/// How often the file is looked at.
const EVERY: Duration = Duration::from_secs(1);

/// The keys of a process, as its file has them.
pub(crate) struct Followed {
    config: PathBuf,
    /// None where the keys stand in the configuration itself, and stay as they are.
    keys: Option<PathBuf>,
    /// What stood in the file when its keys were last taken up and that was said.
    seen: String,
    /// Why that did not succeed lately, as the log has it.
    trouble: Option<String>,
    store: Store,
    world: World,
}

impl Followed {
    /// Says which keys this process works with. When that is said, the file is read once more: keys that were changed
    /// before anybody knew of this process are found then.
    pub(crate) async fn begin(config: &Path, store: &Store, world: &World) -> anyhow::Result<Self> {
        let keys = KeysFile::path_of(config)?;
        let (config, store, world) = (config.to_owned(), store.clone(), world.clone());
        let mut followed = Self { config, keys, seen: String::new(), trouble: None, store, world };
        followed.store.key_holders().await?;
        followed.hold().await?;
        while followed.renew().await? {}
        Ok(followed)
    }

    /// Takes up every change until `stop`. Keys that cannot be used change nothing, and the log says so, once; they are
    /// tried again, since it may be the database that fails.
    pub(crate) async fn run(mut self, stop: CancellationToken) {
        while self.keys.is_some() {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.world.clock.sleep(EVERY) => {}
            }
            match self.renew().await {
                Ok(true) => {
                    self.trouble = None;
                    tracing::info!("the keys have changed and are in use");
                }
                Ok(false) => self.trouble = None,
                Err(error) => self.complain(format!("{error:#}")),
            }
        }
    }

    fn complain(&mut self, error: String) {
        if self.trouble.as_ref() != Some(&error) {
            tracing::error!(error, "the changed keys cannot be used");
            self.trouble = Some(error);
        }
    }

    /// Whether there was a change to take up.
    async fn renew(&mut self) -> anyhow::Result<bool> {
        let Some(path) = &self.keys else { return Ok(false) };
        let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        if text == self.seen {
            return Ok(false);
        }
        config::read::<PlatformFile>(&self.config)?.renew_keys(&self.store)?;
        self.hold().await?;
        // Only now: whoever rotates the keys waits until this process has said what it holds.
        self.seen = text;
        Ok(true)
    }

    async fn hold(&self) -> anyhow::Result<()> {
        let (store, now) = (&self.store, self.world.now());
        let held: Result<(), store::Error> =
            store.tx("hold keys", |mut tx| async move { store.hold_keys(&mut tx, now).await }).await;
        Ok(held?)
    }
}
