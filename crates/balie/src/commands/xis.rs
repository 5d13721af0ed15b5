//! `balie xis`: the reference practice system.

use std::path::Path;

use world::World;
use xis::Xis;

use crate::{
    config::{self, XisFile},
    process,
};

/// Runs the practice system until it is told to stop.
pub(crate) async fn run(path: &Path) -> anyhow::Result<()> {
    let file: XisFile = config::read(path)?;
    let stop = process::stop_signal()?;
    let xis = Xis::open(file.xis, World::system()?).await?;
    let listener = process::listen(&file.listen.to_string()).await?;
    tracing::info!(address = %file.listen, "the practice system is ready");
    let jobs = tokio::spawn({
        let (xis, stop) = (xis.clone(), stop.clone());
        async move { xis.run(stop).await }
    });
    process::serve(listener, xis.router(), stop.clone()).await?;
    stop.cancel();
    jobs.await?;
    Ok(())
}
