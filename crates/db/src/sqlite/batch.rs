//! A commit shared by the writers that wait at the same time.
//!
//! The first unit of work of a batch sends a committer to the back of the writer's queue. Everyone who already
//! waits there goes first, each in a savepoint of its own; then the committer's turn comes and one commit (one
//! fsync) makes them all durable. A savepoint stays open until the next one begins or the commit closes it.

use std::{ops::Deref, sync::Arc};

use tokio::sync::{Mutex, watch};

use super::{
    connection::Connection,
    in_own_thread, stopping,
    writer::{Fate, Turn, Writer, begin_batch},
};
use crate::Error;

/// One unit of work: the writer, for now, and the batch it will be stored with.
pub(crate) struct Unit {
    writer: Turn,
    fate: watch::Receiver<Fate>,
}

impl Unit {
    pub(super) async fn begin(mut writer: Turn, queue: &Arc<Mutex<Writer>>) -> Result<Self, Error> {
        let fate = match writer.batch()? {
            Some(fate) => fate,
            None => {
                let fate = writer.announce_batch();
                tokio::spawn(commit_in_turn(Arc::clone(queue)));
                writer = begin_batch(writer).await?;
                fate
            }
        };
        writer.open_unit()?;
        Ok(Self { writer, fate })
    }

    /// What [`line`](super::line) has opened.
    pub(super) fn opened(writer: Turn, fate: watch::Receiver<Fate>) -> Self {
        Self { writer, fate }
    }

    /// Ends this unit's part; whoever opened it goes on.
    pub(super) fn left(mut self, is_kept: bool) -> Turn {
        if is_kept {
            self.writer.keep();
        } else {
            self.writer.undo();
        }
        self.writer
    }

    /// Ends this unit's part and waits until the batch is on the disk.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        let Self { mut writer, mut fate } = self;
        writer.keep();
        drop(writer);
        let fate = fate.wait_for(|fate| !matches!(fate, Fate::Open)).await.map(|fate| fate.clone());
        fate.unwrap_or(Fate::Open).told()
    }

    pub(crate) fn roll_back(mut self) {
        self.writer.undo();
    }
}

impl Fate {
    pub(super) fn told(self) -> Result<(), Error> {
        match self {
            Self::Stored => Ok(()),
            Self::Lost(reason) => Err(Error::Commit(reason)),
            Self::Open => Err(stopping()),
        }
    }
}

async fn commit_in_turn(queue: Arc<Mutex<Writer>>) {
    let mut writer = queue.lock_owned().await;
    let committed = in_own_thread(move || {
        writer.end_batch();
        writer.tidy();
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
