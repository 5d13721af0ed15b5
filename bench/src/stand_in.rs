//! A stand-in for a practice's system: it answers at once what a booking needs, and notes when. What is measured is
//! whoever asks it. It is a process of its own, and also gives tokens.

mod bundle;
mod connection;
mod desk;

use std::{net::SocketAddr, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};
use tokio::{net::TcpListener, process::Command};

pub(crate) use bundle::{practitioner, slots, type_in_address};

use crate::{
    clock,
    server::{self, Server},
};
use connection::{Connection, Request};
use desk::Desk;

/// What it was asked, by its clock.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Call {
    pub(crate) method: String,
    /// Its path and its query.
    pub(crate) target: String,
    pub(crate) asked: u64,
    /// When the last byte of the answer was given to the kernel.
    pub(crate) answered: u64,
}

/// A stand-in that runs.
pub(crate) struct StandIn {
    server: Server,
    client: reqwest::Client,
}

impl StandIn {
    /// # Errors
    /// When it does not start.
    pub(crate) async fn start(folder: &Path) -> anyhow::Result<Self> {
        let (address, mut command) = (server::free_address()?, Command::new(std::env::current_exe()?));
        command.args(["stand-in", &address.to_string()]);
        let server = Server::start(command, address, "/healthz", &folder.join("stand-in.log")).await?;
        let client = reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build()?;
        Ok(Self { server, client })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Offers these slots from now on, and nothing is booked of them.
    ///
    /// # Errors
    /// When it does not answer.
    pub(crate) async fn offer(&self, bundle: String) -> anyhow::Result<()> {
        let request = self.client.put(format!("http://{}/slots", self.address())).body(bundle);
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// What it was asked since this was last asked.
    ///
    /// # Errors
    /// When it does not answer.
    pub(crate) async fn calls(&self) -> anyhow::Result<Vec<Call>> {
        let answer = self.client.get(format!("http://{}/calls", self.address())).send().await?;
        Ok(serde_json::from_slice(&answer.error_for_status()?.bytes().await?)?)
    }
}

/// Answers until it is ended.
pub(crate) async fn serve(address: SocketAddr) -> anyhow::Result<()> {
    let (listener, desk) = (TcpListener::bind(address).await?, Arc::new(Desk::default()));
    loop {
        let (stream, _) = listener.accept().await?;
        let (mut connection, desk) = (Connection::new(stream)?, Arc::clone(&desk));
        tokio::spawn(async move {
            if let Err(error) = attend(&mut connection, &desk).await {
                eprintln!("{error}");
            }
        });
    }
}

async fn attend(connection: &mut Connection, desk: &Desk) -> anyhow::Result<()> {
    while let Some(request) = connection.next().await? {
        let asked = clock::now();
        let (status, headers, body) = desk.answer(&request)?;
        connection.answer(status, &headers, &body).await?;
        if request.target.starts_with("/fhir/") {
            let Request { method, target, .. } = request;
            desk.note(Call { method, target, asked, answered: clock::now() });
        }
    }
    Ok(())
}
