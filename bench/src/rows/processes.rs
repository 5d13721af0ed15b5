//! More processes of the platform on one PostgreSQL.

mod shared;

use async_trait::async_trait;

use super::Row;
use crate::{
    figures::{Figures, Goal, RATE},
    house::{Database, House},
    limits::rate_of_hello,
    rounds::Plotted,
};

const PROCESSES: [usize; 3] = [1, 2, 3];

const SHARE: &str = "of one process, %";
/// Of what was to be told, so much was not, or more than once.
const LOST: &str = "notices lost";
const DOUBLED: &str = "notices doubled";
const DRAINED: &str = "mails, /s";

pub(super) struct Processes {
    house: House,
}

impl Processes {
    /// # Errors
    /// When the house cannot be filled.
    pub(super) async fn open(server: Database) -> anyhow::Result<Self> {
        Ok(Self { house: House::fill(server).await? })
    }
}

fn case(processes: usize) -> String {
    format!("{processes} process{}", if processes == 1 { "" } else { "es" })
}

#[async_trait]
impl Row for Processes {
    fn name(&self) -> &'static str {
        "processes"
    }

    fn title(&self) -> &'static str {
        "More processes on one PostgreSQL"
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        rate_of_hello(self.house.folder.path()).await
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        for processes in PROCESSES {
            figures.extend(shared::measure(&self.house, processes).await?);
        }
        Ok(figures)
    }

    fn compare(&self, _: &Figures, figures: &Figures) -> Figures {
        let mut compared = Figures::default();
        let alone = figures.get(&case(1), RATE);
        for case in PROCESSES[1..].iter().copied().map(case) {
            compared.add(case.as_str(), SHARE, 100.0 * figures.get(&case, RATE) / alone);
        }
        compared
    }

    fn goals(&self) -> Vec<Goal> {
        let more = PROCESSES[1..].iter().copied().map(case);
        let mut goals: Vec<_> = more.map(|case| Goal::at_least(case, SHARE, 100.0)).collect();
        for case in PROCESSES.map(case) {
            goals.push(Goal::at_most(case.as_str(), LOST, 0.0));
            goals.push(Goal::at_most(case, DOUBLED, 0.0));
        }
        goals
    }

    fn plots(&self) -> Vec<Plotted> {
        let points = PROCESSES.map(|count| (count.to_string(), case(count))).to_vec();
        vec![Plotted {
            file: "processes-rate",
            metric: RATE,
            over: "processes",
            lines: vec![("new appointments", points)],
        }]
    }

    fn remarks(&self) -> Vec<String> {
        vec![
            "66 clients, spread evenly, write new appointments through one, two and three processes, with the mail server \
             silent; then it speaks, and the processes together send what waits, until every notice is a mail. Lost and \
             doubled count what the requests that were answered should have left in the tables and at the mail server. All of \
             it shares the processors of one machine with PostgreSQL and the clients, so that more processes cannot bring \
             more here: what is shown is that they do not get in each other's way."
                .to_owned(),
        ]
    }
}
