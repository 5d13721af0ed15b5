//! The connections of others: taken, secured, read within limits, and let go of when the process stops.
//!
//! What a page or a call may do is not decided here. Each request gets a [`world::Peer`], which says who is there.

mod body;
mod certified;
mod connection;
mod http2;
mod places;
mod streams;
mod tls;

use std::{net::SocketAddr, time::Duration};

use anyhow::Context as _;
use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use world::Network;

pub use certified::require as require_certificate;
pub use tls::{Tls, TlsFiles};

use connection::{Connection, Patience};
use places::Places;

/// How a server treats those who connect.
#[derive(Default)]
pub struct Serving {
    /// Without it connections are plain: for a proxy on this machine, or the demo.
    tls: Option<Tls>,
    /// Who may have any number of connections: they bring those of others.
    proxies: Vec<Network>,
    patience: Patience,
}

impl Serving {
    /// Secured where there is TLS. Whoever comes from one of these proxies may have any number of connections.
    #[must_use]
    pub fn new(tls: Option<Tls>, proxies: Vec<Network>) -> Self {
        Self { tls, proxies, patience: Patience::default() }
    }

    /// Serves until `stop`, then lets requests under way end.
    ///
    /// # Errors
    /// Never by itself; as a part of the process's work it is one of those that can.
    pub async fn run(
        self,
        listener: TcpListener,
        router: Router,
        stop: CancellationToken,
    ) -> anyhow::Result<()> {
        let (places, ending) = (Places::new(self.proxies), GracefulShutdown::new());
        let renewing = self.tls.as_ref().map(|tls| tokio::spawn(tls.keep_fresh(stop.clone())));
        while let Some((stream, from)) = next(&listener, &stop).await {
            // Closed again: nobody's requests are read who may have no more connections.
            let Some(place) = places.take(from.ip()) else { continue };
            let (router, ending) = (router.clone(), ending.watcher());
            let (patience, stop) = (self.patience, stop.clone());
            let connection = Connection { from, router, ending, stop, patience };
            let acceptor = self.tls.as_ref().map(Tls::acceptor);
            tokio::spawn(async move {
                match acceptor {
                    Some(acceptor) => connection.secure(stream, &acceptor).await,
                    None => connection.plain(stream).await,
                }
                drop(place);
            });
        }
        drop(listener);
        ending.shutdown().await;
        match renewing {
            Some(renewing) => renewing.await.context("certificates were not looked after"),
            None => Ok(()),
        }
    }
}

/// The next connection; none once the process is to stop.
async fn next(listener: &TcpListener, stop: &CancellationToken) -> Option<(TcpStream, SocketAddr)> {
    loop {
        let taken = tokio::select! {
            () = stop.cancelled() => return None,
            taken = listener.accept() => taken,
        };
        match taken {
            Ok(taken) => return Some(taken),
            Err(error) => {
                // Perhaps there are too many open files: others end meanwhile.
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

#[cfg(test)]
mod tests;
