//! A platform with practices and patients, filled once and copied for each run.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use reqwest::{Client, header};
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;

use crate::{
    people::{self, Person},
    program,
    provider::{CLIENT, Provider},
    server::{self, Server},
    sink::Sink,
    traced::Traced,
};

mod database;
mod portal;

pub(crate) use database::{Database, ask};

pub(crate) const PATIENTS: usize = 500;
pub(crate) const PRACTICES: usize = 10;
const XIS: &str = "bench-xis";

/// Filled, and not running.
pub(crate) struct House {
    pub(crate) folder: TempDir,
    pub(crate) database: Database,
    pub(crate) people: Vec<Person>,
    pub(crate) sink: Sink,
    /// What the platform's file says besides, in its last table (`[push]`).
    pub(crate) besides: String,
    address: SocketAddr,
    provider: Provider,
    secret: String,
    keys: String,
}

/// A platform that runs on a copy of the house's database.
pub(crate) struct Running {
    pub(crate) server: Server,
    /// With which the practices' system asks.
    pub(crate) token: String,
    /// What it uses: the platform, and the database's server where that is another.
    pub(crate) processes: Vec<u32>,
    /// Where the database is.
    pub(crate) database: String,
}

impl House {
    /// With practices of one system, and patients who have an account and get mail.
    ///
    /// # Errors
    /// When it cannot be filled.
    pub(crate) async fn fill(database: Database) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("balie-bench").tempdir()?;
        let keys = program::output(Command::new(program::balie()?).args(["keys", "new"])).await?;
        let mut house = Self {
            folder,
            database,
            people: people::some(PATIENTS),
            sink: Sink::start().await?,
            besides: String::new(),
            address: server::free_address()?,
            provider: Provider::start().await?,
            secret: String::new(),
            keys,
        };
        let empty = house.database.create(house.folder.path()).await?;
        let file = house.configure(&empty)?;
        house.database.migrate(&file, &empty).await?;
        let said = house.command(&file, &["xis-client", "add", XIS]).await?;
        let secret = said.lines().find_map(|line| line.strip_prefix("client_secret = "));
        house.secret = secret.context("the client has no secret")?.to_owned();
        for practice in (0..PRACTICES).map(practice) {
            let name = format!("Praktijk {practice}");
            house.command(&file, &["practice", "add", &practice, "--name", &name, "--client", XIS]).await?;
        }
        house.sink.set_open(true);
        let server = house.serve(&file, house.address, None).await?;
        people::register(&house.people, &house.url(), (&house.provider, &house.sink)).await?;
        server.stop().await?;
        house.sink.set_open(false);
        Ok(house)
    }

    /// A platform on a copy of what was filled; `traced` counts its calls of the kernel.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) async fn run(&self, traced: Option<&Traced>) -> anyhow::Result<Running> {
        self.run_on(self.copy().await?, traced).await
    }

    /// A copy of what was filled, as the platform's file names it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) async fn copy(&self) -> anyhow::Result<String> {
        self.database.copy(self.folder.path()).await
    }

    /// A platform on this database, as it is.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) async fn run_on(&self, database: String, traced: Option<&Traced>) -> anyhow::Result<Running> {
        self.run_at(self.address, database, traced).await
    }

    /// One more process on the database of one that runs already: the same platform, at an address of its own.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) async fn run_beside(&self, running: &Running) -> anyhow::Result<Running> {
        self.run_at(server::free_address()?, running.database.clone(), None).await
    }

    async fn run_at(
        &self,
        address: SocketAddr,
        database: String,
        traced: Option<&Traced>,
    ) -> anyhow::Result<Running> {
        let server = self.serve(&self.configure_at(address, &database)?, address, traced).await?;
        let mut processes = vec![server.pid()];
        processes.extend(self.database.server_pid().await?);
        Ok(Running { token: self.token().await?, server, processes, database })
    }

    /// A database without anybody in it, as the platform's file names it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) async fn empty(&self) -> anyhow::Result<String> {
        let database = format!("sqlite:{}", self.folder.path().join("empty.db").display());
        self.database.migrate(&self.configure(&database)?, &database).await?;
        Ok(database)
    }

    /// What copies are made of, as the platform's file names it: whoever runs on it changes all copies to come.
    pub(crate) fn filled(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("filled.db").display())
    }

    /// A server alone, of which nothing is asked yet.
    ///
    /// # Errors
    /// When it does not start.
    pub(crate) async fn start(&self, database: &str) -> anyhow::Result<Server> {
        self.serve(&self.configure(database)?, self.address, None).await
    }

    /// Lets these patients log in where the platform runs; the cookies of their sessions.
    ///
    /// # Errors
    /// When one cannot.
    pub(crate) async fn log_in(&self, people: &[Person]) -> anyhow::Result<Vec<String>> {
        people::log_in(people, &self.url(), &self.provider).await
    }

    async fn serve(
        &self,
        file: &Path,
        address: SocketAddr,
        traced: Option<&Traced>,
    ) -> anyhow::Result<Server> {
        let program = program::balie()?;
        let mut command = match traced {
            Some(traced) => traced.command(&program),
            None => Command::new(program),
        };
        command.arg("serve").arg("--config").arg(file);
        Server::start(command, address, "/readyz", &self.folder.path().join("serve.log")).await
    }

    async fn command(&self, file: &Path, words: &[&str]) -> anyhow::Result<String> {
        program::output(Command::new(program::balie()?).args(words).arg("--config").arg(file)).await
    }

    async fn token(&self) -> anyhow::Result<String> {
        let answer = Client::builder()
            .timeout(Duration::from_secs(30))
            .build()?
            .post(format!("{}/oauth2/token", self.url()))
            .basic_auth(XIS, Some(&self.secret))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials")
            .send()
            .await?;
        let answer: Value = serde_json::from_str(&answer.error_for_status()?.text().await?)?;
        Ok(answer["access_token"].as_str().context("no token was given")?.to_owned())
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn configure(&self, database: &str) -> anyhow::Result<PathBuf> {
        self.configure_at(self.address, database)
    }

    /// The file of the platform at this address.
    fn file_at(&self, address: SocketAddr) -> PathBuf {
        self.folder.path().join(format!("platform-{}.toml", address.port()))
    }

    /// As in earnest, but that everything is on this machine and that there is no limit on requests.
    fn configure_at(&self, address: SocketAddr, database: &str) -> anyhow::Result<PathBuf> {
        let (url, mail) = (self.url(), self.sink.address.port());
        let (issuer, (client, secret)) = (&self.provider.issuer, CLIENT);
        let limits = ["address", "login", "token", "session", "mail_code", "client", "practice", "patient"];
        let limits = limits.map(|name| format!("{name} = 0")).join("\n");
        let (keys, besides) = (&self.keys, &self.besides);
        let file = self.file_at(address);
        std::fs::write(
            &file,
            format!(
                "listen = \"{address}\"\npublic_url = \"{url}\"\ndatabase = \"{database}\"\n\n\
                 [login]\nissuer = \"{issuer}\"\nclient_id = \"{client}\"\nclient_secret = \"{secret}\"\n\
                 token_endpoint = \"{issuer}/token\"\n\n\
                 [mail]\nhost = \"127.0.0.1\"\nport = {mail}\nsecurity = \"none\"\n\
                 from = \"Balie <afspraken@balie.example>\"\n\n\
                 [outgoing]\nallow = [\"127.0.0.0/8\"]\n\n[limits]\n{limits}\n\n{keys}\n{besides}\n"
            ),
        )?;
        Ok(file)
    }
}

/// The AGB code of the practice at this place.
pub(crate) fn practice(place: usize) -> String {
    format!("{:08}", 1_000_001 + place % PRACTICES)
}
