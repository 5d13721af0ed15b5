//! What the disk and the wire allow, measured as processes of their own like what is compared to them.

mod bare;
mod echo;
mod hello;
pub(crate) mod pgbench;
mod slots;
mod sqlite;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::Subcommand;
use serde::de::DeserializeOwned;
use tokio::process::Command;

pub(crate) use bare::{Bare, columns};
pub(crate) use echo::start as start_echo;
pub(crate) use hello::{HELLO, measure as measure_hello, rate as rate_of_hello};
pub(crate) use slots::measure as measure_slots;
pub(crate) use sqlite::Connection;

use crate::{program, stand_in};

/// A limit, as a command of this program.
#[derive(Debug, Subcommand)]
pub(crate) enum Limit {
    /// Parse and echo what is sent.
    Echo { address: SocketAddr },
    /// Answer every request with the same few words.
    Hello { address: SocketAddr },
    /// Write rows to SQLite in a bare loop.
    Bare(Bare),
    /// Read a bundle of slots, and copy it.
    Slots { bundle: PathBuf },
    /// Answer as a practice's system does.
    StandIn { address: SocketAddr },
}

impl Limit {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Echo { address } => echo::serve(address).await,
            Self::Hello { address } => hello::serve(address).await,
            Self::Bare(bare) => {
                println!("{}", serde_json::to_string(&bare.run()?)?);
                Ok(())
            }
            Self::Slots { bundle } => {
                println!("{}", serde_json::to_string(&slots::run(&bundle)?)?);
                Ok(())
            }
            Self::StandIn { address } => stand_in::serve(address).await,
        }
    }
}

/// Does one statement on a file of SQLite.
///
/// # Errors
/// When it fails.
pub(crate) fn execute_on_sqlite(file: &Path, statement: &str) -> anyhow::Result<()> {
    let connection = Connection::open(&file.display().to_string())?;
    connection.execute("pragma busy_timeout = 10000")?;
    connection.execute(statement)
}

/// Runs this program as a limit and gives what it measured.
async fn told<T: DeserializeOwned>(arguments: &[&str], folder: &Path) -> anyhow::Result<T> {
    let mut command = Command::new(std::env::current_exe()?);
    Ok(serde_json::from_str(&program::output(command.args(arguments).current_dir(folder)).await?)?)
}
