//! Everything that stands under a former key is put under the one of now.

use anyhow::bail;
use store::{Bite, Place, Store};
use world::World;

use super::{LOOK, PATIENCE};
use crate::process::say;

/// After so many rows of one column it is said how far it is.
const SAY_AFTER: usize = 1_000;

/// Seals and indexes until nothing is left to do. Every process uses the keys of now when this is called; what it began
/// before that is waited for, since it may write with the former ones.
pub(super) async fn everything(store: &Store, world: &World) -> anyhow::Result<()> {
    let (moment, begun_at) = (store.moment().await?, world.now());
    while !store.is_past(moment).await? {
        if world.now().duration_since(begun_at) > PATIENCE {
            bail!(
                "a transaction that began before this still runs in the database (pg_stat_activity shows it), and may \
                 write with the former key: run this again when it has ended"
            );
        }
        world.clock.sleep(LOOK).await;
    }
    while reseal(store).await? + reindex(store).await? > 0 {}
    Ok(())
}

async fn reseal(store: &Store) -> anyhow::Result<usize> {
    let (mut progress, mut from) = (Progress::default(), Place::default());
    while let Some(bite) = store.reseal(from).await? {
        progress.note(&bite, "sealed");
        from = bite.next;
    }
    progress.end("sealed");
    Ok(progress.all)
}

async fn reindex(store: &Store) -> anyhow::Result<usize> {
    let (mut progress, mut from) = (Progress::default(), Place::default());
    while let Some(bite) = store.reindex(from).await? {
        progress.note(&bite, "indexed");
        from = bite.next;
    }
    progress.end("indexed");
    Ok(progress.all)
}

/// What was done, said column by column.
#[derive(Default)]
struct Progress {
    column: &'static str,
    changed: usize,
    said: usize,
    all: usize,
}

impl Progress {
    fn note(&mut self, bite: &Bite, done: &str) {
        if bite.column != self.column {
            self.end(done);
            (self.column, self.changed, self.said) = (bite.column, 0, 0);
        }
        self.changed += bite.changed;
        self.all += bite.changed;
        if self.changed - self.said >= SAY_AFTER {
            self.end(done);
        }
    }

    fn end(&mut self, done: &str) {
        if self.changed > self.said {
            say(&format!("{}: {} {done} anew", self.column, self.changed));
            self.said = self.changed;
        }
    }
}
