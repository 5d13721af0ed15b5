//! A pool whose connections see one schema, and signals that reach other processes.

mod address;
mod alone;
mod ear;
mod migrate;
mod pool;
mod refusal;
mod schema;
mod sent;
mod transaction;
mod values;

use std::sync::Arc;

use tokio::task::JoinHandle;
use tokio_postgres::Config;

use self::ear::Ear;
pub use self::refusal::Refusal;
pub(crate) use self::{
    alone::Alone,
    migrate::Owner,
    pool::Pool,
    transaction::Transaction,
    values::{FromPostgres, PostgresRow},
};
use crate::{
    Error,
    outgoing::Outgoing,
    signal::{Signal, Signals},
};

pub(crate) struct Postgres {
    pool: Pool,
    schema: String,
    config: Box<Config>,
    outgoing: Arc<Outgoing>,
    tasks: [JoinHandle<()>; 2],
}

impl Postgres {
    pub(crate) async fn open(url: &str, schema: &str, signals: &Signals) -> Result<Self, Error> {
        let config = address::parse(url)?;
        schema::create(&config, schema).await?;
        let config = address::with_settings(&config, &[("search_path", schema)]);
        let pool = Pool::open(config.clone()).await?;
        let channel = format!("balie_{schema}");
        let outgoing = Arc::new(Outgoing::default());
        // Before anything is read: what is committed from now on is heard.
        let ear = Ear::open(&config, &channel, signals).await?;
        let sending = {
            let (outgoing, pool, channel) = (Arc::clone(&outgoing), pool.clone(), channel.clone());
            async move { outgoing.send(pool, channel).await }
        };
        let hearing = ear.hear_always(config.clone(), channel, signals.clone());
        let tasks = [tokio::spawn(sending), tokio::spawn(hearing)];
        Ok(Self { pool, schema: schema.to_owned(), config: Box::new(config), outgoing, tasks })
    }

    pub(crate) fn pool(&self) -> &Pool {
        &self.pool
    }

    pub(crate) fn schema(&self) -> &str {
        &self.schema
    }

    /// How it is reached, with these settings besides.
    pub(crate) fn config(&self, settings: &[(&str, &str)]) -> Config {
        address::with_settings(&self.config, settings)
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
        self.stop_tasks();
        self.pool.close().await;
    }

    fn stop_tasks(&self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop_tasks();
    }
}
