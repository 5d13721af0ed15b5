//! The reference practice system, filled as the demo fills it, with slots for the race.

use std::{fs, net::SocketAddr, path::Path};

use anyhow::Context as _;
use tempfile::TempDir;
use tokio::process::Command;
use url::Url;

use crate::{
    house::{Database, ask},
    limits, program,
    provider::Provider,
    server::{self, Server},
};

/// Whom the demo's first practice knows.
pub(super) const PATIENTS: [&str; 4] = ["999990019", "999990020", "999990032", "999990044"];
pub(super) const PRACTICE: &str = "01000001";
/// In microseconds: an agenda's grid is of five minutes.
const STEP: u64 = 300_000_000;
/// The step, counted from 1970, with which the first race begins: in 2031.
const FIRST: u64 = 6_416_640;
const NAME: &str = "bench_race";

pub(super) struct Desk {
    folder: TempDir,
    database: Database,
    provider: Provider,
    address: SocketAddr,
    /// How many slots earlier rounds had.
    used: u64,
}

/// It runs.
pub(super) struct Running {
    pub(super) server: Server,
    pub(super) processes: Vec<u32>,
}

/// An offered time: its id, and the step of its beginning.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) id: String,
    pub(super) starts_at: u64,
    pub(super) ends_at: u64,
}

impl Desk {
    /// # Errors
    /// When the demo does not start.
    pub(super) async fn fill(database: Database) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("balie-race").tempdir()?;
        let (platform, address) = (server::free_address()?, server::free_address()?);
        let mut demo = Command::new(program::balie()?);
        demo.args(["demo", "--smtp-port", "0", "--port", &platform.port().to_string()]);
        demo.args(["--xis-port", &address.port().to_string(), "--dir"]).arg(folder.path());
        if let Database::Postgres(server) = &database {
            ask(server, &format!("drop database if exists {NAME} with (force)")).await?;
            ask(server, &format!("create database {NAME}")).await?;
            demo.arg("--database").arg(named(server).as_str());
        }
        let demo = Server::start(demo, platform, "/readyz", &folder.path().join("demo.log")).await?;
        demo.stop().await?;
        let (provider, file) = (Provider::start().await?, folder.path().join("xis.toml"));
        // Its own file, but that tokens come from here.
        let text =
            fs::read_to_string(&file)?.replace(&format!("http://{platform}/dev/idp"), &provider.issuer);
        fs::write(file, text)?;
        Ok(Self { folder, database, provider, address, used: 0 })
    }

    pub(super) fn is_on_sqlite(&self) -> bool {
        self.database == Database::Sqlite
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Offers so many more times, none of which touches another.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(super) async fn add_slots(&mut self, count: usize) -> anyhow::Result<Vec<Slot>> {
        let (first, until) = (self.used, self.used + count as u64);
        self.used = until;
        let schema = if self.is_on_sqlite() { "" } else { "balie_xis." };
        let statement = format!(
            "with recursive n (i) as (select cast({first} as bigint) union all select i + 1 from n where i + 1 < {until})
             insert into {schema}slot
                    (id, practice, schedule, category, day, starts_at, ends_at, first_step, until_step)
             select 'race-' || n.i, s.practice, s.id, 'consult', '2031-01-01', ({FIRST} + 2 * n.i) * {STEP},
                    ({FIRST} + 2 * n.i + 2) * {STEP}, {FIRST} + 2 * n.i, {FIRST} + 2 * n.i + 2
             from n cross join (select id, practice from {schema}schedule where practice = '{PRACTICE}'
                                order by place limit 1) s"
        );
        match &self.database {
            Database::Sqlite => limits::execute_on_sqlite(&self.folder.path().join("xis.db"), &statement)?,
            Database::Postgres(server) => drop(ask(&named(server), &statement).await?),
        }
        let slot = |number: u64| {
            let step = FIRST + 2 * number;
            Slot { id: format!("race-{number}"), starts_at: step * STEP, ends_at: (step + 2) * STEP }
        };
        Ok((first..until).map(slot).collect())
    }

    /// # Errors
    /// When it does not start.
    pub(super) async fn run(&self) -> anyhow::Result<Running> {
        let mut command = Command::new(program::balie()?);
        command.arg("xis").arg("--config").arg(self.folder.path().join("xis.toml"));
        let log = self.folder.path().join("xis.log");
        let server = Server::start(command, self.address, "/fhir/r4/metadata", &log).await?;
        let mut processes = vec![server.pid()];
        processes.extend(self.database.server_pid().await?);
        Ok(Running { server, processes })
    }

    /// One of each patient, as a platform gets it.
    ///
    /// # Errors
    /// When they cannot be signed.
    pub(super) fn tokens(&self) -> anyhow::Result<Vec<String>> {
        let audience = format!("http://{}/fhir/r4", self.address);
        let token = |bsn: &&str| self.provider.access_token(bsn, &audience).context("no token");
        PATIENTS.iter().map(token).collect()
    }
}

fn named(server: &Url) -> Url {
    let mut address = server.clone();
    address.set_path(NAME);
    address
}
