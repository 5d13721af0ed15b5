//! The process: logs, runtime, sockets, and how it stops.

use std::{io::Write as _, time::Duration};

use anyhow::Context as _;
use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use crate::cli::LogFormat;

/// How long requests may take to finish once the process was told to stop.
const DRAIN: Duration = Duration::from_secs(8);

/// Logs go to standard error; `BALIE_LOG` chooses which.
pub(crate) fn start_logging(format: LogFormat) {
    let filter = EnvFilter::try_from_env("BALIE_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => builder.without_time().with_target(false).init(),
        LogFormat::Json => builder.json().init(),
    }
}

/// Runs the program's one future.
pub(crate) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads")?.block_on(work)
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

/// Serves until `stop`, then lets requests under way finish for a while.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let stopping = stop.clone();
    let server =
        axum::serve(listener, router).with_graceful_shutdown(async move { stopping.cancelled().await });
    tokio::select! {
        ended = server => ended.context("the server broke off"),
        () = async { stop.cancelled().await; tokio::time::sleep(DRAIN).await } => {
            tracing::warn!("requests were still under way after {} s; stopping all the same", DRAIN.as_secs());
            Ok(())
        }
    }
}
