//! Radicale: a calendar server in Python that keeps a file for each event.

use std::{path::Path, sync::Arc};

use async_trait::async_trait;
use reqwest::RequestBuilder;

use super::{
    super::put::Kind,
    events,
    peer::{self, About, Line, Peer},
};
use crate::{
    load::Requests,
    people::Person,
    server::{self, Server},
    traced::Traced,
};

pub(super) struct Radicale;

#[async_trait]
impl Peer for Radicale {
    fn name(&self) -> &'static str {
        "Radicale"
    }

    fn is_installed(&self) -> bool {
        peer::python("radicale").exists() && peer::python("gunicorn").exists()
    }

    fn how(&self) -> String {
        format!(
            "Radicale {} keeps a file for each event and syncs it and its folder, as it does unless told otherwise. It runs \
             under Gunicorn {} with two workers of 32 threads, as its documentation advises, since its own server ends the \
             connection after each answer; a calendar for each practice. Writers wait for one another in it.",
            peer::version("radicale"),
            peer::version("gunicorn")
        )
    }

    async fn start(&self, folder: &Path, traced: Option<&Traced>) -> anyhow::Result<Server> {
        let (file, address) = (folder.join("radicale.conf"), server::free_address()?);
        let data = folder.join("data");
        std::fs::write(
            &file,
            format!(
                "[auth]\ntype = none\n[rights]\ntype = owner_only\n[web]\ntype = none\n[logging]\nlevel = error\n\
                 [storage]\ntype = multifilesystem\nfilesystem_folder = {}\n",
                data.display()
            ),
        )?;
        let mut command = peer::command(&peer::python("gunicorn"), traced);
        command
            .args(["--workers=2", "--worker-class=gthread", "--threads=32", "--graceful-timeout=1"])
            .args(["--no-control-socket", "--log-level=warning", "--bind", &address.to_string(), "radicale"])
            .env("RADICALE_CONFIG", &file);
        let server = Server::start(command, address, "/.web/", &folder.join("radicale.log")).await?;
        events::make_calendars(&Line::to(&server)?).await?;
        Ok(server)
    }

    fn requests(&self, _: &[Person], kind: Kind, about: About) -> Arc<Requests> {
        events::requests(kind, about)
    }

    fn expects(&self, kind: Kind) -> u16 {
        if kind == Kind::New { 201 } else { 204 }
    }

    async fn offer(&self, _: &Line, _: usize) -> anyhow::Result<String> {
        Ok(String::new())
    }

    fn take(&self, line: &Line, (slot, _): (usize, &str), client: usize) -> RequestBuilder {
        events::take(line, slot, client)
    }

    fn book(&self, line: &Line, slot: usize, client: usize) -> RequestBuilder {
        events::book(line, slot, client)
    }
}
