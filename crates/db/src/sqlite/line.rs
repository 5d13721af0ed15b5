//! Units of work that own what they need, carried out one after another on a thread of the writer's own.
//!
//! A task that waits for its turn has to be found by a thread first, and nobody writes meanwhile. An errand is at hand as
//! soon as the one before it has ended, and the thread that carried them out commits for all of them.
//!
//! A savepoint costs a copy of every page that changes in it, and is needed only where a unit is undone after it has
//! written. That is rare, so a batch begins without: then it is undone as a whole, and all that is in it runs again, each
//! in a savepoint of its own.

use std::sync::{
    Arc,
    mpsc::{Receiver, Sender, channel},
};

use tokio::{
    runtime::Handle,
    sync::{Mutex, OwnedSemaphorePermit, Semaphore, watch},
    time::timeout,
};

use super::{
    WAIT,
    batch::Unit,
    stopping,
    writer::{Fate, Turn, Writer},
};
use crate::Error;

/// So many wait in line; whoever comes then waits for a place.
const PLACES: usize = 1_024;
/// So many share a commit.
const AT_MOST: usize = 256;

/// A unit of work that owns what it needs.
pub(crate) trait Errand: Send {
    /// Whether anybody still waits for it.
    fn is_awaited(&self) -> bool;

    /// Does its work in this unit, which it gives back with whether that is to be kept. It may be asked to do it again:
    /// then nothing is left of the time before.
    fn run(&mut self, unit: Unit) -> Option<(Unit, bool)>;

    /// Tells whoever waits what became of it.
    fn end(self: Box<Self>, stored: Result<(), Error>);
}

type Placed = (OwnedSemaphorePermit, Box<dyn Errand>);

/// Where errands wait.
pub(super) struct Line {
    enter: Sender<Placed>,
    places: Arc<Semaphore>,
}

impl Line {
    /// The line before this writer.
    pub(super) fn before(writer: &Arc<Mutex<Writer>>) -> Result<Self, Error> {
        let (enter, line) = channel();
        let writer = Arc::clone(writer);
        let clerk = Clerk { writer, line };
        let runtime = Handle::current();
        let work = move || {
            let _inside = runtime.enter();
            clerk.work();
        };
        let begun = std::thread::Builder::new().name("writer".to_owned()).spawn(work);
        begun.map_err(|error| Error::Commit(format!("there is no thread for it: {error}")))?;
        Ok(Self { enter, places: Arc::new(Semaphore::new(PLACES)) })
    }

    pub(super) async fn join(&self, name: &'static str, errand: Box<dyn Errand>) -> Result<(), Error> {
        let place = timeout(WAIT, Arc::clone(&self.places).acquire_owned()).await;
        let place = place.map_err(|_| Error::Busy { name, seconds: WAIT.as_secs() })?;
        let placed = (place.map_err(|_| stopping())?, errand);
        self.enter.send(placed).map_err(|_| stopping())
    }
}

/// Who carries them out.
struct Clerk {
    writer: Arc<Mutex<Writer>>,
    line: Receiver<Placed>,
}

impl Clerk {
    fn work(self) {
        // It ends with the database's last user.
        while let Ok(first) = self.line.recv() {
            self.batch(called(first));
        }
    }

    /// Those who stand in line share a commit. It waits for nobody: who comes while it is made shares the next one, and is
    /// read and answered meanwhile.
    fn batch(&self, first: Box<dyn Errand>) {
        let mut batch = match Batch::begin(Arc::clone(&self.writer).blocking_lock_owned()) {
            Ok(batch) => batch,
            Err(error) => return first.end(Err(error)),
        };
        batch.add(first);
        for placed in self.line.try_iter().take(AT_MOST - 1) {
            batch.add(called(placed));
        }
        batch.end(&self.writer);
    }
}

/// Out of the line, at once: its place is free for another.
fn called((_, errand): Placed) -> Box<dyn Errand> {
    errand
}

/// Errands that share a commit.
struct Batch {
    /// None once an errand has kept it.
    turn: Option<Turn>,
    /// Where its end is told, also if another ends it.
    fate: watch::Receiver<Fate>,
    errands: Vec<Box<dyn Errand>>,
    /// Whether each can be undone alone.
    has_savepoints: bool,
}

impl Batch {
    fn begin(mut turn: Turn) -> Result<Self, Error> {
        let under_way = turn.batch()?;
        // Those who have begun one are not ours to run again.
        let has_savepoints = under_way.is_some();
        let fate = under_way.map_or_else(|| begin_anew(&mut turn), Ok)?;
        Ok(Self { turn: Some(turn), fate, errands: Vec::new(), has_savepoints })
    }

    /// Carries out one more, and all of them again where that broke what they share.
    fn add(&mut self, errand: Box<dyn Errand>) {
        if !errand.is_awaited() {
            return;
        }
        self.carry_out(errand);
        let Some(turn) = self.turn.as_mut().filter(|turn| turn.is_broken() && !self.has_savepoints) else {
            return;
        };
        self.has_savepoints = true;
        let begun = begin_anew(turn).map(|fate| self.fate = fate);
        for errand in std::mem::take(&mut self.errands) {
            match &begun {
                Ok(()) => self.carry_out(errand),
                Err(error) => errand.end(Err(error.clone())),
            }
        }
    }

    fn carry_out(&mut self, mut errand: Box<dyn Errand>) {
        let Some(turn) = self.turn.take() else { return errand.end(Err(stopping())) };
        match self.unit(turn) {
            Ok(unit) => {
                self.turn = errand.run(unit).map(|(unit, is_kept)| unit.left(is_kept));
                self.errands.push(errand);
            }
            Err((turn, error)) => {
                self.turn = Some(turn);
                errand.end(Err(error));
            }
        }
    }

    fn unit(&self, mut turn: Turn) -> Result<Unit, (Turn, Error)> {
        let opened = match turn.batch() {
            Err(error) => Err(error),
            // A savepoint outside of a batch would be a transaction of its own, and nobody's.
            Ok(None) => Err(Error::Commit("its batch could not begin again".to_owned())),
            Ok(Some(_)) if self.has_savepoints => turn.open_unit().map_err(Error::from),
            Ok(Some(_)) => {
                turn.open_bare_unit();
                Ok(())
            }
        };
        match opened {
            Ok(()) => Ok(Unit::opened(turn, self.fate.clone())),
            Err(error) => Err((turn, error)),
        }
    }

    /// Makes them durable, and tells each.
    fn end(self, writer: &Arc<Mutex<Writer>>) {
        let mut turn = self.turn.unwrap_or_else(|| Arc::clone(writer).blocking_lock_owned());
        turn.end_batch();
        let (stored, errands) = (self.fate.borrow().clone().told(), self.errands);
        // Waking them is not the writer's work.
        Handle::current()
            .spawn(async move { errands.into_iter().for_each(|errand| errand.end(stored.clone())) });
        turn.tidy();
    }
}

fn begin_anew(turn: &mut Turn) -> Result<watch::Receiver<Fate>, Error> {
    turn.end_batch();
    let fate = turn.announce_batch();
    let begun = turn.begin_batch();
    if begun.is_err() {
        turn.end_batch();
    }
    begun.map(|()| fate)
}
