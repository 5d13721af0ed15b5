//! A pool whose connections see one schema, and signals that reach other processes.

mod transaction;

use std::{str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use tokio::task::JoinHandle;

pub(crate) use self::transaction::Transaction;
use crate::{
    Error,
    outgoing::Outgoing,
    signal::{Signal, Signals},
};

const WAIT: Duration = Duration::from_secs(10);
const CONNECTIONS: u32 = 16;
const JUST_USED: Duration = Duration::from_secs(1);
const INSUFFICIENT_PRIVILEGE: &str = "42501";
/// How long to wait before listening again.
const AGAIN: Duration = Duration::from_secs(1);

pub(crate) struct Postgres {
    pool: PgPool,
    schema: String,
    options: Box<PgConnectOptions>,
    outgoing: Arc<Outgoing>,
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
            .test_before_acquire(false)
            .before_acquire(|connection, meta| {
                Box::pin(async move {
                    // One that was in use a moment ago is there still: to ask it would be a trip more each time.
                    if meta.idle_for > JUST_USED {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_with(options.clone())
            .await?;
        let channel = format!("balie_{schema}");
        let outgoing = Arc::new(Outgoing::default());
        // Before anything is read: what is committed from now on is heard.
        let ear = ear(&pool, &channel).await?;
        let sending = {
            let (outgoing, pool, channel) = (Arc::clone(&outgoing), pool.clone(), channel.clone());
            async move { outgoing.send(pool, channel).await }
        };
        let hearing = hear_always(ear, pool.clone(), channel, signals.clone());
        Ok(Self {
            pool,
            schema: schema.to_owned(),
            options: Box::new(options),
            outgoing,
            tasks: [tokio::spawn(sending), tokio::spawn(hearing)],
        })
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub(crate) fn schema(&self) -> &str {
        &self.schema
    }

    pub(crate) fn options(&self) -> &PgConnectOptions {
        &self.options
    }

    pub(crate) fn transaction(&self) -> Transaction {
        Transaction::of(&self.pool, "begin")
    }

    pub(crate) fn view(&self) -> Transaction {
        Transaction::of(&self.pool, "begin isolation level repeatable read read only")
    }

    /// Tells the other processes, soon.
    pub(crate) fn notify(&self, signals: impl IntoIterator<Item = Signal>) {
        self.outgoing.add(signals);
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
    // Whoever only works with the tables may not even ask for one that is there.
    let is_there: bool = sqlx::query_scalar("select to_regnamespace($1) is not null")
        .bind(schema)
        .fetch_one(&mut connection)
        .await?;
    if is_there {
        return Ok(connection.close().await?);
    }
    // Two processes that start at once: the second finds it made.
    let text = format!("create schema if not exists {schema}");
    if let Err(error) = connection.execute(AssertSqlSafe(text)).await {
        let refusal = error.as_database_error();
        if refusal.is_some_and(|refusal| refusal.code().is_some_and(|code| code == INSUFFICIENT_PRIVILEGE)) {
            return Err(Error::NotMigrated);
        }
        if !refusal.is_some_and(sqlx::error::DatabaseError::is_unique_violation) {
            return Err(error.into());
        }
    }
    Ok(connection.close().await?)
}

async fn ear(pool: &PgPool, channel: &str) -> Result<PgListener, sqlx::Error> {
    let mut ear = PgListener::connect_with(pool).await?;
    ear.listen(channel).await?;
    Ok(ear)
}

async fn hear_always(mut listening: PgListener, pool: PgPool, channel: String, signals: Signals) {
    loop {
        let error = hear(&mut listening, &signals).await;
        tracing::debug!(%error, "signals are not heard; polling until they are");
        listening = loop {
            tokio::time::sleep(AGAIN).await;
            if let Ok(ear) = ear(&pool, &channel).await {
                break ear;
            }
        };
        signals.raise_all();
    }
}

async fn hear(ear: &mut PgListener, signals: &Signals) -> sqlx::Error {
    loop {
        match ear.try_recv().await {
            Ok(Some(notice)) => notice.payload().lines().for_each(|signal| signals.raise(signal)),
            // It was cut off and listens again; what was said in between is lost.
            Ok(None) => signals.raise_all(),
            Err(error) => return error,
        }
    }
}
