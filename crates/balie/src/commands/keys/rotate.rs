//! `balie keys rotate`: a new sealing key and a new index key, while the platform works.

use std::path::Path;

use anyhow::bail;
use store::{KeyHolder, Store};
use world::World;

use super::{
    LOOK, PATIENCE, anew,
    processes::{behind, tables},
    still_needed::still_needed,
};
use crate::{
    commands::audit,
    config::{self, KeysFile, PlatformFile, Rotation},
    process::say,
};

/// Begins a rotation, or goes on with the one that was begun.
pub(super) async fn run(config: &Path) -> anyhow::Result<()> {
    let world = World::system()?;
    let mut keys = KeysFile::of(config)?;
    let store = tables(config, &world).await?;
    let done = Rotating { config, keys: &mut keys, store: &store, world: &world }.run().await;
    store.db().close().await;
    done
}

struct Rotating<'a> {
    config: &'a Path,
    keys: &'a mut KeysFile,
    store: &'a Store,
    world: &'a World,
}

impl Rotating<'_> {
    async fn run(&mut self) -> anyhow::Result<()> {
        if self.keys.rotation()? == Rotation::Settled {
            let next = self.keys.announce(&*self.world.chance)?;
            self.note(next).await?;
            say(&format!("key {next} stands in {}", self.keys.path().display()));
        }
        if let Rotation::Announced { next } = self.keys.rotation()? {
            self.wait(|holder| holder.known.contains(&next), "know the new keys").await?;
            self.keys.change(self.world.now())?;
            say(&format!("key {next} is in use"));
        }
        let current = self.keys.current()?;
        self.wait(|holder| holder.current == current, "use the new keys").await?;
        config::read::<PlatformFile>(self.config)?.renew_keys(self.store)?;
        anew::everything(self.store, self.world).await?;
        self.conclude(current).await
    }

    async fn note(&self, next: u8) -> anyhow::Result<()> {
        let (store, now, object) = (self.store, self.world.now(), format!("key {next}"));
        let object = &object;
        store
            .tx("note a rotation", |mut tx| async move {
                audit(store, &mut tx, (None, Some(object)), "keys rotate", now).await
            })
            .await
    }

    /// Waits until every process that works has taken up the file.
    async fn wait(&self, is_so_far: impl Fn(&KeyHolder) -> bool, what: &str) -> anyhow::Result<()> {
        let begun_at = self.world.now();
        while let Some(behind) = behind(self.store, &is_so_far).await? {
            if self.world.now().duration_since(begun_at) > PATIENCE {
                bail!(
                    "these processes do not {what} yet: {behind}. See that each reads the same file of keys, and run this \
                     again: it goes on where it was"
                );
            }
            self.world.clock.sleep(LOOK).await;
        }
        Ok(())
    }

    async fn conclude(&self, current: u8) -> anyhow::Result<()> {
        let Rotation::Changed { at } = self.keys.rotation()? else {
            bail!("the keys were changed meanwhile")
        };
        say(&format!("everything is sealed and found with key {current}"));
        match still_needed(&self.store.needed().await?, at, self.world.now()) {
            Some(why) => say(&format!("the former key is still needed: {why}")),
            None => say("the former key is no longer needed: `balie keys retire` takes it out"),
        }
        Ok(())
    }
}
