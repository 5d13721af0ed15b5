//! `balie keys retire`: takes out the keys that are no longer needed.

use std::path::Path;

use anyhow::bail;
use jiff::Timestamp;
use store::Store;
use world::World;

use super::{
    anew,
    processes::{behind, tables},
    still_needed::still_needed,
};
use crate::{
    commands::audit,
    config::{KeysFile, Rotation},
    process::say,
};

/// Takes the former keys out of the file, unless something needs them.
pub(super) async fn run(config: &Path) -> anyhow::Result<()> {
    let (world, mut keys) = (World::system()?, KeysFile::of(config)?);
    let changed_at = match keys.rotation()? {
        Rotation::Changed { at } => at,
        Rotation::Settled => bail!("there is one key, and it is in use"),
        Rotation::Announced { .. } => {
            bail!("a new key was announced: `balie keys rotate` puts it to use first")
        }
    };
    let store = tables(config, &world).await?;
    let done = retire(&store, &world, &mut keys, changed_at).await;
    store.db().close().await;
    done
}

async fn retire(
    store: &Store,
    world: &World,
    keys: &mut KeysFile,
    changed_at: Timestamp,
) -> anyhow::Result<()> {
    let current = keys.current()?;
    all_use(store, current).await?;
    anew::everything(store, world).await?;
    if let Some(why) = still_needed(&store.needed().await?, changed_at, world.now()) {
        bail!("the former key is still needed: {why}");
    }
    // Whoever came meanwhile may have written with it.
    all_use(store, current).await?;
    let former = keys.retire()?.join(" and ");
    note(store, &format!("key {former}"), world.now()).await?;
    say(&format!(
        "key {former} is gone from {}; backups from before need it to be read",
        keys.path().display()
    ));
    Ok(())
}

/// Refuses as long as a process that works seals with another key.
async fn all_use(store: &Store, current: u8) -> anyhow::Result<()> {
    let Some(behind) = behind(store, |holder| holder.current == current).await? else { return Ok(()) };
    bail!(
        "the former key is still needed: these processes do not use the new keys: {behind}. See that each reads the \
         same file of keys, and run this again"
    )
}

async fn note(store: &Store, object: &str, now: Timestamp) -> anyhow::Result<()> {
    store
        .tx("note the end of a key", |mut tx| async move {
            audit(store, &mut tx, (None, Some(object)), "keys retire", now).await
        })
        .await
}
