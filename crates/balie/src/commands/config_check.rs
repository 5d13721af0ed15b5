//! `balie config check`: whether a file works, before it has to.

use std::path::Path;

use anyhow::Context as _;
use platform::Platform;
use world::World;
use xis::Xis;

use crate::{
    config::{self, PlatformFile, XisFile},
    process::say,
};

/// Opens everything that the file names, and says so, with what it found there but for secrets.
pub(crate) async fn run(path: &Path) -> anyhow::Result<()> {
    if config::read_table(path)?.contains_key("xis") {
        let file = XisFile::read(path)?;
        file.serving(path)?;
        let world = World::reaching(&file.outgoing()?)?;
        Xis::open(file.xis, world).await.context("the practice system would not start")?;
    } else {
        let file: PlatformFile = config::read(path)?;
        file.check_public_url()?;
        file.serving(path)?;
        let world = World::reaching(&file.outgoing()?)?;
        let (store, config) = (file.store_behind_the_wall().await?, file.platform()?);
        Platform::open(config, store, world).await.context("the platform would not start")?;
    }
    say(config::shown(&config::read_as_written(path)?).trim_end());
    say(&format!("{} is good", path.display()));
    Ok(())
}
