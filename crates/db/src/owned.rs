//! Transactions whose work owns what it needs.

use std::{
    any::Any,
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    time::Duration,
};

use tokio::{runtime::Handle, sync::oneshot, time::timeout};
use tracing::{Instrument as _, Span};

use crate::{
    Db, Error, Fence, Tx,
    connect::Engine,
    signal::Signal,
    sqlite::{Errand, Unit},
    tx::{Connection, Open, UnderWay},
};

/// Nobody waits longer for a unit of work that does not end.
const WAIT: Duration = Duration::from_secs(30);

impl Db {
    /// [`tx`](Self::tx), of work that owns what it needs: on SQLite it runs on the writer's own thread, so that nobody has
    /// to be woken between it and the next. For what is written often.
    ///
    /// Once begun, it goes on when its caller goes away.
    ///
    /// # Errors
    /// What `work` returned, or why nothing was stored.
    ///
    /// # Panics
    /// Where `work` does.
    pub async fn tx_owned<T, E, Working>(
        &self,
        name: &'static str,
        work: impl Fn(Tx) -> Working + Send + 'static,
    ) -> Result<T, E>
    where
        Working: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let Engine::Sqlite(sqlite) = &*self.engine else { return self.tx(name, work).await };
        let _under_way = UnderWay::of(self);
        let (answer, answered) = oneshot::channel();
        let (fences, span) = (self.fences, Span::current());
        let owned = Owned { name, fences, span, work, done: None, signals: BTreeSet::new(), answer };
        sqlite.give(name, Box::new(owned)).await?;
        let answer = timeout(WAIT, answered).await;
        let answer = answer.map_err(|_| Error::Busy { name, seconds: WAIT.as_secs() })?;
        match answer.unwrap_or_else(|_| Answer::Failed(Error::Closed)) {
            Answer::Stored(value, signals) => {
                self.raise(signals);
                Ok(value)
            }
            Answer::Refused(refusal) => Err(refusal),
            Answer::Failed(error) => Err(error.into()),
            Answer::Panicked(reason) => resume_unwind(reason),
        }
    }
}

struct Owned<T, E, Work> {
    name: &'static str,
    fences: &'static [Fence],
    span: Span,
    work: Work,
    done: Option<Done<T, E>>,
    signals: BTreeSet<Signal>,
    answer: oneshot::Sender<Answer<T, E>>,
}

/// How the work ended, before it is stored.
enum Done<T, E> {
    Ended(Result<T, E>),
    Failed(Error),
    Panicked(Box<dyn Any + Send>),
}

enum Answer<T, E> {
    Stored(T, BTreeSet<Signal>),
    Refused(E),
    Failed(Error),
    Panicked(Box<dyn Any + Send>),
}

impl<T, E, Work, Working> Errand for Owned<T, E, Work>
where
    Work: Fn(Tx) -> Working + Send,
    Working: Future<Output = Result<T, E>>,
    T: Send,
    E: Send,
{
    fn is_awaited(&self) -> bool {
        !self.answer.is_closed()
    }

    fn run(&mut self, unit: Unit) -> Option<(Unit, bool)> {
        let open = Open::new(Connection::Sqlite(unit), self.fences).shared();
        let working = || {
            let work = (self.work)(Tx::of(&open)).instrument(self.span.clone());
            Handle::current().block_on(async { timeout(WAIT, work).await })
        };
        let done = match catch_unwind(AssertUnwindSafe(working)) {
            Ok(Ok(ended)) => Done::Ended(ended),
            Ok(Err(_)) => Done::Failed(Error::Busy { name: self.name, seconds: WAIT.as_secs() }),
            Err(reason) => Done::Panicked(reason),
        };
        let Some((Connection::Sqlite(unit), signals)) = Open::ended(open) else {
            self.done = Some(Done::Failed(Error::Kept { name: self.name }));
            return None;
        };
        self.signals = signals;
        let is_kept = matches!(done, Done::Ended(Ok(_)));
        self.done = Some(done);
        Some((unit, is_kept))
    }

    fn end(self: Box<Self>, stored: Result<(), Error>) {
        let answer = match (self.done, stored) {
            (Some(Done::Panicked(reason)), _) => Answer::Panicked(reason),
            (Some(Done::Failed(error)), _) => Answer::Failed(error),
            (Some(Done::Ended(Err(refusal))), _) => Answer::Refused(refusal),
            (Some(Done::Ended(Ok(value))), Ok(())) => Answer::Stored(value, self.signals),
            (Some(Done::Ended(Ok(_))) | None, Err(error)) => Answer::Failed(error),
            (None, Ok(())) => Answer::Failed(Error::Closed),
        };
        // Nobody may be waiting any more.
        let _ = self.answer.send(answer);
    }
}
