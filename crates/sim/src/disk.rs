//! The databases of one run: files that outlive a crash, each a copy of one that was filled before.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use db::{Db, Keys, Vault};
use store::Store;
use tempfile::TempDir;

use crate::party::Party;

/// The scope of who looks at everybody's rows. On SQLite any will do; none of the programs knows this one.
pub(crate) const EVERYBODY: &str = "the simulation";

/// A folder with a database for each program.
#[derive(Debug)]
pub(crate) struct Disk {
    folder: TempDir,
}

impl Disk {
    /// An empty one, in memory where the system has files there: the power is never cut here.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        Self { folder: folder.unwrap() }
    }

    /// One with the same on it.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self::empty();
        for party in crate::party::PROGRAMS {
            std::fs::copy(self.file(party), copy.file(party)).unwrap();
        }
        copy
    }

    pub(crate) fn address(&self, party: Party) -> String {
        format!("sqlite:{}", self.file(party).display())
    }

    pub(crate) async fn store(&self) -> Store {
        let db = Db::connect(&self.address(Party::Platform), store::SCHEMA).await.unwrap();
        Store::new(db, Arc::new(Vault::new(&keys()).unwrap()))
    }

    /// The platform's tables in a database that is open.
    pub(crate) fn tables(platform: &Db) -> Store {
        Store::new(platform.clone(), Arc::new(Vault::new(&keys()).unwrap()))
    }

    fn file(&self, party: Party) -> PathBuf {
        Path::new(self.folder.path()).join(format!("{party}.db"))
    }
}

/// Keys as good as any.
fn keys() -> Keys {
    Keys { current: 1, sealing: [(1, [1; 32])].into(), index: [2; 32], audit: [3; 32].into() }
}
