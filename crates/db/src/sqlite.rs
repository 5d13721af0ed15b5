//! One writer, many readers, on one file.
//!
//! What SQLite is asked it answers within microseconds, from memory or from the system's cache of the file. So a
//! statement runs where it is made: to hand it to another thread and to wait for the answer costs many times what it
//! takes. What does wait goes to a thread on which nobody else waits: a commit for the disk, a checkpoint, and
//! another process for its turn to write.

mod batch;
mod checkpoint;
mod connection;
mod form;
mod line;
mod migrate;
mod readers;
mod row;
mod writer;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::{sync::Mutex, task::spawn_blocking};

pub(crate) use self::{
    batch::Unit,
    line::Errand,
    readers::Reader,
    row::{FromSqlite, SqliteRow},
};
use self::{line::Line, readers::Readers, writer::Writer};
use crate::{Error, Migration};

/// How long a unit of work waits for its turn.
const WAIT: Duration = Duration::from_secs(10);
/// How long the last checkpoint waits for whoever reads, such as a command beside us: it can be made later.
const LAST_WAIT: Duration = Duration::from_millis(500);

pub(crate) struct Sqlite {
    writer: Arc<Mutex<Writer>>,
    line: Line,
    readers: Readers,
    file: PathBuf,
}

impl Sqlite {
    /// Opens `sqlite:PATH`, and makes it where it is missing.
    pub(crate) async fn open(url: &str) -> Result<Self, Error> {
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        let file = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
        let opened = file.clone();
        let writer = in_own_thread(move || Writer::open(&opened)).await?;
        let writer = Arc::new(Mutex::new(writer));
        Ok(Self { line: Line::before(&writer)?, writer, readers: Readers::of(file.clone()), file })
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    pub(crate) async fn begin_read(&self, name: &'static str) -> Result<Reader, Error> {
        self.readers.begin(name).await
    }

    pub(crate) async fn begin(&self, name: &'static str) -> Result<Unit, Error> {
        let turn = Arc::clone(&self.writer).lock_owned();
        let writer = tokio::time::timeout(WAIT, turn)
            .await
            .map_err(|_| Error::Busy { name, seconds: WAIT.as_secs() })?;
        Unit::begin(writer, &self.writer).await
    }

    /// Has this done on the writer's own thread; it says itself what became of it.
    pub(crate) async fn give(&self, name: &'static str, errand: Box<dyn Errand>) -> Result<(), Error> {
        self.line.join(name, errand).await
    }

    pub(crate) async fn migrate(&self, steps: Vec<Migration>) -> Result<(), Error> {
        let file = self.file.clone();
        in_own_thread(move || migrate::run(&file, &steps)).await
    }

    pub(crate) async fn close(&self) {
        // The committer of an open batch stands in this queue before us.
        let mut writer = Arc::clone(&self.writer).lock_owned().await;
        // Before the checkpoint, which would wait for them.
        self.readers.close().await;
        let closing = in_own_thread(move || {
            writer.end_batch();
            writer.checkpoint_last(LAST_WAIT);
            Ok(())
        });
        let _ = closing.await;
    }
}

/// Runs what waits on a thread where it is in nobody's way.
async fn in_own_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    spawn_blocking(work).await.unwrap_or_else(|_| Err(stopping()))
}

fn stopping() -> Error {
    Error::Commit("the program is stopping".to_owned())
}
