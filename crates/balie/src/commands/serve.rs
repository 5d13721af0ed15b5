//! `balie serve`: the platform.

use std::path::Path;

use platform::Platform;
use world::World;

use super::keys::Followed;
use crate::{
    config::{self, PlatformFile},
    process,
};

/// Runs the platform until it is told to stop.
pub(crate) async fn run(path: &Path) -> anyhow::Result<()> {
    let file: PlatformFile = config::read(path)?;
    file.check_public_url()?;
    let stop = process::stop_signal()?;
    let store = file.store_behind_the_wall().await?;
    let db = store.db().clone();
    let (world, serving) = (World::reaching(&file.outgoing()?)?, file.serving(path)?);
    db.appear(world.chance.uuid().to_string()).await?;
    let platform = Platform::open(file.platform()?, store.clone(), world.clone()).await?;
    let keys = Followed::begin(path, &store, &world).await?;
    let listener = process::listen(&file.listen.to_string()).await?;
    tracing::info!(address = %file.listen, "the platform is ready");
    let jobs = tokio::spawn({
        let (platform, stop) = (platform.clone(), stop.clone());
        async move {
            tokio::join!(platform.run(stop.clone()), keys.run(stop));
        }
    });
    let work = async {
        serving.run(listener, platform.router(), stop.clone()).await?;
        Ok(jobs.await?)
    };
    process::until_stopped(work, &world, &stop).await?;
    process::close(db.close()).await;
    Ok(())
}
