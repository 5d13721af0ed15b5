use std::time::Duration;

use deadpool_postgres::{
    Client, Hook, HookError, Manager, ManagerConfig, PoolError, QueueMode, RecyclingMethod,
};
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_postgres::{Config, NoTls};

use super::Refusal;
use crate::Error;

const CONNECTIONS: usize = 16;
/// How long to wait for a connection, all in all.
const WAIT: Duration = Duration::from_secs(10);
/// A connection that says nothing for so long is taken for dead.
const SILENCE: Duration = Duration::from_secs(5);
/// One that was in use a moment ago is there still: to ask it would be a trip more each time.
const JUST_USED: Duration = Duration::from_secs(1);
/// How long to wait before a server that is starting is tried again.
const AGAIN: Duration = Duration::from_millis(100);
/// How often to see whether the last connection has come back.
const LOOK: Duration = Duration::from_millis(5);

/// Connections to one database. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Pool(deadpool_postgres::Pool);

impl Pool {
    pub(super) async fn open(config: Config) -> Result<Self, Error> {
        let manager =
            Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = deadpool_postgres::Pool::builder(manager)
            .max_size(CONNECTIONS)
            // The fewer of them are at work, the more each of them knows already.
            .queue_mode(QueueMode::Lifo)
            .post_recycle(Hook::async_fn(|client, metrics| {
                Box::pin(async move {
                    if metrics.last_used() <= JUST_USED {
                        return Ok(());
                    }
                    match timeout(SILENCE, client.simple_query("")).await {
                        Ok(answer) => answer.map(drop).map_err(HookError::Backend),
                        Err(_) => Err(HookError::message("it is silent")),
                    }
                })
            }))
            .build()
            .map_err(|error| Error::Address(error.to_string()))?;
        let pool = Self(pool);
        drop(pool.get().await?);
        Ok(pool)
    }

    /// A connection that is nobody else's, also from a server that is only starting.
    pub(crate) async fn get(&self) -> Result<Client, Error> {
        let deadline = Instant::now() + WAIT;
        loop {
            let refusal = match timeout_at(deadline, self.0.get()).await {
                Ok(Ok(client)) => return Ok(client),
                Ok(Err(PoolError::Backend(error))) => Refusal::from(error),
                Ok(Err(_)) => return Err(Error::Closed),
                Err(_) => return Err(Error::NoConnection { seconds: WAIT.as_secs() }),
            };
            if !refusal.is_not_there_yet() || Instant::now() >= deadline {
                return Err(refusal.into());
            }
            sleep(AGAIN).await;
        }
    }

    /// Lends no connection any more, and waits until each has come back.
    pub(crate) async fn close(&self) {
        self.0.close();
        let deadline = Instant::now() + WAIT;
        while self.0.status().size > 0 && Instant::now() < deadline {
            sleep(LOOK).await;
        }
    }
}
