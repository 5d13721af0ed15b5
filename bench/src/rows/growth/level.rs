//! One size of database, and the same work on each.

use std::{path::PathBuf, sync::Arc, time::Duration};

use super::super::{
    overview::{
        READERS,
        page::{self, Encoding},
    },
    put::requests::Puts,
};
use crate::{
    figures::{CPU, Figures, P99, RATE},
    house::{House, PATIENTS, PRACTICES, Running},
    load::{Load, Requests},
    stock::{EACH, Stock},
    usage::Usage,
};

const LASTING: Duration = Duration::from_secs(1);
const CLIENTS: usize = 64;
/// More than are made in one round.
const NUMBERS: u64 = 1_000_000;
/// What is filled by requests.
const SMALLEST: usize = READERS * EACH;
const APPOINTMENTS: [usize; 4] = [SMALLEST, 10_000, 100_000, 1_000_000];
const MORE_PRACTICES: [usize; 3] = [PRACTICES, 100, 1000];
const BESIDE_PRACTICES: usize = 10_000;

#[derive(Debug, Clone, Copy)]
pub(super) enum Work {
    New,
    Unchanged,
    Overview,
}

impl Work {
    /// The overview first: those who are read for have nothing new then.
    pub(super) const ALL: [Self; 3] = [Self::Overview, Self::New, Self::Unchanged];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
            Self::Overview => "overview",
        }
    }
}

pub(super) struct Level {
    /// What it is compared by: how many of them there are.
    of: &'static str,
    count: usize,
    file: PathBuf,
}

/// Every size, filled: first those of appointments, then those of practices.
pub(super) async fn all(house: &House) -> anyhow::Result<Vec<Level>> {
    let more = APPOINTMENTS.map(|count| ("appointments", count, (count, PRACTICES)));
    let wider = MORE_PRACTICES.map(|count| ("practices", count, (BESIDE_PRACTICES, count)));
    let mut levels = Vec::new();
    for (of, count, (appointments, practices)) in more.into_iter().chain(wider) {
        let file = house.folder.path().join(format!("{count}-{of}.db"));
        std::fs::copy(house.filled().trim_start_matches("sqlite:"), &file)?;
        let (stock, filled) = (Stock { appointments: appointments - SMALLEST, practices }, file.clone());
        tokio::task::spawn_blocking(move || stock.add(&filled)).await??;
        levels.push(Level { of, count, file });
    }
    Ok(levels)
}

/// Those that are compared to each other, the smallest first.
pub(super) fn groups(levels: &[Level]) -> [&[Level]; 2] {
    let (appointments, practices) = levels.split_at(APPOINTMENTS.len());
    [appointments, practices]
}

impl Level {
    pub(super) fn case(&self, work: Work) -> String {
        format!("{}, {} {}", work.word(), self.place(), self.of)
    }

    pub(super) fn place(&self) -> String {
        self.count.to_string()
    }

    /// On the database as it is: what the rounds before left is little beside what is stored, except where that is little
    /// itself, so that is copied.
    pub(super) async fn measure(&self, house: &House, round: u64) -> anyhow::Result<Figures> {
        let running = house.run_on(self.database()?, None).await?;
        let cookies = house.log_in(&house.people[..READERS]).await?;
        let puts = Puts::new(&running.token, &house.people, round * NUMBERS);
        let (mut figures, mut known) = (Figures::default(), 0);
        for work in Work::ALL {
            let requests: Arc<Requests> = match work {
                Work::Overview => page::requests(&cookies, Encoding::Compressed),
                Work::New => written(&puts, u64::MAX),
                Work::Unchanged => written(&puts, known),
            };
            let count = self.note(&mut figures, work, (&running, requests)).await?;
            known = if matches!(work, Work::New) { count } else { known };
        }
        running.server.stop().await?;
        Ok(figures)
    }

    async fn note(
        &self,
        figures: &mut Figures,
        work: Work,
        (running, requests): (&Running, Arc<Requests>),
    ) -> anyhow::Result<u64> {
        let load = Load { address: running.server.address, clients: CLIENTS, lasting: LASTING, expects: 200 };
        let before = Usage::of(&running.processes)?;
        let ran = load.run(requests).await?;
        let used = Usage::of(&running.processes)?.since(before);
        let (case, count) = (self.case(work), ran.took.count());
        figures.add(case.as_str(), RATE, ran.rate());
        figures.add(case.as_str(), P99, ran.took.quantile(0.99));
        figures.add(case, CPU, used.cpu_seconds * 1e6 / count as f64);
        Ok(count)
    }

    fn database(&self) -> anyhow::Result<String> {
        if self.count == APPOINTMENTS[APPOINTMENTS.len() - 1] {
            return Ok(format!("sqlite:{}", self.file.display()));
        }
        let copy = self.file.with_extension("copy");
        for left in ["copy-wal", "copy-shm"] {
            let _ = std::fs::remove_file(self.file.with_extension(left));
        }
        std::fs::copy(&self.file, &copy)?;
        std::fs::File::open(&copy)?.sync_all()?;
        Ok(format!("sqlite:{}", copy.display()))
    }
}

/// Appointments of those who are not read for; the first so many again and again.
fn written(puts: &Arc<Puts>, known: u64) -> Arc<Requests> {
    let (puts, readers, patients) = (Arc::clone(puts), READERS as u64, PATIENTS as u64);
    let others = patients - readers;
    Arc::new(move |number, request| {
        let number = number % known;
        puts.write(number / others * patients + readers + number % others, 0, request)
    })
}
