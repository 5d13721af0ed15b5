//! One actor at a time, on a clock that jumps to the next thing that happens.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use db::Db;
use futures::future::BoxFuture;
use jiff::Timestamp;

use crate::{
    actor::{Actor, ActorId, Bell, Ready, Step},
    party::Party,
    trace::Trace,
};

/// Monday 4 May 2026, 10:00 in Amsterdam.
const BEGIN_SECONDS: i64 = 1_777_881_600;

/// Who happens after whom: the time, and the order in which they were planned.
pub(crate) type EventKey = (Duration, u64);

/// Something that happens at a time of its own.
pub(crate) enum Event {
    /// At once.
    Call(Box<dyn FnOnce() + Send>),
    /// While everybody stands still: a program that starts or is killed.
    Alone(BoxFuture<'static, ()>),
}

/// Time, events, actors and what is written of them. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Scheduler(Arc<Mutex<State>>, Ready);

struct State {
    now: Duration,
    planned: u64,
    events: BTreeMap<EventKey, Event>,
    actors: BTreeMap<ActorId, Actor>,
    started: ActorId,
    databases: BTreeMap<Party, Db>,
    trace: Trace,
}

impl Scheduler {
    pub(crate) fn new() -> Self {
        let state = State {
            now: Duration::ZERO,
            planned: 0,
            events: BTreeMap::new(),
            actors: BTreeMap::new(),
            started: 0,
            databases: BTreeMap::new(),
            trace: Trace::default(),
        };
        Self(Arc::new(Mutex::new(state)), Ready::default())
    }

    /// How long the simulation has lasted, in its own time.
    pub(crate) fn elapsed(&self) -> Duration {
        self.state().now
    }

    /// The true time, which a program's clock may have wrong.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::new(BEGIN_SECONDS, 0).unwrap_or_default() + self.elapsed()
    }

    /// Lets something happen after this time.
    pub(crate) fn after(&self, time: Duration, event: Event) -> EventKey {
        let mut state = self.state();
        state.planned += 1;
        let key = (state.now + time, state.planned);
        state.events.insert(key, event);
        key
    }

    pub(crate) fn call_after(&self, time: Duration, event: impl FnOnce() + Send + 'static) -> EventKey {
        self.after(time, Event::Call(Box::new(event)))
    }

    /// It does not happen any more.
    pub(crate) fn cancel(&self, key: EventKey) {
        let event = self.state().events.remove(&key);
        // What it holds may come back here when it goes.
        drop(event);
    }

    pub(crate) fn start(&self, party: Party, work: impl Future<Output = ()> + Send + 'static) -> ActorId {
        let mut state = self.state();
        state.started += 1;
        let id = state.started;
        let actor = Actor { party, future: Box::pin(work), bell: Bell::new(id, self.1.clone()) };
        state.actors.insert(id, actor);
        self.1.add(id);
        id
    }

    /// Ends all of a program's actors, wherever they are.
    pub(crate) fn kill(&self, party: Party) {
        let mut state = self.state();
        let actors = std::mem::take(&mut state.actors);
        let (killed, alive) = actors.into_iter().partition(|(_, actor)| actor.party == party);
        state.actors = alive;
        drop(state);
        let killed: BTreeMap<ActorId, Actor> = killed;
        drop(killed);
    }

    pub(crate) fn is_alive(&self, id: ActorId) -> bool {
        self.state().actors.contains_key(&id)
    }

    /// Where this party's steps wait for SQL; `None` when it is down.
    pub(crate) fn use_database(&self, party: Party, db: Option<Db>) {
        match db {
            Some(db) => self.state().databases.insert(party, db),
            None => self.state().databases.remove(&party),
        };
    }

    pub(crate) fn database(&self, party: Party) -> Option<Db> {
        self.state().databases.get(&party).cloned()
    }

    pub(crate) fn note(&self, line: &str) {
        let mut state = self.state();
        let now = state.now;
        state.trace.add(now, line);
    }

    pub(crate) fn trace(&self) -> Trace {
        self.state().trace.clone()
    }

    /// Everybody goes on until they wait; says whether anybody could. `between` is asked after each step.
    pub(crate) async fn settle(&self, mut between: impl AsyncFnMut()) {
        while let Some(id) = self.1.first() {
            let actor = self.state().actors.remove(&id);
            let Some(mut actor) = actor else { continue };
            let databases: Vec<Db> = self.state().databases.values().cloned().collect();
            let ended = actor.step(|| databases.iter().any(|db| db.under_way() > 0)).await;
            if ended == Step::Waits {
                self.state().actors.insert(id, actor);
            } else {
                drop(actor);
            }
            between().await;
        }
    }

    /// The next thing happens, unless it is later than `until`.
    pub(crate) async fn next(&self, until: Duration) -> bool {
        let event = {
            let mut state = self.state();
            match state.events.first_key_value() {
                Some((key, _)) if key.0 <= until => {
                    state.now = key.0.max(state.now);
                    state.events.pop_first().map(|(_, event)| event)
                }
                _ => {
                    state.now = until.max(state.now);
                    None
                }
            }
        };
        match event {
            Some(Event::Call(call)) => call(),
            Some(Event::Alone(work)) => work.await,
            None => return false,
        }
        true
    }

    /// Nothing that was planned happens any more.
    pub(crate) fn forget(&self) {
        let events = std::mem::take(&mut self.state().events);
        drop(events);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
