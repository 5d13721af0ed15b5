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

/// Opens everything that the file names, and says so.
pub(crate) async fn run(path: &Path) -> anyhow::Result<()> {
    let world = World::system()?;
    if config::read_table(path)?.contains_key("xis") {
        let file: XisFile = config::read(path)?;
        Xis::open(file.xis, world).await.context("the practice system would not start")?;
    } else {
        let file: PlatformFile = config::read(path)?;
        let (store, config) = (file.store().await?, file.platform()?);
        Platform::open(config, store, world).await.context("the platform would not start")?;
    }
    say(&format!("{} is good", path.display()));
    Ok(())
}
