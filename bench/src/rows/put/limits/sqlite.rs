//! A bare loop over SQLite.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    super::{KINDS, cells::Turn},
    Kind, ONE_A_COMMIT,
};
use crate::{
    figures::{Figures, RATE},
    house::House,
    limits::Bare,
};

const LASTING: Duration = Duration::from_secs(4);
const TABLES: &str = "appointment,notice,delivery,outbox,audit";
const CLIENTS_AT_ONCE: usize = 64;
const UNITS: usize = 20_000;
/// Each waits for the disk.
const UNITS_ALONE: usize = 4_000;

/// Databases before and after requests of each kind.
pub(in super::super) struct Recorded {
    folder: PathBuf,
}

impl Recorded {
    pub(super) async fn of(house: &House) -> anyhow::Result<Self> {
        let recorded = Self { folder: house.folder.path().to_owned() };
        let (mut known, mut changes) = (0, 0);
        let mut running = house.run(None).await?;
        let database = running.database.clone();
        for kind in KINDS {
            let mut turn = Turn::going_on(&running, house, (known, changes), CLIENTS_AT_ONCE);
            turn.run(kind, LASTING).await?;
            (known, changes) = turn.so_far();
            running.server.stop().await?;
            // Ended in order, it has left everything in the one file.
            fs::copy(database.trim_start_matches("sqlite:"), recorded.after(kind))?;
            running = house.run_on(database.clone(), None).await?;
        }
        running.server.stop().await?;
        Ok(recorded)
    }

    fn after(&self, kind: Kind) -> PathBuf {
        self.folder.join(format!("{}.db", kind.word()))
    }

    pub(super) async fn measure(&self) -> anyhow::Result<Figures> {
        let (filled, new, modified) =
            (self.folder.join("filled.db"), self.after(Kind::New), self.after(Kind::Modified));
        let (rest, unchanged) = (TABLES.trim_start_matches("appointment,"), self.after(Kind::Unchanged));
        let mut figures = Figures::default();
        for (case, (before, after), what, how_many) in [
            ("bare loop, 64 new a commit", (&filled, &new), (TABLES, false), (UNITS, 64)),
            ("bare loop, 64 modified a commit", (&new, &modified), (rest, true), (UNITS, 64)),
            ("bare loop, 64 unchanged a commit", (&modified, &unchanged), ("audit", false), (UNITS, 64)),
            (ONE_A_COMMIT, (&filled, &new), (TABLES, false), (UNITS_ALONE, 1)),
        ] {
            let into = self.copy(before)?;
            figures.add(case, RATE, Bare::measure((&into, after), what, how_many).await?.rate());
        }
        Ok(figures)
    }

    fn copy(&self, of: &Path) -> anyhow::Result<PathBuf> {
        let copy = self.folder.join("bare.db");
        for left in ["bare.db-wal", "bare.db-shm"] {
            let _ = fs::remove_file(self.folder.join(left));
        }
        fs::copy(of, &copy)?;
        fs::File::open(&copy)?.sync_all()?;
        Ok(copy)
    }
}
