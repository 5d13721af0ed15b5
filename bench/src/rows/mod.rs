//! What is measured: one row, one file. A new one is added to [`ROWS`] and [`open`].

mod footprint;
mod growth;
mod notices;
mod overhead;
mod overview;
mod pages;
mod peers;
mod processes;
mod put;
mod race;
mod shared_search;
mod slots;

use anyhow::bail;
use async_trait::async_trait;

use crate::{
    figures::{Figures, Goal},
    house::Database,
    rounds::Plotted,
};

/// Every row by its name.
const ROWS: [&str; 15] = [
    "put-sqlite",
    "put-postgres",
    "peers",
    "peers-race",
    "slots",
    "overhead",
    "shared-search",
    "race-sqlite",
    "race-postgres",
    "notices",
    "footprint",
    "overview",
    "pages",
    "growth",
    "processes",
];

/// What is measured round after round.
#[async_trait]
pub(crate) trait Row: Send {
    fn name(&self) -> &'static str;

    fn title(&self) -> &'static str;

    /// What the disk and the wire allow, now: measured before and after everything else of a round.
    async fn limits(&mut self) -> anyhow::Result<Figures>;

    /// Balie and its peers.
    async fn measure(&mut self) -> anyhow::Result<Figures>;

    /// The figures of a round as ratios to its limits.
    fn compare(&self, limits: &Figures, figures: &Figures) -> Figures;

    /// What can only be measured in a way that slows down what is measured: once, after the rounds.
    async fn apart(&mut self) -> anyhow::Result<Figures> {
        Ok(Figures::default())
    }

    fn goals(&self) -> Vec<Goal>;

    fn plots(&self) -> Vec<Plotted> {
        Vec::new()
    }

    /// Sentences for people: what it is, and what this run could not show.
    fn remarks(&self) -> Vec<String>;
}

/// The rows that were asked for, all where none was.
///
/// # Errors
/// When one is not there.
pub(crate) fn chosen(asked: &str) -> anyhow::Result<Vec<&'static str>> {
    let names: Vec<&str> = asked.split_whitespace().collect();
    if let Some(unknown) = names.iter().find(|name| !ROWS.contains(name)) {
        bail!("there is no row {unknown}: there are {}", ROWS.join(", "));
    }
    Ok(ROWS.into_iter().filter(|row| names.is_empty() || names.contains(row)).collect())
}

/// Makes ready what the row needs; none where this machine lacks it, and says so.
///
/// # Errors
/// When it cannot be made ready.
pub(crate) async fn open(name: &str) -> anyhow::Result<Option<Box<dyn Row>>> {
    Ok(match name {
        "put-sqlite" => Some(Box::new(put::Put::open(Database::Sqlite).await?)),
        "slots" => Some(Box::new(slots::Slots::open().await?)),
        "overhead" => Some(Box::new(overhead::Overhead::open().await?)),
        "shared-search" => Some(Box::new(shared_search::SharedSearch::open().await?)),
        "race-sqlite" => Some(Box::new(race::Race::open(Database::Sqlite).await?)),
        "peers" => peers::Peers::open().await?.map(|row| Box::new(row) as Box<dyn Row>),
        "peers-race" => peers::Race::open().map(|row| Box::new(row) as Box<dyn Row>),
        "footprint" => Some(Box::new(footprint::Footprint::open().await?)),
        "overview" => Some(Box::new(overview::Overview::open().await?)),
        "pages" => Some(Box::new(pages::Pages::open().await?)),
        "growth" => Some(Box::new(growth::Growth::open().await?)),
        "notices" => Some(Box::new(notices::Notices::open().await?)),
        _ => match Database::postgres() {
            Some(server) if name == "race-postgres" => Some(Box::new(race::Race::open(server).await?)),
            Some(server) if name == "processes" => Some(Box::new(processes::Processes::open(server).await?)),
            Some(server) => Some(Box::new(put::Put::open(server).await?)),
            None => {
                eprintln!(
                    "{name}: not measured, BALIE_TEST_POSTGRES names no server (scripts/with-postgres does)"
                );
                None
            }
        },
    })
}
