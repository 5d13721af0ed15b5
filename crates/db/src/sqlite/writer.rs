//! The one connection that writes, and the batch that is under way on it.

use std::{path::Path, time::Duration};

use tokio::sync::{OwnedMutexGuard, watch};

use super::{
    WAIT,
    checkpoint::Checkpoints,
    connection::{Connection, is_busy},
    in_own_thread,
};
use crate::Error;

/// In KiB, as SQLite takes it: what one batch changes stays in memory until its commit.
const CACHE: &str = "pragma cache_size = -16384";

/// Who has it writes; everybody else waits in the queue of its mutex.
pub(super) type Turn = OwnedMutexGuard<Writer>;

pub(super) struct Writer {
    pub(super) connection: Connection,
    /// The batch under way, if any: where its end will be announced.
    batch: Option<watch::Sender<Fate>>,
    unit: Mark,
    /// The database gave up on the whole batch.
    broken: Option<String>,
    checkpoints: Checkpoints,
}

/// What there is of the last unit of work.
#[derive(Default)]
enum Mark {
    /// Nothing that matters.
    #[default]
    Gone,
    /// It is under way in a savepoint. When the writer comes free like this, the unit's owner was dropped half-way.
    Open,
    /// It has ended and is to be stored; its savepoint closes with the next one, or with the batch.
    Kept,
    /// It is under way without a savepoint: it can only be undone with its batch.
    Bare,
}

/// What became of a batch.
#[derive(Clone)]
pub(super) enum Fate {
    Open,
    Stored,
    Lost(String),
}

impl Writer {
    pub(super) fn open(file: &Path) -> Result<Self, Error> {
        let connection = Connection::open(file)?;
        connection.say(CACHE)?;
        let checkpoints = Checkpoints::of(&connection, file)?;
        // Who stands here holds up everybody else: another process is waited for elsewhere.
        connection.wait_at_most(Duration::ZERO)?;
        Ok(Self { connection, batch: None, unit: Mark::Gone, broken: None, checkpoints })
    }

    /// Where the end of the batch under way will be told.
    pub(super) fn batch(&mut self) -> Result<Option<watch::Receiver<Fate>>, Error> {
        self.clear_abandoned();
        if let Some(reason) = &self.broken {
            return Err(Error::Commit(reason.clone()));
        }
        Ok(self.batch.as_ref().map(watch::Sender::subscribe))
    }

    /// Announces a batch. Before the statement that begins it: should whoever waits for that go away, the batch still has
    /// an end.
    pub(super) fn announce_batch(&mut self) -> watch::Receiver<Fate> {
        let (announce, fate) = watch::channel(Fate::Open);
        self.batch = Some(announce);
        fate
    }

    /// Begins the batch that was announced, on a thread on which nobody else waits.
    pub(super) fn begin_batch(&mut self) -> Result<(), Error> {
        let begun = match self.connection.say("begin immediate") {
            Err(error) if is_busy(&error) => self.begin_after_another(),
            begun => begun,
        };
        self.noted(begun)
    }

    /// Waits until another process, such as a command beside us, has written.
    fn begin_after_another(&self) -> Result<(), rusqlite::Error> {
        self.connection.wait_at_most(WAIT)?;
        let begun = self.connection.say("begin immediate");
        self.connection.wait_at_most(Duration::ZERO)?;
        begun
    }

    fn noted(&mut self, begun: Result<(), rusqlite::Error>) -> Result<(), Error> {
        begun.map_err(|error| {
            self.broken = Some(error.to_string());
            error.into()
        })
    }

    /// A unit that is undone alone.
    pub(super) fn open_unit(&mut self) -> Result<(), rusqlite::Error> {
        if matches!(std::mem::take(&mut self.unit), Mark::Kept) {
            self.connection.say("release unit")?;
        }
        self.connection.say("savepoint unit")?;
        self.unit = Mark::Open;
        Ok(())
    }

    /// A unit that is undone with its whole batch, where it has written.
    pub(super) fn open_bare_unit(&mut self) {
        self.connection.forget_writing();
        self.unit = Mark::Bare;
    }

    pub(super) fn keep(&mut self) {
        self.unit = if matches!(self.unit, Mark::Open) { Mark::Kept } else { Mark::Gone };
        self.look();
    }

    pub(super) fn undo(&mut self) {
        match std::mem::take(&mut self.unit) {
            Mark::Bare if self.connection.has_written() => {
                self.broken = Some("a unit of work was undone, and others with it".to_owned());
            }
            Mark::Open => {
                let undone = self.connection.say("rollback to unit");
                if let Err(error) = undone.and_then(|()| self.connection.say("release unit")) {
                    self.broken = Some(error.to_string());
                }
            }
            Mark::Bare | Mark::Kept | Mark::Gone => {}
        }
        self.look();
    }

    /// The database rolls back by itself where it has no room left, for one: what came after that would be no batch.
    fn look(&mut self) {
        if self.batch.is_some() && self.connection.inner().is_autocommit() {
            self.broken.get_or_insert_with(|| "the database has rolled back".to_owned());
        }
    }

    /// Whether nothing of the batch can be stored.
    pub(super) fn is_broken(&self) -> bool {
        self.broken.is_some()
    }

    /// Undoes what a caller that went away in the middle left behind.
    fn clear_abandoned(&mut self) {
        if matches!(self.unit, Mark::Open | Mark::Bare) {
            self.undo();
        }
    }

    /// Makes what the batch did durable, or undoes it, and says so to those who wait for it.
    pub(super) fn end_batch(&mut self) {
        let Some(batch) = self.batch.take() else { return };
        self.clear_abandoned();
        self.unit = Mark::Gone;
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
    }

    /// Moves the log where it has become long. To be called on the thread that ended the batch.
    pub(super) fn tidy(&mut self) {
        self.checkpoints.after_commit(&self.connection);
    }

    /// Brings all that is in the log into the file itself.
    pub(super) fn checkpoint_last(&self, wait: Duration) {
        self.checkpoints.last(wait);
    }
}

/// [`Writer::begin_batch`], where others wait on this thread.
pub(super) async fn begin_batch(mut writer: Turn) -> Result<Turn, Error> {
    match writer.connection.say("begin immediate") {
        Err(error) if is_busy(&error) => {
            let waiting = in_own_thread(move || {
                let begun = writer.begin_after_another();
                let begun = writer.noted(begun);
                Ok((writer, begun))
            });
            let (writer, begun) = waiting.await?;
            begun.map(|()| writer)
        }
        begun => writer.noted(begun).map(|()| writer),
    }
}
