//! A commit shared by the writers that wait at the same time.
//!
//! The first unit of work of a batch sends a committer to the back of the writer's queue. Everyone who already
//! waits there goes first, each in a savepoint of its own; then the committer's turn comes and one commit (one
//! fsync) makes them all durable. A savepoint stays open until the next one begins or the commit closes it.

use std::{ops::Deref, path::Path, sync::Arc, time::Duration};

use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use super::{
    WAIT,
    checkpoint::Checkpoints,
    connection::{Connection, is_busy},
    in_own_thread, stopping,
};
use crate::Error;

/// In KiB, as SQLite takes it: what one batch changes stays in memory until its commit.
const CACHE: &str = "pragma cache_size = -16384";

type Turn = OwnedMutexGuard<Writer>;

pub(super) struct Writer {
    connection: Connection,
    /// The batch under way, if any: where its end will be announced.
    batch: Option<watch::Sender<Fate>>,
    savepoint: Savepoint,
    /// The database gave up on the whole batch.
    broken: Option<String>,
    checkpoints: Checkpoints,
}

/// The savepoint of the last unit of work.
#[derive(Default)]
enum Savepoint {
    /// There is none that matters.
    #[default]
    Gone,
    /// A unit is under way in it. When the writer comes free like this, the unit's owner was dropped half-way.
    Open,
    /// Its unit has ended and is to be stored.
    Kept,
}

/// What became of a batch.
#[derive(Clone)]
enum Fate {
    Open,
    Stored,
    Lost(String),
}

/// One unit of work: the writer, for now, and the batch it will be stored with.
pub(crate) struct Unit {
    writer: Turn,
    fate: watch::Receiver<Fate>,
}

impl Writer {
    pub(super) fn open(file: &Path) -> Result<Self, Error> {
        let connection = Connection::open(file)?;
        connection.say(CACHE)?;
        let checkpoints = Checkpoints::of(&connection, file)?;
        // Who stands here holds up everybody else: another process is waited for elsewhere.
        connection.wait_at_most(Duration::ZERO)?;
        Ok(Self { connection, batch: None, savepoint: Savepoint::Gone, broken: None, checkpoints })
    }

    /// Undoes what a caller that went away in the middle left behind.
    fn clear_abandoned(&mut self) {
        if matches!(self.savepoint, Savepoint::Open) {
            self.undo();
        }
    }

    fn open_unit(&mut self) -> Result<(), rusqlite::Error> {
        if matches!(std::mem::take(&mut self.savepoint), Savepoint::Kept) {
            self.connection.say("release unit")?;
        }
        self.connection.say("savepoint unit")?;
        self.savepoint = Savepoint::Open;
        Ok(())
    }

    fn undo(&mut self) {
        self.savepoint = Savepoint::Gone;
        let undone =
            self.connection.say("rollback to unit").and_then(|()| self.connection.say("release unit"));
        if let Err(error) = undone {
            self.broken = Some(error.to_string());
        }
    }

    pub(super) fn end_batch(&mut self) {
        let Some(batch) = self.batch.take() else { return };
        self.clear_abandoned();
        self.savepoint = Savepoint::Gone;
        let fate = match self.broken.take() {
            Some(reason) => Fate::Lost(reason),
            None => match self.connection.say("commit") {
                Ok(()) => Fate::Stored,
                Err(error) => Fate::Lost(error.to_string()),
            },
        };
        if matches!(fate, Fate::Lost(_)) {
            // Fails when the database has rolled back by itself, which is what we want.
            let _ = self.connection.say("rollback");
        }
        batch.send_replace(fate);
        self.checkpoints.after_commit(&self.connection);
    }

    /// Brings all that is in the log into the file itself.
    pub(super) fn checkpoint_last(&self, wait: Duration) {
        self.checkpoints.last(wait);
    }
}

impl Unit {
    pub(super) async fn begin(mut writer: Turn, queue: &Arc<Mutex<Writer>>) -> Result<Self, Error> {
        writer.clear_abandoned();
        if let Some(reason) = &writer.broken {
            return Err(Error::Commit(reason.clone()));
        }
        let fate = match &writer.batch {
            Some(batch) => batch.subscribe(),
            None => {
                // Set before the statement: should we be dropped while it runs, the committer still ends what it began.
                let (announce, fate) = watch::channel(Fate::Open);
                writer.batch = Some(announce);
                tokio::spawn(commit_in_turn(Arc::clone(queue)));
                writer = open_batch(writer).await?;
                fate
            }
        };
        writer.open_unit()?;
        Ok(Self { writer, fate })
    }

    /// Ends this unit's part and waits until the batch is on the disk.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        let Self { mut writer, mut fate } = self;
        writer.savepoint = Savepoint::Kept;
        drop(writer);
        let fate = fate.wait_for(|fate| !matches!(fate, Fate::Open)).await.map(|fate| fate.clone());
        match fate {
            Ok(Fate::Stored) => Ok(()),
            Ok(Fate::Lost(reason)) => Err(Error::Commit(reason)),
            Ok(Fate::Open) | Err(_) => Err(stopping()),
        }
    }

    pub(crate) fn roll_back(mut self) {
        self.writer.undo();
    }
}

async fn open_batch(mut writer: Turn) -> Result<Turn, Error> {
    let begun = match writer.connection.say("begin immediate") {
        Err(error) if is_busy(&error) => {
            let waited = in_own_thread(move || {
                let begun = writer.begin_after_another();
                Ok((writer, begun))
            });
            let begun;
            (writer, begun) = waited.await?;
            begun
        }
        begun => begun,
    };
    if let Err(error) = begun {
        writer.broken = Some(error.to_string());
        return Err(error.into());
    }
    Ok(writer)
}

impl Writer {
    /// Waits until another process, such as a command beside us, has written.
    fn begin_after_another(&self) -> Result<(), rusqlite::Error> {
        self.connection.wait_at_most(WAIT)?;
        let begun = self.connection.say("begin immediate");
        self.connection.wait_at_most(Duration::ZERO)?;
        begun
    }
}

async fn commit_in_turn(queue: Arc<Mutex<Writer>>) {
    let mut writer = queue.lock_owned().await;
    let committed = in_own_thread(move || {
        writer.end_batch();
        Ok(())
    });
    // It says itself to those who wait what became of it.
    let _ = committed.await;
}

impl Deref for Unit {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.writer.connection
    }
}
