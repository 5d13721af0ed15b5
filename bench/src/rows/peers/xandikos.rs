//! Xandikos: a calendar server in Python that keeps each calendar in a Git repository.

use std::{fs, io::Write as _, path::Path, sync::Arc};

use async_trait::async_trait;
use reqwest::RequestBuilder;
use tokio::process::Command;

use super::{
    super::put::Kind,
    events,
    peer::{self, About, Line, Peer},
};
use crate::{
    load::Requests,
    people::Person,
    program,
    server::{self, Server},
    traced::Traced,
};

pub(super) struct Xandikos;

#[async_trait]
impl Peer for Xandikos {
    fn name(&self) -> &'static str {
        "Xandikos"
    }

    fn is_installed(&self) -> bool {
        peer::python("xandikos").exists() && peer::python("gunicorn").exists()
    }

    fn how(&self) -> String {
        format!(
            "Xandikos {} keeps a Git repository for each calendar, here one for each practice, and commits each change; its \
             repositories are told to sync (`core.fsyncObjectFiles`). It runs under Gunicorn {} in one thread: its own server \
             turns away (423) whoever writes to a calendar that another writes to, and so would several workers.",
            peer::version("xandikos"),
            peer::version("gunicorn")
        )
    }

    async fn start(&self, folder: &Path, traced: Option<&Traced>) -> anyhow::Result<Server> {
        let (data, address) = (folder.join("data"), server::free_address()?);
        let calendars = data.join(events::OWNER);
        fs::create_dir_all(&calendars)?;
        for practice in events::practices() {
            make_calendar(&calendars, &practice).await?;
        }
        let mut command = peer::command(&peer::python("gunicorn"), traced);
        command
            .args(["--workers=1", "--worker-class=gthread", "--threads=1", "--graceful-timeout=1"])
            .args(["--no-control-socket", "--log-level=warning", "--bind", &address.to_string()])
            .arg("xandikos.wsgi:app")
            .env("XANDIKOSPATH", data)
            .env("AUTOCREATE", "empty")
            // Who a commit is by is read from there.
            .env("HOME", folder);
        Server::start(command, address, "/", &folder.join("xandikos.log")).await
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

async fn make_calendar(calendars: &Path, name: &str) -> anyhow::Result<()> {
    let mut command = Command::new(peer::python("xandikos"));
    command.args(["create-collection", "--type=calendar", "--name", name, "--directory"]).arg(calendars);
    program::output(&mut command).await?;
    let mut config = fs::File::options().append(true).open(calendars.join(name).join(".git/config"))?;
    Ok(config.write_all(b"[core]\n\tfsyncObjectFiles = true\n")?)
}
