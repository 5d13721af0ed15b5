//! Who works on a database, so that others see when somebody is gone.
//!
//! The sign is a lock that the system frees when its process ends, however that ends: on a file beside SQLite's, and in
//! PostgreSQL one of a connection that does nothing else.

use std::{
    fs::{File, TryLockError},
    path::Path,
    time::Duration,
};

use tokio::{task::JoinHandle, time::timeout};
use tokio_postgres::Config;

use crate::{
    Db, Error,
    connect::Engine,
    postgres::{Alone, Pool, Postgres},
};

/// How often to see whether the connection is there still.
const LOOK: Duration = Duration::from_secs(1);
/// A database that says nothing for so long is taken not to be there.
const SILENCE: Duration = Duration::from_secs(5);

/// That this process works on a database, as long as this lives.
pub(crate) struct Presence {
    id: String,
    _sign: Sign,
}

enum Sign {
    Sqlite { _locked: File },
    Postgres(JoinHandle<()>),
}

impl Drop for Sign {
    fn drop(&mut self) {
        if let Self::Postgres(holding) = self {
            holding.abort();
        }
    }
}

impl Db {
    /// Shows that `id` works on this database, until [`close`](Self::close) or the end of the process.
    ///
    /// On SQLite one process at a time can work on a file; others read and write it as they like.
    ///
    /// # Errors
    /// [`Error::InUse`] when another process works on this file; when the database cannot be reached.
    pub async fn appear(&self, id: String) -> Result<(), Error> {
        // Who appears again is no longer who they were.
        drop(self.presence().take());
        let sign = match &*self.engine {
            Engine::Sqlite(sqlite) => Sign::Sqlite { _locked: locked_beside(sqlite.file())? },
            Engine::Postgres(postgres) => {
                let config = lasting(postgres, &id);
                let connection = locked(&config, &id).await?;
                Sign::Postgres(tokio::spawn(hold(connection, config, id.clone())))
            }
        };
        *self.presence() = Some(Presence { id, _sign: sign });
        Ok(())
    }

    /// The id under which this process works on the database, once it has [appeared](Self::appear).
    #[must_use]
    pub fn own_id(&self) -> Option<String> {
        self.presence().as_ref().map(|presence| presence.id.clone())
    }

    /// Of these ids, those under which nobody works on this database any more.
    ///
    /// On SQLite who has not appeared cannot tell, and takes nobody for gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn gone(&self, ids: Vec<String>) -> Result<Vec<String>, Error> {
        match &*self.engine {
            Engine::Sqlite(_) => {
                let own = self.own_id();
                let is_gone = |id: &String| own.as_ref().is_some_and(|own| own != id);
                Ok(ids.into_iter().filter(is_gone).collect())
            }
            Engine::Postgres(postgres) => gone(postgres.pool(), &ids).await,
        }
    }
}

/// Not a lock on SQLite's own file: whoever closes that loses the locks that SQLite has on it.
fn locked_beside(file: &Path) -> Result<File, Error> {
    let mut path = file.as_os_str().to_owned();
    path.push(".lock");
    let failed = |error: std::io::Error| Error::Lock { path: path.clone().into(), reason: error.to_string() };
    let lock = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(file.to_owned())),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// A connection that PostgreSQL takes for dead soon after its machine went away, and not after hours.
fn lasting(postgres: &Postgres, id: &str) -> Config {
    let signs_of_life =
        [("tcp_keepalives_idle", "5"), ("tcp_keepalives_interval", "2"), ("tcp_keepalives_count", "3")];
    let mut config = postgres.config(&signs_of_life);
    config.application_name(format!("balie {id}"));
    config
}

async fn locked(config: &Config, id: &str) -> Result<Alone, Error> {
    let connection = Alone::connect(config).await?;
    connection.execute("select pg_advisory_lock(hashtextextended($1, 0))", &[&key(id)]).await?;
    Ok(connection)
}

/// Keeps the lock; where the connection is cut off, takes it anew on another.
async fn hold(mut connection: Alone, config: Config, id: String) {
    loop {
        tokio::time::sleep(LOOK).await;
        if timeout(SILENCE, connection.simple_query("")).await.is_ok_and(|answer| answer.is_ok()) {
            continue;
        }
        tracing::warn!("the database may take this process for gone: its connection was cut off");
        if let Ok(Ok(again)) = timeout(SILENCE, locked(&config, &id)).await {
            connection = again;
        }
    }
}

async fn gone(pool: &Pool, ids: &[String]) -> Result<Vec<String>, Error> {
    // Free again when the statement ends: it only asks.
    let text = "select id from unnest($1::text[]) as id
                where pg_try_advisory_xact_lock(hashtextextended($2 || id, 0))";
    let rows = pool.get().await?.query(text, &[&ids, &key("")]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

fn key(id: &str) -> String {
    format!("balie works as {id}")
}
