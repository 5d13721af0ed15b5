//! An axum handler that parses an appointment and gives it back: what the wire allows.

use std::{net::SocketAddr, path::Path};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::IntoResponse,
    routing::{get, put},
};
use serde::{Deserialize, Serialize};
use tokio::{net::TcpListener, process::Command};

use crate::server::{self, Server};

/// The fields that are read of an appointment, as far as Balie reads them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Appointment {
    resource_type: String,
    id: String,
    status: String,
    start: String,
    end: String,
    comment: Option<String>,
    service_category: serde_json::Value,
    participant: serde_json::Value,
}

pub(super) async fn serve(address: SocketAddr) -> anyhow::Result<()> {
    let router =
        Router::new().route("/healthz", get(|| async {})).route("/fhir/r4/Appointment/{id}", put(echo));
    Ok(axum::serve(TcpListener::bind(address).await?, router).await?)
}

async fn echo(headers: HeaderMap, body: Bytes) -> Result<impl IntoResponse, StatusCode> {
    let kind = headers.get(CONTENT_TYPE).ok_or(StatusCode::UNSUPPORTED_MEDIA_TYPE)?.clone();
    let appointment: Appointment = serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    let echoed = serde_json::to_vec(&appointment).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(([(CONTENT_TYPE, kind)], echoed))
}

/// The handler as a process of its own.
///
/// # Errors
/// When it does not start.
pub(crate) async fn start(folder: &Path) -> anyhow::Result<Server> {
    let (address, mut command) = (server::free_address()?, Command::new(std::env::current_exe()?));
    command.args(["echo", &address.to_string()]);
    Server::start(command, address, "/healthz", &folder.join("echo.log")).await
}
