//! An axum handler that says hello: what the wire allows to whom nothing is asked of.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::{Router, routing::get};
use tokio::{net::TcpListener, process::Command};

use crate::{
    figures::{Figures, RATE},
    load::{Load, Ran},
    server::{self, Server},
    usage::Usage,
};

/// The name of the case.
pub(crate) const HELLO: &str = "hello, 64 clients";
const CLIENTS: usize = 64;
const LASTING: Duration = Duration::from_secs(1);
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";

pub(super) async fn serve(address: SocketAddr) -> anyhow::Result<()> {
    let router = Router::new().route("/", get(|| async { "Hello." }));
    Ok(axum::serve(TcpListener::bind(address).await?, router).await?)
}

/// The rate of it: by this alone a machine that drifts is seen.
///
/// # Errors
/// When it does not start, or refuses.
pub(crate) async fn rate(folder: &Path) -> anyhow::Result<Figures> {
    let mut figures = Figures::default();
    figures.add(HELLO, RATE, measure(folder).await?.0.rate());
    Ok(figures)
}

/// What 64 clients got from it, and the processor's seconds that it took.
///
/// # Errors
/// When it does not start, or refuses.
pub(crate) async fn measure(folder: &Path) -> anyhow::Result<(Ran, f64)> {
    let (address, mut command) = (server::free_address()?, Command::new(std::env::current_exe()?));
    command.args(["hello", &address.to_string()]);
    let server = Server::start(command, address, "/", &folder.join("hello.log")).await?;
    let load = Load { address, clients: CLIENTS, lasting: LASTING, expects: 200 };
    let before = Usage::of(&[server.pid()])?;
    let ran = load
        .run(Arc::new(|_, request: &mut Vec<u8>| {
            request.extend_from_slice(REQUEST);
            true
        }))
        .await?;
    let used = Usage::of(&[server.pid()])?.since(before);
    server.stop().await?;
    Ok((ran, used.cpu_seconds))
}
