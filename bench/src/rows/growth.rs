//! What a request costs when much has gathered: the same requests on databases of different sizes.

mod level;

use async_trait::async_trait;

use super::{
    Row,
    overview::{READERS, page},
};
use crate::{
    figures::{CPU, Figures, Goal, RATE},
    house::{Database, House},
    limits::rate_of_hello,
    rounds::Plotted,
};
use level::{Level, Work};

const TIMES: &str = "cost by the smallest";

pub(super) struct Growth {
    house: House,
    levels: Vec<Level>,
    /// So that no round writes what another wrote.
    round: u64,
}

impl Growth {
    /// # Errors
    /// When the databases cannot be filled.
    pub(super) async fn open() -> anyhow::Result<Self> {
        let house = House::fill(Database::Sqlite).await?;
        page::fill(&house, READERS).await?;
        let levels = level::all(&house).await?;
        Ok(Self { house, levels, round: 0 })
    }
}

#[async_trait]
impl Row for Growth {
    fn name(&self) -> &'static str {
        "growth"
    }

    fn title(&self) -> &'static str {
        "The same requests when much is stored"
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        rate_of_hello(self.house.folder.path()).await
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        self.round += 1;
        let mut figures = Figures::default();
        for level in &self.levels {
            figures.extend(level.measure(&self.house, self.round).await?);
        }
        Ok(figures)
    }

    fn compare(&self, _: &Figures, figures: &Figures) -> Figures {
        let mut compared = Figures::default();
        for group in level::groups(&self.levels) {
            for work in Work::ALL {
                let smallest = figures.get(&group[0].case(work), CPU);
                for level in &group[1..] {
                    let case = level.case(work);
                    let cost = figures.get(&case, CPU);
                    compared.add(case, TIMES, cost / smallest);
                }
            }
        }
        compared
    }

    fn goals(&self) -> Vec<Goal> {
        let grown = level::groups(&self.levels).into_iter().flat_map(|group| &group[1..]);
        grown.flat_map(|level| Work::ALL.map(|work| Goal::at_most(level.case(work), TIMES, 1.2))).collect()
    }

    fn plots(&self) -> Vec<Plotted> {
        let [appointments, practices] = level::groups(&self.levels);
        let lines = |group: &[Level]| {
            let points = |work| group.iter().map(|level| (level.place(), level.case(work))).collect();
            Work::ALL.map(|work| (work.word(), points(work))).to_vec()
        };
        let of = |file, metric, over, group| Plotted { file, metric, over, lines: lines(group) };
        vec![
            of("growth-appointments-cpu", CPU, "stored appointments", appointments),
            of("growth-appointments-rate", RATE, "stored appointments", appointments),
            of("growth-practices-cpu", CPU, "practices", practices),
            of("growth-practices-rate", RATE, "practices", practices),
        ]
    }

    fn remarks(&self) -> Vec<String> {
        vec![
            "64 clients. What is stored is written by SQL: copies of an appointment that the platform wrote, twenty a patient, \
             each patient at one practice; without their notices, deliveries and lines of the audit trail, so growth of those \
             tables is not shown. The requests are for the same patients on every database, who have twenty appointments \
             of their own and are read for, or are written for, at ten practices. Cost is the processor's time a request. \
             The practices are added to ten thousand stored appointments. SQLite."
                .to_owned(),
        ]
    }
}
