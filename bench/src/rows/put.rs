//! A XIS writes an appointment: `PUT /fhir/r4/Appointment/{id}`, with all that it leaves in the database.

mod cells;
mod limits;
pub(super) mod requests;

use async_trait::async_trait;

use super::Row;
use crate::{
    figures::{CPU, Figures, Goal, RATE},
    house::{Database, House},
    rounds::Plotted,
};

pub(super) const CLIENTS: [usize; 4] = [1, 16, 64, 256];

pub(super) const SLOWEST: &str = "p99 by p50";
pub(super) const WRITTEN: &str = "written a request, kB";
pub(super) const FSYNCS: &str = "fsyncs a request";
pub(super) const MAILS: &str = "mails, /s";
pub(super) const MEMORY: &str = "peak memory, MB";
const SHARE: &str = "of the limit, %";

/// What a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An id that was not there.
    New,
    /// Another time for one that is there.
    Modified,
    /// The same again.
    Unchanged,
}

pub(super) const KINDS: [Kind; 3] = [Kind::New, Kind::Modified, Kind::Unchanged];

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Modified => "modified",
            Self::Unchanged => "unchanged",
        }
    }

    pub(super) fn case(self, clients: usize) -> String {
        let s = if clients == 1 { "" } else { "s" };
        format!("{}, {clients} client{s}", self.word())
    }
}

/// The row on one kind of database.
pub(super) struct Put {
    house: House,
    limits: limits::Limits,
}

impl Put {
    /// # Errors
    /// When the house cannot be filled, or the rows of a request cannot be recorded.
    pub(super) async fn open(database: Database) -> anyhow::Result<Self> {
        let house = House::fill(database).await?;
        let limits = limits::Limits::record(&house).await?;
        Ok(Self { house, limits })
    }

    fn is_on_sqlite(&self) -> bool {
        self.house.database == Database::Sqlite
    }
}

#[async_trait]
impl Row for Put {
    fn name(&self) -> &'static str {
        if self.is_on_sqlite() { "put-sqlite" } else { "put-postgres" }
    }

    fn title(&self) -> &'static str {
        if self.is_on_sqlite() {
            "A practice system writes an appointment: SQLite"
        } else {
            "A practice system writes an appointment: PostgreSQL"
        }
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        self.limits.measure(&self.house).await
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        cells::measure(&self.house).await
    }

    fn compare(&self, limits: &Figures, figures: &Figures) -> Figures {
        let mut compared = Figures::default();
        for kind in KINDS {
            let limit = limits.get(self.limits.case(kind), RATE);
            for clients in CLIENTS.into_iter().filter(|clients| *clients > 1) {
                let case = kind.case(clients);
                compared.add(case.as_str(), SHARE, 100.0 * figures.get(&case, RATE) / limit);
            }
        }
        if self.is_on_sqlite() {
            let (echo, commit) =
                (limits.get(limits::ECHO_ALONE, RATE), limits.get(limits::ONE_A_COMMIT, RATE));
            let case = Kind::New.case(1);
            let limit = 1.0 / (1.0 / echo + 1.0 / commit);
            compared.add(case.as_str(), SHARE, 100.0 * figures.get(&case, RATE) / limit);
        }
        compared
    }

    async fn apart(&mut self) -> anyhow::Result<Figures> {
        cells::fsyncs(&self.house).await
    }

    fn goals(&self) -> Vec<Goal> {
        let on_sqlite = self.is_on_sqlite();
        let mut goals = Vec::new();
        for kind in KINDS {
            let case = kind.case(64);
            let share = if kind == Kind::Unchanged { 60.0 } else { 50.0 };
            goals.push(Goal::at_least(case.as_str(), SHARE, share));
            goals.push(Goal::at_most(case.as_str(), CPU, if on_sqlite { 200.0 } else { 300.0 }));
            goals.push(Goal::at_most(case.as_str(), SLOWEST, 5.0));
            if on_sqlite {
                goals.push(Goal::at_most(case, FSYNCS, 0.1));
            }
        }
        if on_sqlite {
            goals.push(Goal::at_least(Kind::New.case(1), SHARE, 50.0));
        }
        goals
    }

    fn plots(&self) -> Vec<Plotted> {
        let (rates, cpu) = if self.is_on_sqlite() {
            ("put-sqlite-rate", "put-sqlite-cpu")
        } else {
            ("put-postgres-rate", "put-postgres-cpu")
        };
        let points = |kind: Kind| CLIENTS.map(|clients| (clients.to_string(), kind.case(clients))).to_vec();
        let lines: Vec<_> = KINDS.into_iter().map(|kind| (kind.word(), points(kind))).collect();
        let of = |file, metric| Plotted { file, metric, over: "clients", lines: lines.clone() };
        vec![of(rates, RATE), of(cpu, CPU)]
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = vec![
            "Each request is acknowledged when everything that it leaves is durable: the appointment, the notice, its \
             delivery, the message in the outbox and the line of the audit trail. Each client sends the next request as \
             soon as it is answered. The mail server is silent meanwhile, so that no notice goes out, but in the case \
             that says otherwise."
                .to_owned(),
        ];
        remarks.extend(self.limits.remarks());
        remarks
    }
}
