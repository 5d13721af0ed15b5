//! The process: logs, runtime, sockets, and how it stops.

use std::{io::Write as _, time::Duration};

use anyhow::Context as _;
use axum::Router;
use serving::Serving;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing::Level;
use tracing_subscriber::{filter::Targets, fmt, prelude::*};
use world::World;

use crate::cli::LogFormat;

/// How long what is under way may take to end once the process was told to stop.
const DRAIN: Duration = Duration::from_secs(8);
/// How long the databases may take to close after that.
const CLOSE: Duration = Duration::from_secs(1);

/// Logs go to standard error; `BALIE_LOG` chooses which: `debug`, or `info,platform=debug`.
pub(crate) fn start_logging(format: LogFormat) {
    let chosen = std::env::var("BALIE_LOG").ok().filter(|chosen| !chosen.is_empty());
    let chosen = chosen.as_deref().unwrap_or("info").parse::<Targets>();
    let refused = chosen.as_ref().err().map(ToString::to_string);
    let logs = chosen.unwrap_or_else(|_| Targets::new().with_default(Level::INFO));
    let (logs, to) = (tracing_subscriber::registry().with(logs), fmt::layer().with_writer(std::io::stderr));
    match format {
        LogFormat::Text => logs.with(to.without_time().with_target(false)).init(),
        LogFormat::Json => logs.with(to.json()).init(),
    }
    if let Some(problem) = refused {
        tracing::warn!(
            problem,
            "BALIE_LOG cannot be read, and is taken as `info`: try `info,platform=debug`"
        );
    }
}

/// Runs the program's one future, and waits for no other.
pub(crate) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads")?;
    let done = runtime.block_on(work);
    runtime.shutdown_background();
    done
}

/// Writes a line to standard output; a closed pipe is no reason to fail.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Writes a line to standard error.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Cancelled at SIGTERM or Ctrl-C.
pub(crate) fn stop_signal() -> anyhow::Result<CancellationToken> {
    use tokio::signal::unix::{SignalKind, signal};
    let stop = CancellationToken::new();
    let token = stop.clone();
    let mut terminate = signal(SignalKind::terminate()).context("no signals")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("no signals")?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        token.cancel();
    });
    Ok(stop)
}

/// Takes a port on an address.
pub(crate) async fn listen(address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("{address} cannot be used"))
}

/// Serves without TLS until `stop`, then lets requests under way end.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    Serving::default().run(listener, router, stop).await
}

/// Does `work`, which ends after `stop`, and waits for what it has begun ([`World::start`]); but once told to stop no
/// longer than [`DRAIN`]. What has not ended then is in the database, for whoever starts next.
pub(crate) async fn until_stopped(
    work: impl Future<Output = anyhow::Result<()>>,
    world: &World,
    stop: &CancellationToken,
) -> anyhow::Result<()> {
    let all = async {
        work.await?;
        world.tasks.all_ended().await;
        Ok(())
    };
    let too_long = async {
        stop.cancelled().await;
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        ended = all => ended,
        () = too_long => {
            tracing::warn!("not everything had ended after {} s; stopping all the same", DRAIN.as_secs());
            Ok(())
        }
    }
}

/// Closes databases, unless somebody keeps them busy: they are whole all the same.
pub(crate) async fn close(databases: impl Future<Output = ()>) {
    if tokio::time::timeout(CLOSE, databases).await.is_err() {
        tracing::warn!("the database was busy still; it is put in order at the next start");
    }
}
