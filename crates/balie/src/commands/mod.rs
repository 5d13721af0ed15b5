//! One command, one file.

mod audit;
mod config_check;
mod keys;
mod outbox;
mod practice;
mod serve;
mod xis;
mod xis_client;

pub(crate) use self::audit::Tampered;

use agenda::Agb;
use anyhow::Context as _;
use jiff::Timestamp;
use secrecy::SecretString;
use store::{Actor, AuditEntry, Entrance, Origin, Store, Tx};
use world::{Chance as _, SystemChance};

use crate::{
    cli::{Command, Config, ConfigFile, Migrate},
    config::{self, PlatformFile},
    demo,
    process::say,
};

/// Does what was typed.
pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Demo(arguments) => demo::run(&arguments).await,
        Command::Serve(file) => serve::run(&file.config).await,
        Command::Xis(arguments) => xis::run(arguments).await,
        Command::Migrate(arguments) => migrate(arguments).await,
        Command::Practice(command) => practice::run(command).await,
        Command::XisClient(command) => xis_client::run(command).await,
        Command::Outbox(command) => outbox::run(command).await,
        Command::Audit(command) => audit::run(command).await,
        Command::Config(Config::Check(file)) => config_check::run(&file.config).await,
        Command::Keys(command) => keys::run(command).await,
    }
}

async fn migrate(Migrate { file, owner }: Migrate) -> anyhow::Result<()> {
    let owner = owner.map(SecretString::from);
    config::read::<PlatformFile>(&file.config)?.migrate(owner.as_ref()).await?;
    say("the tables are up to date");
    Ok(())
}

/// The tables that a file names, up to date.
async fn open_store(file: &ConfigFile) -> anyhow::Result<Store> {
    let store = config::read::<PlatformFile>(&file.config)?.store().await?;
    store.migrate().await.context("the tables are not up to date")?;
    Ok(store)
}

/// Leaves a line in the audit trail, in the act's transaction: whoever types the command has done this, to a practice or
/// to what has this id.
async fn audit(
    store: &Store,
    tx: &mut Tx,
    (practice, object): (Option<&Agb>, Option<&str>),
    action: &str,
    at: Timestamp,
) -> anyhow::Result<()> {
    let actor = &Actor::Operator(std::env::var("USER").unwrap_or_else(|_| "unknown".to_owned()));
    let (id, object) = (SystemChance.uuid(), object.map(str::to_owned));
    let origin = Origin { entrance: Entrance::Command, ..Origin::default() };
    let entry = AuditEntry { id, at, actor, subject: None, practice, action, object, outcome: "ok", origin };
    Ok(store.audit(tx, entry).await?)
}
