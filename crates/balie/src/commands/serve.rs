//! `balie serve`: the platform.

use std::path::Path;

use platform::Platform;
use world::World;

use crate::{
    config::{self, PlatformFile},
    process,
};

/// Runs the platform until it is told to stop.
pub(crate) async fn run(path: &Path) -> anyhow::Result<()> {
    let file: PlatformFile = config::read(path)?;
    let stop = process::stop_signal()?;
    let store = file.store().await?;
    let db = store.db().clone();
    let world = World::system()?;
    db.appear(world.chance.uuid().to_string()).await?;
    let platform = Platform::open(file.platform()?, store, world.clone()).await?;
    let listener = process::listen(&file.listen.to_string()).await?;
    tracing::info!(address = %file.listen, "the platform is ready");
    let jobs = tokio::spawn({
        let (platform, stop) = (platform.clone(), stop.clone());
        async move { platform.run(stop).await }
    });
    let work = async {
        process::serve(listener, platform.router(), stop.clone()).await?;
        Ok(jobs.await?)
    };
    process::until_stopped(work, &world, &stop).await?;
    process::close(db.close()).await;
    Ok(())
}
