//! What each peer has to tell, and where it is installed.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use reqwest::{Method, RequestBuilder};
use tokio::process::Command;

use super::{super::put::Kind, medplum::Medplum, radicale::Radicale, xandikos::Xandikos};
use crate::{load::Requests, people::Person, server::Server, traced::Traced};

/// What `scripts/setup bench` installs for Python.
const REQUIRED: &str = include_str!("../../../peers/requirements.txt");

/// A server beside which Balie is measured.
#[async_trait]
pub(super) trait Peer: Send + Sync {
    fn name(&self) -> &'static str;

    /// Whether what it has acknowledged survives that the machine stops.
    fn is_durable(&self) -> bool {
        true
    }

    fn is_installed(&self) -> bool;

    /// Which version it is, and how it is run: by its own best means.
    fn how(&self) -> String;

    /// A server that has its data in this folder, where nothing is yet.
    async fn start(&self, folder: &Path, traced: Option<&Traced>) -> anyhow::Result<Server>;

    /// Requests about appointments from `first` on, of which `known` are there.
    fn requests(&self, people: &[Person], kind: Kind, about: About) -> Arc<Requests>;

    /// With which status it says that it has done it.
    fn expects(&self, kind: Kind) -> u16;

    /// Makes a slot of this number that one client can have, by the peer's own means, and says in which version it is.
    async fn offer(&self, line: &Line, slot: usize) -> anyhow::Result<String>;

    /// One client's attempt to have it, if it still is in this version.
    fn take(&self, line: &Line, slot: (usize, &str), client: usize) -> RequestBuilder;

    /// One client's attempt to book at the slot's time without a condition.
    fn book(&self, line: &Line, slot: usize, client: usize) -> RequestBuilder;
}

/// Which appointments requests are about.
#[derive(Debug, Clone, Copy)]
pub(super) struct About {
    pub(super) first: u64,
    pub(super) known: u64,
}

/// All of them; none, and a sentence on stderr, where one is not installed.
pub(super) fn all() -> Option<Vec<Box<dyn Peer>>> {
    let peers: Vec<Box<dyn Peer>> = vec![Box::new(Medplum), Box::new(Radicale), Box::new(Xandikos)];
    match peers.iter().find(|peer| !peer.is_installed()) {
        None => Some(peers),
        Some(missing) => {
            eprintln!("peers: not measured, {} is not installed (scripts/setup bench does)", missing.name());
            None
        }
    }
}

/// Where the folder `bench/peers` is.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers")
}

/// A program of the Python environment that `scripts/setup bench` makes.
pub(super) fn python(program: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench/peers/bin").join(program)
}

/// Which version of a Python package is installed.
pub(super) fn version(package: &str) -> &'static str {
    REQUIRED.lines().find_map(|line| line.strip_prefix(package)?.strip_prefix("==")).unwrap_or("unknown")
}

pub(super) fn command(program: &Path, traced: Option<&Traced>) -> Command {
    match traced {
        Some(traced) => traced.command(program),
        None => Command::new(program),
    }
}

/// A way to a server for what is no load.
pub(super) struct Line {
    http: reqwest::Client,
    address: SocketAddr,
}

impl Line {
    /// # Errors
    /// When it cannot be made.
    pub(super) fn to(server: &Server) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?;
        Ok(Self { http, address: server.address })
    }

    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("http://{}{path}", self.address))
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn the_versions_are_those_that_are_installed() {
        for package in ["radicale", "xandikos", "gunicorn"] {
            assert!(version(package).contains('.'), "{package}");
        }
    }
}
