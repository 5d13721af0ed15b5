use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::sync::{Mutex, MutexGuard};

use crate::{
    Db, Error, Fence,
    connect::Engine,
    postgres,
    signal::{self, Signal},
    sqlite,
};

/// How often a transaction that lost against another is run again.
const TRIES: u32 = 8;

/// A transaction under way, lent to the closure that [`Db::tx`] or [`Db::read`] runs.
///
/// It is a handle and not a borrow, since a future that borrows from its closure's argument cannot yet be
/// shown to be `Send`.
pub struct Tx(Arc<Mutex<Open>>);

pub(crate) struct Open {
    pub(crate) connection: Connection,
    signals: BTreeSet<Signal>,
    pub(crate) fences: &'static [Fence],
    /// The scope in force, on PostgreSQL.
    pub(crate) scope: Option<String>,
    /// A lock that was asked for and not taken yet.
    pub(crate) lock: Option<String>,
    /// A statement failed in a way that running it all again may mend.
    lost: bool,
}

pub(crate) enum Connection {
    Sqlite(sqlite::Unit),
    SqliteRead(sqlite::Reader),
    Postgres(postgres::Transaction),
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tx(..)")
    }
}

impl Db {
    /// Runs `work` in one transaction: `Ok` commits (and is durable when this returns), `Err` leaves no trace.
    ///
    /// `work` must have no effect but on the transaction, since it may run again. On SQLite, transactions that
    /// wait at the same time share one commit.
    ///
    /// # Errors
    /// What `work` returned, or why nothing was stored.
    pub async fn tx<T, E, Working>(&self, name: &'static str, work: impl Fn(Tx) -> Working) -> Result<T, E>
    where
        Working: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        let _under_way = UnderWay::of(self);
        for _ in 0..TRIES {
            let connection = match &*self.engine {
                Engine::Sqlite(sqlite) => Connection::Sqlite(sqlite.begin(name).await?),
                Engine::Postgres(postgres) => Connection::Postgres(postgres.transaction()),
            };
            let (outcome, open) = lend(name, connection, self.fences, &work).await?;
            if open.lost {
                open.connection.roll_back();
                tracing::debug!(name, "transaction lost against another, run again");
                continue;
            }
            let value = match outcome {
                Ok(value) => value,
                Err(refusal) => {
                    open.connection.roll_back();
                    return Err(refusal);
                }
            };
            match open.connection.commit().await {
                Err(error) if error.is_worth_retrying() => {}
                Err(error) => return Err(error.into()),
                Ok(()) => {
                    self.raise(open.signals);
                    return Ok(value);
                }
            }
        }
        Err(Error::Contended { name, times: TRIES }.into())
    }

    /// Runs `work` on one unchanging view of what is committed. It writes nothing.
    ///
    /// # Errors
    /// What `work` returned, or why the database could not be read.
    pub async fn read<T, E, Working>(&self, name: &'static str, work: impl Fn(Tx) -> Working) -> Result<T, E>
    where
        Working: Future<Output = Result<T, E>>,
        E: From<Error>,
    {
        let _under_way = UnderWay::of(self);
        let connection = match &*self.engine {
            Engine::Sqlite(sqlite) => Connection::SqliteRead(sqlite.begin_read(name).await?),
            Engine::Postgres(postgres) => Connection::Postgres(postgres.view()),
        };
        let (outcome, _ends_here) = lend(name, connection, self.fences, &work).await?;
        outcome
    }

    pub(crate) fn raise(&self, signals: BTreeSet<Signal>) {
        if signals.is_empty() {
            return;
        }
        signals.iter().for_each(|signal| self.signals.raise(signal));
        if let Engine::Postgres(postgres) = &*self.engine {
            postgres.notify(signals);
        }
    }
}

/// One transaction among those that have not ended, whether it ends or its caller goes away.
pub(crate) struct UnderWay<'a>(&'a AtomicUsize);

impl<'a> UnderWay<'a> {
    pub(crate) fn of(db: &'a Db) -> Self {
        db.under_way.fetch_add(1, Ordering::Relaxed);
        Self(&db.under_way)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Lends the connection to `work` and takes it back.
async fn lend<T, Working: Future<Output = T>>(
    name: &'static str,
    connection: Connection,
    fences: &'static [Fence],
    work: &impl Fn(Tx) -> Working,
) -> Result<(T, Open), Error> {
    let open = Arc::new(Mutex::new(Open::new(connection, fences)));
    let outcome = work(Tx(Arc::clone(&open))).await;
    let open = Arc::into_inner(open).ok_or(Error::Kept { name })?;
    Ok((outcome, open.into_inner()))
}

impl Tx {
    pub(crate) fn of(open: &Arc<Mutex<Open>>) -> Self {
        Self(Arc::clone(open))
    }

    pub(crate) async fn open(&mut self) -> MutexGuard<'_, Open> {
        self.0.lock().await
    }

    /// Has the next statement wait until no other transaction holds `key`; it is then held until the end of this one.
    ///
    /// On SQLite there is one writer at a time, so it is held already. On PostgreSQL it is taken on the same trip as the
    /// next statement.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock(&mut self, key: &str) -> Result<(), Error> {
        let mut open = self.open().await;
        open.take_lock(None).await?;
        open.lock = Some(key.to_owned());
        Ok(())
    }

    /// Wakes those who [`listen`](Db::listen) to `name` once this transaction is committed.
    pub async fn signal(&mut self, name: &'static str) {
        self.open().await.signals.insert(name.into());
    }

    /// Wakes those who [`listen_about`](Db::listen_about) this `subject` of `name` once this transaction is committed.
    pub async fn signal_about(&mut self, name: &'static str, subject: &str) {
        self.open().await.signals.insert(signal::about(name, subject));
    }
}

impl Open {
    pub(crate) fn new(connection: Connection, fences: &'static [Fence]) -> Self {
        Self { connection, signals: BTreeSet::new(), fences, scope: None, lock: None, lost: false }
    }

    pub(crate) fn shared(self) -> Arc<Mutex<Self>> {
        Arc::new(Mutex::new(self))
    }

    /// The connection back, and who is to be woken; nothing where somebody still holds a handle.
    pub(crate) fn ended(open: Arc<Mutex<Self>>) -> Option<(Connection, BTreeSet<Signal>)> {
        let open = Arc::into_inner(open)?.into_inner();
        Some((open.connection, open.signals))
    }

    /// Remembers that a statement failed so that a retry may help, and hands the error on.
    pub(crate) fn note(&mut self, error: Error) -> Error {
        self.lost |= error.is_worth_retrying();
        error
    }
}

impl Connection {
    async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(unit) => unit.commit().await,
            Self::SqliteRead(_) => Ok(()),
            Self::Postgres(tx) => tx.commit().await,
        }
    }

    fn roll_back(self) {
        match self {
            Self::Sqlite(unit) => unit.roll_back(),
            // Each rolls back where it is not committed.
            Self::SqliteRead(_) | Self::Postgres(_) => {}
        }
    }
}
