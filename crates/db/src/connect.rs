use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use crate::{
    Error, Fence,
    postgres::Postgres,
    presence::Presence,
    signal::{self, Listener, Signals},
    sqlite::Sqlite,
};

/// One party's database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(crate) engine: Arc<Engine>,
    pub(crate) signals: Signals,
    pub(crate) under_way: Arc<AtomicUsize>,
    pub(crate) fences: &'static [Fence],
    presence: Arc<Mutex<Option<Presence>>>,
}

pub(crate) enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match *self.engine {
            Engine::Sqlite(_) => "Db(SQLite)",
            Engine::Postgres(_) => "Db(PostgreSQL)",
        })
    }
}

impl Db {
    /// Opens `sqlite:PATH` (made when missing) or `postgres://...`, where the party's tables live in `schema`.
    ///
    /// # Errors
    /// When the address is neither, or the database cannot be opened.
    pub async fn connect(url: &str, schema: &str) -> Result<Self, Error> {
        let signals = Signals::default();
        let engine = if url.starts_with("sqlite:") {
            Engine::Sqlite(Sqlite::open(url).await?)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Engine::Postgres(Postgres::open(url, schema, &signals).await?)
        } else {
            // Never the whole text: it may be a password that landed in the wrong place.
            let scheme = url.split(':').next().unwrap_or_default();
            return Err(Error::Address(format!("{scheme}:…")));
        };
        let engine = Arc::new(engine);
        Ok(Self { engine, signals, under_way: Arc::default(), fences: &[], presence: Arc::default() })
    }

    /// The same database behind these fences: a statement on one of their tables must say in which scope it runs, and
    /// [`migrate`](Self::migrate) puts them up where the database itself can keep them.
    #[must_use]
    pub fn behind(self, fences: &'static [Fence]) -> Self {
        Self { fences, ..self }
    }

    /// Wakes when a transaction that called [`Tx::signal`](crate::Tx::signal) with this name has been committed,
    /// here or (on PostgreSQL) in another process.
    #[must_use]
    pub fn listen(&self, name: &'static str) -> Listener {
        self.signals.listen(name.into())
    }

    /// Wakes when a transaction that called [`Tx::signal_about`](crate::Tx::signal_about) with this name and this
    /// subject has been committed, here or (on PostgreSQL) in another process.
    #[must_use]
    pub fn listen_about(&self, name: &'static str, subject: &str) -> Listener {
        self.signals.listen(signal::about(name, subject))
    }

    /// How many transactions have begun here and not ended, those that wait for their turn included.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.under_way.load(Ordering::Relaxed)
    }

    /// Finishes what runs and closes every connection; after that this process works on it no more.
    pub async fn close(&self) {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.close().await,
            Engine::Postgres(postgres) => postgres.close().await,
        }
        *self.presence() = None;
    }

    pub(crate) fn presence(&self) -> MutexGuard<'_, Option<Presence>> {
        self.presence.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
