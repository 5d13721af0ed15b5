use std::{ops::Deref, path::PathBuf, sync::Arc};

use tokio::{
    sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::{WAIT, connection::Connection, in_own_thread, stopping};
use crate::Error;

/// How many read at the same time.
const READERS: usize = 4;

type Seat = Mutex<Option<Connection>>;

/// Connections that only read. Each is opened when it is needed for the first time.
pub(super) struct Readers {
    file: PathBuf,
    seats: [Arc<Seat>; READERS],
    free: Arc<Semaphore>,
}

/// One unchanging view of what is committed; it ends when this is dropped.
pub(crate) struct Reader {
    connection: OwnedMappedMutexGuard<Option<Connection>, Connection>,
    /// Given back after the connection.
    _seat: OwnedSemaphorePermit,
}

impl Readers {
    pub(super) fn of(file: PathBuf) -> Self {
        Self { file, seats: Default::default(), free: Arc::new(Semaphore::new(READERS)) }
    }

    pub(super) async fn begin(&self, name: &'static str) -> Result<Reader, Error> {
        let waiting = timeout(WAIT, Arc::clone(&self.free).acquire_owned()).await;
        let busy = Error::Busy { name, seconds: WAIT.as_secs() };
        let seat = waiting.map_err(|_| busy)?.map_err(|_| stopping())?;
        let connection = self.connection().await?;
        if let Err(error) = connection.say("begin") {
            // Nothing of it is left for whoever comes next.
            let _ = connection.say("rollback");
            return Err(error.into());
        }
        Ok(Reader { connection, _seat: seat })
    }

    /// One that nobody uses: there is one, for each who has a seat.
    async fn connection(&self) -> Result<OwnedMappedMutexGuard<Option<Connection>, Connection>, Error> {
        let free = self.seats.iter().find_map(|seat| Arc::clone(seat).try_lock_owned().ok());
        let seat = free.ok_or_else(stopping)?;
        let opened = if seat.is_none() { Some(self.open().await?) } else { None };
        OwnedMutexGuard::try_map(seat, |seat| {
            if opened.is_some() {
                *seat = opened;
            }
            seat.as_mut()
        })
        .map_err(|_| stopping())
    }

    async fn open(&self) -> Result<Connection, Error> {
        let file = self.file.clone();
        in_own_thread(move || {
            let connection = Connection::open(&file)?;
            connection.say("pragma query_only = on")?;
            Ok(connection)
        })
        .await
    }

    /// Waits for those who read, and lets nobody begin.
    pub(super) async fn close(&self) {
        let all = u32::try_from(READERS).unwrap_or(u32::MAX);
        let _ = timeout(WAIT, self.free.acquire_many(all)).await;
        self.free.close();
        for seat in &self.seats {
            *seat.lock().await = None;
        }
    }
}

impl Deref for Reader {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // Should it not end here, the next `begin` says so, and ends it.
        let _ = self.connection.say("rollback");
    }
}
