//! One writer, many readers, and a commit shared by the writers that wait at the same time.
//!
//! The first unit of work of a batch sends a committer to the back of the writer's queue. Everyone who already
//! waits there goes first, each in a savepoint of its own; then the committer's turn comes and one commit (one
//! fsync) makes them all durable. A savepoint stays open until the next one begins or the commit closes it: one trip to
//! the database less.

use std::{
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use sqlx::{
    Connection as _, Executor as _, SqliteConnection, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use crate::Error;

/// How long a unit of work waits for its turn.
const WAIT: Duration = Duration::from_secs(10);
const READERS: u32 = 4;

pub(crate) struct Sqlite {
    writer: Arc<Mutex<Writer>>,
    readers: SqlitePool,
    file: PathBuf,
}

struct Writer {
    connection: SqliteConnection,
    /// The batch under way, if any: where its end will be announced.
    batch: Option<watch::Sender<Fate>>,
    savepoint: Savepoint,
    /// The database gave up on the whole batch.
    broken: Option<String>,
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
    writer: OwnedMutexGuard<Writer>,
    fate: watch::Receiver<Fate>,
}

impl Sqlite {
    pub(crate) async fn open(url: &str) -> Result<Self, Error> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(WAIT);
        let file = options.get_filename().to_owned();
        let writer = Writer {
            connection: SqliteConnection::connect_with(&options).await?,
            batch: None,
            savepoint: Savepoint::Gone,
            broken: None,
        };
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            // It is a file on this machine: nobody cuts it off.
            .test_before_acquire(false)
            .acquire_timeout(WAIT)
            .connect_with(options)
            .await?;
        Ok(Self { writer: Arc::new(Mutex::new(writer)), readers, file })
    }

    pub(crate) fn pool(&self) -> &SqlitePool {
        &self.readers
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    pub(crate) async fn begin_read(&self) -> Result<Transaction<'static, sqlx::Sqlite>, Error> {
        Ok(self.readers.begin().await?)
    }

    pub(crate) async fn begin(&self, name: &'static str) -> Result<Unit, Error> {
        let mut writer = tokio::time::timeout(WAIT, Arc::clone(&self.writer).lock_owned())
            .await
            .map_err(|_| Error::Busy { name, seconds: WAIT.as_secs() })?;
        writer.clear_abandoned().await;
        if let Some(reason) = &writer.broken {
            return Err(Error::Commit(reason.clone()));
        }
        let fate = match &writer.batch {
            Some(batch) => batch.subscribe(),
            None => self.open_batch(&mut writer).await?,
        };
        writer.open_unit().await?;
        Ok(Unit { writer, fate })
    }

    async fn open_batch(&self, writer: &mut Writer) -> Result<watch::Receiver<Fate>, Error> {
        // Set before the statement: should we be dropped while it runs, the committer still ends what it began.
        let (announce, fate) = watch::channel(Fate::Open);
        writer.batch = Some(announce);
        let queue = Arc::clone(&self.writer);
        tokio::spawn(async move { queue.lock_owned().await.end_batch().await });
        if let Err(error) = writer.connection.execute("begin immediate").await {
            writer.broken = Some(error.to_string());
            return Err(error.into());
        }
        Ok(fate)
    }

    pub(crate) async fn close(&self) {
        // The committer of an open batch stands in this queue before us.
        let mut writer = self.writer.lock().await;
        writer.end_batch().await;
        // Before the checkpoint, which would wait for them.
        self.readers.close().await;
        // Whoever reads meanwhile, such as a command beside us, is not waited for: the checkpoint can be made later.
        let _ = writer.connection.execute("pragma busy_timeout = 500; pragma wal_checkpoint(truncate)").await;
    }
}

impl Writer {
    /// Undoes what a caller that went away in the middle left behind.
    async fn clear_abandoned(&mut self) {
        if matches!(self.savepoint, Savepoint::Open) {
            self.undo().await;
        }
    }

    async fn open_unit(&mut self) -> Result<(), sqlx::Error> {
        // Taken before the statement: should we be dropped while it runs, one savepoint too many is open, and the commit
        // closes it.
        let text = match std::mem::take(&mut self.savepoint) {
            Savepoint::Kept => "release unit; savepoint unit",
            Savepoint::Gone | Savepoint::Open => "savepoint unit",
        };
        self.connection.execute(text).await?;
        self.savepoint = Savepoint::Open;
        Ok(())
    }

    async fn undo(&mut self) {
        self.savepoint = Savepoint::Gone;
        if let Err(error) = self.connection.execute("rollback to unit; release unit").await {
            self.broken = Some(error.to_string());
        }
    }

    async fn end_batch(&mut self) {
        let Some(batch) = self.batch.take() else { return };
        self.clear_abandoned().await;
        self.savepoint = Savepoint::Gone;
        let fate = match self.broken.take() {
            Some(reason) => Fate::Lost(reason),
            None => match self.connection.execute("commit").await {
                Ok(_) => Fate::Stored,
                Err(error) => Fate::Lost(error.to_string()),
            },
        };
        if matches!(fate, Fate::Lost(_)) {
            // Fails when the database has rolled back by itself, which is what we want.
            let _ = self.connection.execute("rollback").await;
        }
        batch.send_replace(fate);
    }
}

impl Unit {
    /// Ends this unit's part and waits until the batch is on the disk.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        let Self { mut writer, mut fate } = self;
        writer.savepoint = Savepoint::Kept;
        drop(writer);
        let fate = fate.wait_for(|fate| !matches!(fate, Fate::Open)).await.map(|fate| fate.clone());
        match fate {
            Ok(Fate::Stored) => Ok(()),
            Ok(Fate::Lost(reason)) => Err(Error::Commit(reason)),
            Ok(Fate::Open) | Err(_) => Err(Error::Commit("the program is stopping".to_owned())),
        }
    }

    pub(crate) async fn roll_back(mut self) -> Result<(), Error> {
        self.writer.undo().await;
        Ok(())
    }
}

impl Deref for Unit {
    type Target = SqliteConnection;

    fn deref(&self) -> &Self::Target {
        &self.writer.connection
    }
}

impl DerefMut for Unit {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.writer.connection
    }
}
