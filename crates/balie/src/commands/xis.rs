//! `balie xis`: the reference practice system.

use std::sync::Arc;

use anyhow::Context as _;
use axum::middleware::from_fn_with_state;
use serving::require_certificate;
use world::World;
use xis::{Xis, faults::Rule};

use crate::{cli, config::XisFile, process};

/// Runs the practice system until it is told to stop.
pub(crate) async fn run(arguments: cli::Xis) -> anyhow::Result<()> {
    if arguments.fault.iter().any(|fault| fault == "list") {
        process::say(&cli::faults());
        return Ok(());
    }
    let read = |fault: &String| fault.parse::<Rule>().with_context(|| format!("--fault {fault}"));
    let rules = arguments.fault.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    let path = arguments.config.context("say which configuration file: --config FILE")?;
    let mut file = XisFile::read(&path)?;
    file.xis.faults.rules.extend(rules);
    file.xis.faults.allow |= arguments.allow_faults;
    let stop = process::stop_signal()?;
    let (world, serving) = (World::reaching(&file.outgoing()?)?, file.serving(&path)?);
    let certified = from_fn_with_state(Arc::from(file.callers), require_certificate);
    let xis = Xis::open(file.xis, world.clone()).await?;
    xis.appear().await?;
    let listener = process::listen(&file.listen.to_string()).await?;
    tracing::info!(address = %file.listen, "the practice system is ready");
    let jobs = tokio::spawn({
        let (xis, stop) = (xis.clone(), stop.clone());
        async move { xis.run(stop).await }
    });
    let work = async {
        serving.run(listener, xis.router().layer(certified), stop.clone()).await?;
        Ok(jobs.await?)
    };
    process::until_stopped(work, &world, &stop).await?;
    process::close(xis.close()).await;
    Ok(())
}
