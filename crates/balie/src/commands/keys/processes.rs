//! Who works with the keys, seen by a command that changes them.

use std::path::Path;

use anyhow::Context as _;
use store::{KeyHolder, Store};
use world::World;

use crate::config::{self, PlatformFile};

/// The tables, for a command on their keys.
pub(super) async fn tables(config: &Path, world: &World) -> anyhow::Result<Store> {
    let store = config::read::<PlatformFile>(config)?.store().await?;
    store.migrate().await.context("the tables are not up to date")?;
    // Where nobody else works on a file of SQLite, this process does, and knows who is gone.
    match store.db().appear(world.chance.uuid().to_string()).await {
        Ok(()) | Err(store::DatabaseError::InUse(_)) => Ok(store),
        Err(error) => Err(error.into()),
    }
}

/// The ids of the processes that work and are not so far, with commas between; `None` when all are.
pub(super) async fn behind(
    store: &Store,
    is_so_far: impl Fn(&KeyHolder) -> bool,
) -> anyhow::Result<Option<String>> {
    let holders = store.key_holders().await?;
    let behind: Vec<_> = holders.into_iter().filter(|holder| !is_so_far(holder)).collect();
    let ids: Vec<_> = behind.iter().map(|holder| holder.process.as_str()).collect();
    Ok((!ids.is_empty()).then(|| ids.join(", ")))
}
