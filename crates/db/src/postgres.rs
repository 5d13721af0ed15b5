//! A pool whose connections see one schema, and signals that reach other processes.

use std::{str::FromStr, time::Duration};

use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, PgPool, Transaction,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use tokio::{sync::mpsc, task::JoinHandle};

use crate::{Error, signal::Signals};

const WAIT: Duration = Duration::from_secs(10);
const CONNECTIONS: u32 = 16;
/// More names than there are kinds of signals: a full queue only means that the same ones wait already.
const NOTICES: usize = 64;

pub(crate) struct Postgres {
    pool: PgPool,
    notices: mpsc::Sender<&'static str>,
    tasks: [JoinHandle<()>; 2],
}

impl Postgres {
    pub(crate) async fn open(url: &str, schema: &str, signals: &Signals) -> Result<Self, Error> {
        let options = PgConnectOptions::from_str(url)?.application_name("balie");
        create_schema(&options, schema).await?;
        let options = options.options([("search_path", schema)]);
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(WAIT)
            .connect_with(options)
            .await?;
        let (notices, queue) = mpsc::channel(NOTICES);
        let channel = format!("balie_{schema}");
        let tasks = [
            tokio::spawn(send_notices(pool.clone(), channel.clone(), queue)),
            tokio::spawn(hear_notices(pool.clone(), channel, signals.clone())),
        ];
        Ok(Self { pool, notices, tasks })
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub(crate) async fn begin(&self, _: &'static str) -> Result<Transaction<'static, sqlx::Postgres>, Error> {
        Ok(self.pool.begin().await?)
    }

    pub(crate) async fn begin_read(&self) -> Result<Transaction<'static, sqlx::Postgres>, Error> {
        Ok(self.pool.begin_with("begin isolation level repeatable read read only").await?)
    }

    /// Tells the other processes; after the commit, since inside the transaction it halves the throughput.
    pub(crate) fn notify(&self, name: &'static str) {
        let _ = self.notices.try_send(name);
    }

    pub(crate) async fn close(&self) {
        for task in &self.tasks {
            task.abort();
        }
        self.pool.close().await;
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

async fn create_schema(options: &PgConnectOptions, schema: &str) -> Result<(), Error> {
    if schema.is_empty() || !schema.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    {
        return Err(Error::Migrate(format!("{schema:?} is no schema name: use a-z, 0-9 and _")));
    }
    let mut connection = PgConnection::connect_with(options).await?;
    // Two processes that start at once: the second finds it made.
    let text = format!("create schema if not exists {schema}");
    if let Err(error) = connection.execute(AssertSqlSafe(text)).await {
        let raced = error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation);
        if !raced {
            return Err(error.into());
        }
    }
    Ok(connection.close().await?)
}

/// Sends what gathered as one statement per name, on one connection.
async fn send_notices(pool: PgPool, channel: String, mut queue: mpsc::Receiver<&'static str>) {
    let mut gathered = Vec::new();
    while queue.recv_many(&mut gathered, NOTICES).await > 0 {
        gathered.sort_unstable();
        gathered.dedup();
        for name in gathered.drain(..) {
            let sent = sqlx::query("select pg_notify($1, $2)").bind(&channel).bind(name).execute(&pool).await;
            if let Err(error) = sent {
                tracing::debug!(%error, "notice not sent; the others poll");
            }
        }
    }
}

async fn hear_notices(pool: PgPool, channel: String, signals: Signals) {
    loop {
        if let Err(error) = hear(&pool, &channel, &signals).await {
            tracing::debug!(%error, "notices not heard; polling until they are");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn hear(pool: &PgPool, channel: &str, signals: &Signals) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(channel).await?;
    loop {
        let notice = listener.recv().await?;
        signals.raise(notice.payload());
    }
}
