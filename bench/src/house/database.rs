//! The two kinds of database: made, copied, and what stands behind them.

use std::path::Path;

use anyhow::Context as _;
use tokio::process::Command;
use url::Url;

use crate::program;

/// The roles that `scripts/with-postgres` makes.
const OWNER: &str = "balie_owner";
const SERVICE: &str = "balie_service";
const FILLED: &str = "bench_filled";
const COPY: &str = "bench_copy";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Database {
    Sqlite,
    /// A server, at the address for its superuser.
    Postgres(Url),
}

impl Database {
    /// The server that `scripts/with-postgres` runs, where it does.
    pub(crate) fn postgres() -> Option<Self> {
        Some(Self::Postgres(std::env::var("BALIE_TEST_POSTGRES").ok()?.parse().ok()?))
    }

    /// An empty one, as the platform's file names it.
    pub(super) async fn create(&self, folder: &Path) -> anyhow::Result<String> {
        match self {
            Self::Sqlite => Ok(format!("sqlite:{}", folder.join("filled.db").display())),
            Self::Postgres(server) => {
                let drop = format!("drop database if exists {FILLED} with (force)");
                ask(server, &drop).await?;
                ask(server, &format!("create database {FILLED} owner {OWNER}")).await?;
                Ok(by_role(server, SERVICE, FILLED)?.into())
            }
        }
    }

    /// Makes the tables as the role that owns them.
    pub(super) async fn migrate(&self, file: &Path, database: &str) -> anyhow::Result<()> {
        let mut command = Command::new(program::balie()?);
        command.args(["migrate", "--config"]).arg(file);
        if matches!(self, Self::Postgres(_)) {
            command.arg("--owner").arg(by_role(&database.parse()?, OWNER, FILLED)?.as_str());
        }
        program::output(&mut command).await.map(drop)
    }

    /// A copy of what was filled, in place of the copy before.
    pub(super) async fn copy(&self, folder: &Path) -> anyhow::Result<String> {
        match self {
            Self::Sqlite => {
                let copy = folder.join("copy.db");
                for left in ["copy.db-wal", "copy.db-shm"] {
                    std::fs::remove_file(folder.join(left)).or_else(if_there)?;
                }
                std::fs::copy(folder.join("filled.db"), &copy)?;
                // What was copied is on the disk before anything is measured.
                std::fs::File::open(&copy)?.sync_all()?;
                Ok(format!("sqlite:{}", copy.display()))
            }
            Self::Postgres(server) => {
                ask(server, &format!("drop database if exists {COPY} with (force)")).await?;
                ask(server, &format!("create database {COPY} template {FILLED} owner {OWNER}")).await?;
                ask(server, "checkpoint").await?;
                Ok(by_role(server, SERVICE, COPY)?.into())
            }
        }
    }

    /// The process above all that work for the database, where that is not the platform itself.
    pub(crate) async fn server_pid(&self) -> anyhow::Result<Option<u32>> {
        let Self::Postgres(server) = self else { return Ok(None) };
        let lines = ask(server, "select pg_read_file('postmaster.pid')").await?;
        Ok(Some(lines.lines().next().context("PostgreSQL does not name its process")?.trim().parse()?))
    }

    /// The copy for whoever sees every row, whosever it is.
    pub(crate) fn copy_for_all(&self) -> anyhow::Result<Url> {
        let Self::Postgres(server) = self else { anyhow::bail!("SQLite has no roles") };
        by_role(server, server.username(), COPY)
    }
}

/// Asks PostgreSQL, and gives the rows as text.
pub(crate) async fn ask(database: &Url, query: &str) -> anyhow::Result<String> {
    let mut psql = Command::new("psql");
    psql.args([
        database.as_str(),
        "--no-psqlrc",
        "--quiet",
        "--no-align",
        "--tuples-only",
        "--command",
        query,
    ]);
    psql.env("PGOPTIONS", "-c search_path=balie_platform,public -c client_min_messages=warning");
    program::output(&mut psql).await
}

fn by_role(server: &Url, role: &str, database: &str) -> anyhow::Result<Url> {
    let mut address = server.clone();
    address.set_username(role).ok().context("the server's address has no place for a user")?;
    address.set_path(database);
    Ok(address)
}

fn if_there(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
