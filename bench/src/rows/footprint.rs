//! What the platform needs of a machine: memory, time to start, room on the disk.

mod start;

use async_trait::async_trait;

use super::{
    Row,
    put::{MEMORY, requests::Puts},
};
use crate::{
    figures::{Figures, Goal},
    house::{Database, House},
    limits::rate_of_hello,
    program,
    stock::Stock,
};

const IDLE: &str = "memory at rest, MB";
const READY: &str = "ready after, ms";
/// As it is built and shipped.
const SIZE: &str = "size, MB";

const PROGRAM: &str = "program";
const EMPTY: &str = "empty database";
const MILLION: &str = "a million appointments";
const LOADED: &str = "64 clients write";

pub(super) struct Footprint {
    house: House,
    empty: String,
    million: String,
}

impl Footprint {
    /// # Errors
    /// When the databases cannot be filled.
    pub(super) async fn open() -> anyhow::Result<Self> {
        let house = House::fill(Database::Sqlite).await?;
        start::write_one(&house).await?;
        let million = house.folder.path().join("million.db");
        std::fs::copy(house.filled().trim_start_matches("sqlite:"), &million)?;
        let stock = Stock { appointments: 1_000_000, practices: 100 };
        let file = million.clone();
        tokio::task::spawn_blocking(move || stock.add(&file)).await??;
        let empty = house.empty().await?;
        Ok(Self { house, empty, million: format!("sqlite:{}", million.display()) })
    }
}

#[async_trait]
impl Row for Footprint {
    fn name(&self) -> &'static str {
        "footprint"
    }

    fn title(&self) -> &'static str {
        "What the platform needs of a machine"
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        rate_of_hello(self.house.folder.path()).await
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        for (case, database) in [(EMPTY, &self.empty), (MILLION, &self.million)] {
            let started = start::measure(&self.house, database).await?;
            figures.add(case, READY, started.ready_ms);
            figures.add(case, IDLE, started.idle_mb);
        }
        let running = self.house.run(None).await?;
        figures.extend(start::loaded(&running, &Puts::new(&running.token, &self.house.people, 1000)).await?);
        running.server.stop().await?;
        figures.add(PROGRAM, SIZE, program::balie()?.metadata()?.len() as f64 / 1e6);
        Ok(figures)
    }

    /// The goals are for themselves: the limit only tells whether the machine was the same throughout.
    fn compare(&self, _: &Figures, _: &Figures) -> Figures {
        Figures::default()
    }

    fn goals(&self) -> Vec<Goal> {
        vec![
            Goal::at_most(EMPTY, IDLE, 20.0),
            Goal::at_most(LOADED, MEMORY, 100.0),
            Goal::at_most(EMPTY, READY, 200.0),
            Goal::at_most(MILLION, READY, 1000.0),
            Goal::at_most(PROGRAM, SIZE, 25.0),
        ]
    }

    fn remarks(&self) -> Vec<String> {
        vec![
            "SQLite. Ready is from the start of the process until `/readyz` answers 200; at rest is two seconds later, when \
             nobody has asked for anything. The million appointments of 50,000 patients at 100 practices are written by SQL \
             as copies of one that the platform wrote, without their notices and lines of the audit trail. Memory is what \
             the kernel counts as resident, pages of the program's file among it; under load it is the most that there was \
             in two seconds each of new, changed and unchanged appointments by 64 clients."
                .to_owned(),
        ]
    }
}
