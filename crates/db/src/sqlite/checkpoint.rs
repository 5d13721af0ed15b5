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

/// Whenever the log has grown by so many pages (32 MB) it is moved. A page that changed often meanwhile is moved once, so
/// a long log writes much less.
const GROWN_PAGES: c_int = 8_000;
/// The log starts anew where it has been moved to its end, and writers without a pause keep ahead of who moves it. From so
/// many pages on (64 MB) it is moved again and again until there is little left, and writers wait for that.
const LONG_PAGES: c_int = 16_000;
/// What they wait for, if need be with more left once the log is twice as long.
const LITTLE_PAGES: c_int = 1_000;

thread_local! {
    /// How long the log is after the commit that this thread has just made.
    static LOG_PAGES: Cell<c_int> = const { Cell::new(0) };
}

pub(super) struct Checkpoints {
    connection: Arc<Mutex<Connection>>,
    under_way: Arc<AtomicBool>,
    log: Log,
}

/// The log as it was, in pages.
#[derive(Debug, Default, Clone, Copy)]
struct Log {
    /// When it was moved last.
    moved: c_int,
    /// When writers waited for that last.
    waited: c_int,
}

#[derive(Debug, PartialEq, Eq)]
enum Next {
    Nothing,
    /// Move it beside the writers.
    Move,
    /// Move it while they wait.
    Wait,
}

impl Log {
    /// What to do at this length, where nobody moves it now.
    fn next(&mut self, pages: c_int) -> Next {
        if pages < self.moved {
            *self = Self::default(); // It has started anew.
        }
        let (left, length) = (pages - self.moved, pages - self.waited);
        if length >= 2 * LONG_PAGES || length >= LONG_PAGES && left <= LITTLE_PAGES {
            *self = Self { moved: pages, waited: pages };
            Next::Wait
        } else if length >= LONG_PAGES || left >= GROWN_PAGES {
            self.moved = pages;
            Next::Move
        } else {
            Next::Nothing
        }
    }
}

impl Checkpoints {
    /// For what this writer commits.
    pub(super) fn of(writer: &Connection, file: &Path) -> Result<Self, Error> {
        writer.inner().wal_hook(Some(note));
        let connection = Arc::new(Mutex::new(Connection::open(file)?));
        Ok(Self { connection, under_way: Arc::default(), log: Log::default() })
    }

    /// Moves the log where that is to be done. To be called on the thread that committed.
    pub(super) fn after_commit(&mut self, writer: &Connection) {
        let pages = LOG_PAGES.replace(0);
        if pages == 0 || self.under_way.load(Ordering::Acquire) {
            return;
        }
        match self.log.next(pages) {
            Next::Nothing => {}
            Next::Wait => passive(writer),
            Next::Move => {
                self.under_way.store(true, Ordering::Release);
                let (connection, under_way) = (Arc::clone(&self.connection), Arc::clone(&self.under_way));
                spawn_blocking(move || {
                    passive(&connection.lock().unwrap_or_else(PoisonError::into_inner));
                    under_way.store(false, Ordering::Release);
                });
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_moved_as_it_grows_and_waited_for_once_little_is_left() {
        let mut log = Log::default();
        let steps = [
            (100, Next::Nothing),
            (8_000, Next::Move),
            (12_000, Next::Nothing),
            (16_000, Next::Move),
            (20_000, Next::Move),
            (20_900, Next::Wait),
            // Moved to its end: it starts anew.
            (50, Next::Nothing),
            (8_049, Next::Move),
        ];
        for (pages, next) in steps {
            assert_eq!(log.next(pages), next, "{pages}");
        }
    }

    #[test]
    fn writers_wait_at_twice_the_length_and_not_again_at_once_where_somebody_still_reads_the_log() {
        let mut log = Log::default();
        assert_eq!(log.next(31_999), Next::Move);
        let mut log = Log { moved: 30_000, waited: 0 };
        assert_eq!(log.next(32_000), Next::Wait);
        assert_eq!(log.next(32_010), Next::Nothing);
        assert_eq!(log.next(40_000), Next::Move);
    }
}
