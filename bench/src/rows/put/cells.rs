//! Balie under load: each kind of request at each number of clients.

use std::time::Duration;

use super::{CLIENTS, FSYNCS, KINDS, Kind, MAILS, MEMORY, SLOWEST, WRITTEN, requests::Puts};
use crate::{
    figures::{CPU, Figures},
    house::{Database, House, Running, ask},
    load::{Load, Ran},
    traced::Traced,
    usage::{self, Usage},
};

const LASTING: Duration = Duration::from_secs(2);
/// More than are made in one case.
const NUMBERS: u64 = 1_000_000;
/// Of these the waits for the disk are counted.
const COUNTED: [usize; 2] = [1, 64];

/// All cases, on one database that grows meanwhile.
pub(super) async fn measure(house: &House) -> anyhow::Result<Figures> {
    let (running, mut figures) = (house.run(None).await?, Figures::default());
    for (place, clients) in (0..).zip(CLIENTS) {
        let mut turn = Turn::new(&running, house, place * NUMBERS, clients);
        for kind in KINDS {
            let before = Usage::of(&running.processes)?;
            let ran = turn.run(kind, LASTING).await?;
            let used = Usage::of(&running.processes)?.since(before);
            note(&mut figures, &kind.case(clients), &ran);
            let count = ran.took.count() as f64;
            figures.add(kind.case(clients), CPU, used.cpu_seconds * 1e6 / count);
            figures.add(kind.case(clients), WRITTEN, used.written_bytes / 1e3 / count);
        }
    }
    figures.add("all", MEMORY, usage::peak_memory(running.server.pid())?);
    figures.extend(with_mails(house, &running).await?);
    running.server.stop().await?;
    Ok(figures)
}

/// New ones while the mail server takes what it is given; much waits for it already.
async fn with_mails(house: &House, running: &Running) -> anyhow::Result<Figures> {
    let mut figures = Figures::default();
    let case = format!("{}, mails going out", Kind::New.case(64));
    house.sink.set_open(true);
    let (before, mut turn) = (house.sink.mails(), Turn::new(running, house, 9 * NUMBERS, 64));
    let ran = turn.run(Kind::New, LASTING).await?;
    note(&mut figures, &case, &ran);
    figures.add(case, MAILS, (house.sink.mails() - before) as f64 / ran.seconds);
    house.sink.set_open(false);
    Ok(figures)
}

fn note(figures: &mut Figures, case: &str, ran: &Ran) {
    ran.note(figures, case);
    figures.add(case, SLOWEST, ran.took.quantile(0.99) / ran.took.quantile(0.5));
}

/// How often a request waits for the disk: on SQLite with the calls of the platform traced, on PostgreSQL by its own
/// count, which is complete when those who wrote are gone.
pub(super) async fn fsyncs(house: &House) -> anyhow::Result<Figures> {
    let mut figures = Figures::default();
    let traced = match house.database {
        Database::Sqlite => match Traced::in_folder(house.folder.path()) {
            None => return Ok(figures),
            traced => traced,
        },
        Database::Postgres(_) => None,
    };
    for (clients, kind) in COUNTED.into_iter().flat_map(|clients| KINDS.map(|kind| (clients, kind))) {
        let running = house.run(traced.as_ref()).await?;
        let mut turn = Turn::new(&running, house, 0, clients);
        if kind != Kind::New {
            turn.run(Kind::New, LASTING / 2).await?;
        }
        let before = count(house, traced.as_ref()).await?;
        let requests = turn.run(kind, LASTING).await?.took.count();
        let after = match &traced {
            Some(traced) => traced.fsyncs()?,
            None => f64::NAN,
        };
        running.server.stop().await?;
        let after = if traced.is_some() { after } else { count(house, None).await? };
        figures.add(kind.case(clients), FSYNCS, (after - before) / requests as f64);
    }
    Ok(figures)
}

async fn count(house: &House, traced: Option<&Traced>) -> anyhow::Result<f64> {
    match traced {
        Some(traced) => traced.fsyncs(),
        None => Ok(ask(&house.database.copy_for_all()?, "select wal_sync from pg_stat_wal")
            .await?
            .trim()
            .parse()?),
    }
}

/// The kinds in turn, about the same appointments.
pub(super) struct Turn<'a> {
    running: &'a Running,
    puts: std::sync::Arc<Puts>,
    clients: usize,
    known: u64,
    changes: u64,
}

impl<'a> Turn<'a> {
    pub(super) fn new(running: &'a Running, house: &House, first: u64, clients: usize) -> Self {
        let puts = Puts::new(&running.token, &house.people, first);
        Self { running, puts, clients, known: 0, changes: 0 }
    }

    /// About appointments that an earlier run made.
    pub(super) fn going_on(
        running: &'a Running,
        house: &House,
        (known, changes): (u64, u64),
        clients: usize,
    ) -> Self {
        Self { known, changes, ..Self::new(running, house, 0, clients) }
    }

    /// How many appointments there are, and how often they were changed.
    pub(super) fn so_far(&self) -> (u64, u64) {
        (self.known, self.changes)
    }

    pub(super) async fn run(&mut self, kind: Kind, lasting: Duration) -> anyhow::Result<Ran> {
        let requests = self.puts.of(kind, self.known, self.changes);
        let load =
            Load { address: self.running.server.address, clients: self.clients, lasting, expects: 200 };
        let ran = load.run(requests).await?;
        match kind {
            Kind::New => self.known = ran.took.count(),
            Kind::Modified => self.changes += ran.took.count(),
            Kind::Unchanged => {}
        }
        Ok(ran)
    }
}
