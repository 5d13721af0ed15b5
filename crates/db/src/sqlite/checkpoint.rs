//! Bringing what is in the log into the file itself, beside those who write.
//!
//! A commit is durable in the log. SQLite would move the log's pages on the very commit that makes it too long, and whoever
//! waits for that one would wait for all of them. So it is done by a connection of its own, on a thread of its own.

use std::{
    cell::Cell,
    ffi::c_int,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use rusqlite::hooks::Wal;
use tokio::task::spawn_blocking;

use super::connection::Connection;
use crate::Error;

/// From so many pages on (16 MB) the log is moved. A page that changed often is moved once: a log four times as long as
/// SQLite's own choice writes much less, and is read through within milliseconds when a program starts.
const LONG_PAGES: c_int = 4_000;
/// Writers without a pause keep ahead of who moves the log, and it starts anew only where it has been moved to its end.
/// From so many pages on (64 MB) they wait for that.
const TOO_LONG_PAGES: c_int = 16_000;

thread_local! {
    /// How long the log is after the commit that this thread has just made.
    static LOG_PAGES: Cell<c_int> = const { Cell::new(0) };
}

pub(super) struct Checkpoints {
    connection: Arc<Mutex<Connection>>,
    under_way: Arc<AtomicBool>,
}

impl Checkpoints {
    /// For what this writer commits.
    pub(super) fn of(writer: &Connection, file: &Path) -> Result<Self, Error> {
        writer.inner().wal_hook(Some(note));
        let connection = Arc::new(Mutex::new(Connection::open(file)?));
        Ok(Self { connection, under_way: Arc::default() })
    }

    /// Moves the log where it has become long. To be called on the thread that committed.
    pub(super) fn after_commit(&self, writer: &Connection) {
        let pages = LOG_PAGES.replace(0);
        if pages >= TOO_LONG_PAGES {
            passive(writer);
        } else if pages >= LONG_PAGES && !self.under_way.swap(true, Ordering::AcqRel) {
            let (connection, under_way) = (Arc::clone(&self.connection), Arc::clone(&self.under_way));
            spawn_blocking(move || {
                passive(&connection.lock().unwrap_or_else(PoisonError::into_inner));
                under_way.store(false, Ordering::Release);
            });
        }
    }

    /// Moves the whole log, and leaves none behind unless somebody else still reads it after this while.
    pub(super) fn last(&self, wait: Duration) {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let done = connection
            .wait_at_most(wait)
            .and_then(|()| connection.inner().query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(())));
        if let Err(error) = done {
            tracing::debug!(%error, "the log was not moved; it is at the next start");
        }
    }
}

/// As far as nobody has to wait for it.
fn passive(connection: &Connection) {
    let done = connection.inner().query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()));
    if let Err(error) = done {
        tracing::warn!(%error, "the database's log could not be moved into its file");
    }
}

#[expect(clippy::unnecessary_wraps, reason = "rusqlite asks for it")]
fn note(_: &Wal, pages: c_int) -> rusqlite::Result<()> {
    LOG_PAGES.set(pages);
    Ok(())
}
