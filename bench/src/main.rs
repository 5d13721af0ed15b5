//! `make bench`: how fast Balie is, as ratios to what the disk and the wire allow, measured in one run.
//!
//! It drives the built program as real processes over loopback, and writes what it found into `docs/performance.md`.
//! `ROWS="put-sqlite …"` picks rows, `ROUNDS=n` says of how many rounds medians are taken (default: 5),
//! `DRIFT=n` by how many percent a limit may drift within one (default: 15).

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "figures are what it is run for")]

mod browser;
mod clock;
mod compare;
mod figures;
mod histogram;
mod house;
mod limits;
mod load;
mod machine;
mod people;
mod plot;
mod program;
mod provider;
mod push;
mod report;
mod rounds;
mod rows;
mod server;
mod sink;
mod stand_in;
mod stock;
mod traced;
mod usage;

use clap::{Parser, Subcommand};

/// Measures, compares, or is one of the limits that are measured as processes of their own.
#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show what became of a row's ratios since an earlier report.
    Compare(compare::Compare),
    #[command(flatten)]
    Limit(limits::Limit),
}

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    match Cli::parse().command {
        Some(Command::Compare(compare)) => compare.run(),
        Some(Command::Limit(limit)) => runtime.block_on(limit.run()),
        None => runtime.block_on(measure()),
    }
}

/// One row after the other. The verdict is for `scripts/figures`, which reads the figures.
async fn measure() -> anyhow::Result<()> {
    let asked = std::env::var("ROWS").unwrap_or_default();
    for name in rows::chosen(&asked)? {
        eprintln!("{name}: preparing");
        let Some(mut row) = rows::open(name).await? else { continue };
        let found = rounds::of(&mut *row).await?;
        report::write(&found)?;
        for (figure, median, goal) in found.judged() {
            println!("{figure}\t{median}\t{goal}");
        }
    }
    Ok(())
}
