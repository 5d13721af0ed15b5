use std::{mem, sync::Arc};

use deadpool_postgres::Client;
use futures::{TryStreamExt as _, pin_mut};
use tokio::runtime::Handle;
use tokio_postgres::Statement;

use super::{Pool, PostgresRow, Refusal, sent::Sent, values::Parameter};
use crate::{Error, Value};

/// So many requests may be on their way before somebody waits for their answers.
const ON_THEIR_WAY: usize = 64;

/// A transaction that begins with its first statement. Requests are sent as they are made, and answers are waited for only
/// where something depends on them: what a statement needs before it goes on the same trip to the database.
pub(crate) struct Transaction {
    pool: Pool,
    begin: &'static str,
    begun: Option<Begun>,
}

/// What has begun, and is rolled back unless it is ended.
struct Begun {
    client: Arc<Client>,
    on_their_way: Vec<Sent<Result<(), Refusal>>>,
    /// Something was asked, and its answer has not come.
    is_busy: bool,
    has_ended: bool,
}

impl Transaction {
    pub(super) fn of(pool: &Pool, begin: &'static str) -> Self {
        Self { pool: pool.clone(), begin, begun: None }
    }

    /// Begins, where that has not been done. From here to the end this scope is in force and this lock is held.
    pub(crate) async fn enter(&mut self, scope: Option<&str>, lock: Option<&str>) -> Result<(), Error> {
        match (scope, lock) {
            (None, None) => self.begun().await.map(drop),
            (Some(scope), None) => self.execute_later(SCOPE, vec![scope.into()]).await,
            (None, Some(lock)) => self.execute_later(LOCK, vec![lock.into()]).await,
            (Some(scope), Some(lock)) => self.execute_later(BOTH, vec![scope.into(), lock.into()]).await,
        }
    }

    /// Has it done; a refusal is told with the next answer that is waited for.
    pub(crate) async fn execute_later(&mut self, text: &str, values: Vec<Value>) -> Result<(), Error> {
        let begun = self.begun().await?;
        let (statement, parameters) = begun.prepare(text, values).await?;
        let client = Arc::clone(&begun.client);
        begun.on_their_way.push(Sent::of(async move {
            let done = client.execute_raw(&statement, &parameters).await;
            done.map(drop).map_err(|error| Refusal::from(error).told_to_another())
        }));
        if begun.on_their_way.len() < ON_THEIR_WAY { Ok(()) } else { Ok(begun.settle().await?) }
    }

    /// How many rows it touched.
    pub(crate) async fn execute(&mut self, text: &str, values: Vec<Value>) -> Result<u64, Error> {
        let begun = self.begun().await?;
        let (statement, parameters) = begun.prepare(text, values).await?;
        let client = Arc::clone(&begun.client);
        let sent = Sent::of(async move { client.execute_raw(&statement, &parameters).await });
        begun.answer(sent).await
    }

    pub(crate) async fn rows(&mut self, text: &str, values: Vec<Value>) -> Result<Vec<PostgresRow>, Error> {
        let begun = self.begun().await?;
        let (statement, parameters) = begun.prepare(text, values).await?;
        let client = Arc::clone(&begun.client);
        let sent = Sent::of(async move {
            let rows = client.query_raw(&statement, &parameters).await?;
            pin_mut!(rows);
            let mut read = Vec::new();
            while let Some(row) = rows.try_next().await? {
                read.push(PostgresRow(row));
            }
            Ok(read)
        });
        begun.answer(sent).await
    }

    pub(crate) async fn commit(self) -> Result<(), Error> {
        match self.begun {
            Some(begun) => begun.commit().await,
            None => Ok(()),
        }
    }

    async fn begun(&mut self) -> Result<&mut Begun, Error> {
        let begun = match self.begun.take() {
            Some(begun) => begun,
            None => Begun::with(self.pool.get().await?, self.begin),
        };
        Ok(self.begun.insert(begun))
    }
}

impl Begun {
    fn with(client: Client, begin: &'static str) -> Self {
        let client = Arc::new(client);
        let begin = said(&client, begin);
        Self { client, on_their_way: vec![begin], is_busy: true, has_ended: false }
    }

    async fn prepare(
        &mut self,
        text: &str,
        values: Vec<Value>,
    ) -> Result<(Statement, Vec<Parameter>), Error> {
        let parameters: Vec<Parameter> = values.into_iter().map(Parameter).collect();
        let kinds: Vec<_> = parameters.iter().map(Parameter::kind).collect();
        // Whoever prepares something asks it next.
        self.is_busy = true;
        match self.client.prepare_typed_cached(text, &kinds).await {
            Ok(statement) => Ok((statement, parameters)),
            Err(refusal) => {
                // What was refused before is why this is.
                self.settle().await?;
                Err(refusal.into())
            }
        }
    }

    /// Waits for the answers to all that was asked before, and then for this one.
    async fn answer<T>(&mut self, sent: Sent<Result<T, tokio_postgres::Error>>) -> Result<T, Error> {
        let before = self.answers().await;
        let answer = sent.answer().await;
        self.is_busy = false;
        before?;
        Ok(answer?)
    }

    /// Waits until nothing is on its way.
    async fn settle(&mut self) -> Result<(), Refusal> {
        let outcome = self.answers().await;
        self.is_busy = false;
        outcome
    }

    /// The answers to all that was asked without waiting: the first refusal, from which the others follow.
    async fn answers(&mut self) -> Result<(), Refusal> {
        let mut outcome = Ok(());
        for sent in mem::take(&mut self.on_their_way) {
            outcome = outcome.and(sent.answer().await);
        }
        outcome
    }

    /// PostgreSQL rolls back where it refused anything before.
    async fn commit(mut self) -> Result<(), Error> {
        let commit = said(&self.client, "commit");
        self.has_ended = true;
        let before = self.answers().await;
        let committed = commit.answer().await;
        before?;
        Ok(committed?)
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if self.has_ended {
            return;
        }
        let rolled_back = said(&self.client, "rollback");
        // Who has the connection next stands behind this in its queue, and must not stand behind a lock: it comes back
        // when everything is answered.
        if self.is_busy
            && let Ok(runtime) = Handle::try_current()
        {
            let client = Arc::clone(&self.client);
            runtime.spawn(async move {
                let _ = rolled_back.answer().await;
                drop(client);
            });
        }
    }
}

/// Sends words of our own, without parameters.
fn said(client: &Arc<Client>, words: &'static str) -> Sent<Result<(), Refusal>> {
    let client = Arc::clone(client);
    Sent::of(async move { client.batch_execute(words).await.map_err(Refusal::from) })
}

/// Until the transaction ends, however it ends.
const SCOPE: &str = "select set_config('balie.scope', $1, true)";
const LOCK: &str = "select pg_advisory_xact_lock(hashtextextended($1, 0))";
const BOTH: &str =
    "select set_config('balie.scope', $1, true), pg_advisory_xact_lock(hashtextextended($2, 0))";
