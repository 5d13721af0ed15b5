//! Balie and each peer under the same load, each alone and from nothing.

use std::{sync::Arc, time::Duration};

use super::{
    super::put::{FSYNCS, Kind, MEMORY, requests::Puts},
    BALIE, CLIENTS, KINDS, case,
    peer::{About, Peer},
};
use crate::{
    figures::{CPU, Figures, P50, P99, RATE},
    house::House,
    load::{Load, Ran, Requests},
    server::Server,
    traced::Traced,
    usage::{self, Usage},
};

const WARM: Duration = Duration::from_secs(1);
const LASTING: Duration = Duration::from_secs(2);
/// More than are made in one case.
const NUMBERS: u64 = 1_000_000;
/// Of which the waits for the disk are counted.
const COUNTED: usize = 64;

/// A server that is there, and what it is sent.
struct Contestant<'a> {
    name: &'static str,
    server: &'a Server,
    requests: &'a (dyn Fn(Kind, About) -> Arc<Requests> + Sync),
    expects: &'a (dyn Fn(Kind) -> u16 + Sync),
}

pub(super) async fn of_balie(house: &House) -> anyhow::Result<Figures> {
    let running = house.run(None).await?;
    let requests =
        |kind, about: About| Puts::new(&running.token, &house.people, about.first).of(kind, about.known, 0);
    let balie = Contestant { name: BALIE, server: &running.server, requests: &requests, expects: &|_| 200 };
    let figures = balie.measure().await?;
    running.server.stop().await?;
    Ok(figures)
}

pub(super) async fn of_peer(peer: &dyn Peer, house: &House) -> anyhow::Result<Figures> {
    let folder = tempfile::tempdir()?;
    let server = peer.start(folder.path(), None).await?;
    let requests = |kind, about| peer.requests(&house.people, kind, about);
    let expects = |kind| peer.expects(kind);
    let contestant =
        Contestant { name: peer.name(), server: &server, requests: &requests, expects: &expects };
    let figures = contestant.measure().await?;
    server.stop().await?;
    Ok(figures)
}

/// How often a request of each peer waits for the disk, by its calls of the kernel; Balie has that in its own row.
pub(super) async fn fsyncs(house: &House, peers: &[Box<dyn Peer>]) -> anyhow::Result<Figures> {
    let mut figures = Figures::default();
    for peer in peers {
        let folder = tempfile::tempdir()?;
        let Some(traced) = Traced::in_folder(folder.path()) else { break };
        let server = peer.start(folder.path(), Some(&traced)).await?;
        let requests = |kind, about| peer.requests(&house.people, kind, about);
        let expects = |kind| peer.expects(kind);
        let contestant =
            Contestant { name: peer.name(), server: &server, requests: &requests, expects: &expects };
        figures.extend(contestant.count_fsyncs(&traced).await?);
        server.stop().await?;
    }
    Ok(figures)
}

impl Contestant<'_> {
    async fn measure(&self) -> anyhow::Result<Figures> {
        let (mut figures, processes) = (Figures::default(), [self.server.pid()]);
        self.run(Kind::New, 1, About { first: 9 * NUMBERS, known: 0 }, WARM).await?;
        for (place, clients) in (0..).zip(CLIENTS) {
            let mut about = About { first: place * NUMBERS, known: 0 };
            for kind in KINDS {
                let before = Usage::of(&processes)?;
                let ran = self.run(kind, clients, about, LASTING).await?;
                let used = Usage::of(&processes)?.since(before);
                if kind == Kind::New {
                    about.known = ran.took.count();
                }
                let case = case(self.name, kind, clients);
                let cpu = used.cpu_seconds * 1e6 / ran.took.count() as f64;
                let (p50, p99) = (ran.took.quantile(0.5), ran.took.quantile(0.99));
                for (metric, value) in [(RATE, ran.rate()), (P50, p50), (P99, p99), (CPU, cpu)] {
                    figures.add(case.as_str(), metric, value);
                }
            }
        }
        figures.add(self.name, MEMORY, usage::peak_memory_of_all(self.server.pid())?);
        Ok(figures)
    }

    async fn count_fsyncs(&self, traced: &Traced) -> anyhow::Result<Figures> {
        let (mut figures, mut about) = (Figures::default(), About { first: 0, known: 0 });
        for kind in KINDS {
            let before = traced.fsyncs()?;
            let requests = self.run(kind, COUNTED, about, LASTING).await?.took.count();
            about.known = requests;
            figures.add(
                case(self.name, kind, COUNTED),
                FSYNCS,
                (traced.fsyncs()? - before) / requests as f64,
            );
        }
        Ok(figures)
    }

    async fn run(&self, kind: Kind, clients: usize, about: About, lasting: Duration) -> anyhow::Result<Ran> {
        let load = Load { address: self.server.address, clients, lasting, expects: (self.expects)(kind) };
        load.run((self.requests)(kind, about)).await
    }
}
