//! A patient opens the portal: the overview of twenty appointments.

pub(super) mod page;

use std::time::Duration;

use async_trait::async_trait;

use super::Row;
use crate::{
    figures::{CPU, Figures, Goal, P50, P99, RATE},
    house::{Database, House},
    limits::{HELLO, measure_hello},
    load::Load,
    usage::Usage,
};
use page::Encoding;

const CLIENTS: usize = 64;
/// Each has a session and twenty appointments.
pub(super) const READERS: usize = 50;
const LASTING: Duration = Duration::from_secs(3);

const SHARE: &str = "of the limit, %";
const BYTES: &str = "an answer, kB";

pub(super) struct Overview {
    house: House,
}

impl Overview {
    /// # Errors
    /// When the house cannot be filled.
    pub(super) async fn open() -> anyhow::Result<Self> {
        let house = House::fill(Database::Sqlite).await?;
        page::fill(&house, READERS).await?;
        Ok(Self { house })
    }
}

fn case(encoding: Encoding) -> String {
    format!("overview, {}, {CLIENTS} clients", encoding.words())
}

#[async_trait]
impl Row for Overview {
    fn name(&self) -> &'static str {
        "overview"
    }

    fn title(&self) -> &'static str {
        "A patient opens the overview of twenty appointments"
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        let (ran, cpu) = measure_hello(self.house.folder.path()).await?;
        let count = ran.took.count() as f64;
        figures.add(HELLO, RATE, ran.rate());
        figures.add(HELLO, CPU, cpu * 1e6 / count);
        figures.add(HELLO, BYTES, ran.bytes as f64 / 1e3 / count);
        Ok(figures)
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        let running = self.house.run(None).await?;
        let cookies = self.house.log_in(&self.house.people[..READERS]).await?;
        let mut figures = Figures::default();
        for encoding in Encoding::ALL {
            let load =
                Load { address: running.server.address, clients: CLIENTS, lasting: LASTING, expects: 200 };
            let before = Usage::of(&running.processes)?;
            let ran = load.run(page::requests(&cookies, encoding)).await?;
            let used = Usage::of(&running.processes)?.since(before);
            let (case, count) = (case(encoding), ran.took.count() as f64);
            figures.add(case.as_str(), RATE, ran.rate());
            figures.add(case.as_str(), P50, ran.took.quantile(0.5));
            figures.add(case.as_str(), P99, ran.took.quantile(0.99));
            figures.add(case.as_str(), CPU, used.cpu_seconds * 1e6 / count);
            figures.add(case, BYTES, ran.bytes as f64 / 1e3 / count);
        }
        running.server.stop().await?;
        Ok(figures)
    }

    fn compare(&self, limits: &Figures, figures: &Figures) -> Figures {
        let mut compared = Figures::default();
        for case in Encoding::ALL.map(case) {
            compared.add(case.as_str(), SHARE, 100.0 * figures.get(&case, RATE) / limits.get(HELLO, RATE));
        }
        compared
    }

    fn goals(&self) -> Vec<Goal> {
        Encoding::ALL.map(|encoding| Goal::at_least(case(encoding), SHARE, 25.0)).to_vec()
    }

    fn remarks(&self) -> Vec<String> {
        vec![format!(
            "{READERS} patients who logged in through an OpenID provider, each with a session and twenty appointments to \
                 come at ten practices, are read for in turn. Each page leaves a line in the audit trail, durably, before it is \
                 shown, as the limit does not: an axum handler that says hello. Browsers accept compression. SQLite."
        )]
    }
}
