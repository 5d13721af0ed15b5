//! What the disk and the wire allow, measured as processes of their own like what is compared to them.

mod bare;
mod echo;
pub(crate) mod pgbench;
mod sqlite;

use std::{net::SocketAddr, path::Path};

use clap::Subcommand;
use serde::de::DeserializeOwned;
use tokio::process::Command;

pub(crate) use bare::Bare;
pub(crate) use echo::start as start_echo;

use crate::program;

/// A limit, as a command of this program.
#[derive(Debug, Subcommand)]
pub(crate) enum Limit {
    /// Parse and echo what is sent.
    Echo { address: SocketAddr },
    /// Write rows to SQLite in a bare loop.
    Bare(Bare),
}

impl Limit {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Echo { address } => echo::serve(address).await,
            Self::Bare(bare) => {
                println!("{}", serde_json::to_string(&bare.run()?)?);
                Ok(())
            }
        }
    }
}

/// Runs this program as a limit and gives what it measured.
async fn told<T: DeserializeOwned>(arguments: &[&str], folder: &Path) -> anyhow::Result<T> {
    let mut command = Command::new(std::env::current_exe()?);
    Ok(serde_json::from_str(&program::output(command.args(arguments).current_dir(folder)).await?)?)
}
