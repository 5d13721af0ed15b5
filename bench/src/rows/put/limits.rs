//! What Balie's PUT is compared to: the rows that it writes, written without it, and its body, echoed.

mod postgres;
mod sqlite;

use std::{sync::Arc, time::Duration};

use super::Kind;
use crate::{
    figures::{CPU, Figures, RATE},
    house::{Database, House},
    limits::start_echo,
    load::{Load, Requests},
    usage::Usage,
};

pub(super) const ECHO_ALONE: &str = "echo, 1 client";
pub(super) const ONE_A_COMMIT: &str = "bare loop, 1 new a commit";
const ECHO: &str = "echo, 64 clients";
const LASTING: Duration = Duration::from_secs(2);

pub(super) enum Limits {
    Sqlite(sqlite::Recorded),
    Postgres(postgres::Scripts),
}

impl Limits {
    /// Lets Balie write what the limits then write again.
    pub(super) async fn record(house: &House) -> anyhow::Result<Self> {
        Ok(match house.database {
            Database::Sqlite => Self::Sqlite(sqlite::Recorded::of(house).await?),
            Database::Postgres(_) => Self::Postgres(postgres::Scripts::of(house).await?),
        })
    }

    pub(super) async fn measure(&self, house: &House) -> anyhow::Result<Figures> {
        let mut figures = match self {
            Self::Sqlite(recorded) => recorded.measure().await?,
            Self::Postgres(scripts) => scripts.measure(house).await?,
        };
        figures.extend(echo(house).await?);
        Ok(figures)
    }

    /// Under which name the limit of this kind of request is measured.
    pub(super) fn case(&self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Sqlite(_), Kind::New) => "bare loop, 64 new a commit",
            (Self::Sqlite(_), Kind::Modified) => "bare loop, 64 modified a commit",
            (Self::Sqlite(_), Kind::Unchanged) => "bare loop, 64 unchanged a commit",
            // A changed appointment leaves the same rows, one of them in another's place.
            (Self::Postgres(_), Kind::New | Kind::Modified) => "pgbench, 16 clients, new",
            (Self::Postgres(_), Kind::Unchanged) => "pgbench, 16 clients, unchanged",
        }
    }

    pub(super) fn remarks(&self) -> Vec<String> {
        let limit = match self {
            Self::Sqlite(_) => {
                "The limit is a loop that calls SQLite itself (`synchronous=FULL`) and writes the very rows that Balie wrote, \
                 into the same tables with the same indexes and triggers, with 64 units a commit. With one client it is the \
                 time of an echo and of a commit with one unit. `fsyncs` are counted in a pass of its own, by the kernel \
                 where perf is installed and may ask it, else by strace, which slows Balie down."
            }
            Self::Postgres(_) => {
                "The limit is pgbench with 16 clients that inserts the same rows, prepared and in one trip to the server, as \
                 a role that no row-level security holds up; new and modified are compared to the same one. CPU is that of \
                 the platform and of all of PostgreSQL. `fsyncs` are those of the write-ahead log, counted by PostgreSQL in \
                 a pass of its own."
            }
        };
        vec![limit.to_owned()]
    }
}

/// The body of a PUT, parsed and given back.
async fn echo(house: &House) -> anyhow::Result<Figures> {
    let server = start_echo(house.folder.path()).await?;
    let puts = super::requests::Puts::new("", &house.people, 0);
    let mut figures = Figures::default();
    for (case, clients) in [(ECHO_ALONE, 1), (ECHO, 64)] {
        let load = Load { address: server.address, clients, lasting: LASTING, expects: 200 };
        let requests: Arc<Requests> = puts.of(Kind::New, 0, 0);
        let before = Usage::of(&[server.pid()])?;
        let ran = load.run(requests).await?;
        let used = Usage::of(&[server.pid()])?.since(before);
        figures.add(case, RATE, ran.rate());
        if clients > 1 {
            // A clock that ticks a hundred times a second says nothing of one client's second.
            figures.add(case, CPU, used.cpu_seconds * 1e6 / ran.took.count() as f64);
        }
    }
    server.stop().await?;
    Ok(figures)
}
