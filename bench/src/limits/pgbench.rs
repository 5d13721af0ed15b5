//! PostgreSQL's own load generator, with a script of ours.

use std::path::Path;

use anyhow::Context as _;
use tokio::process::Command;
use url::Url;

use crate::program;

const CLIENTS: &str = "16";
const SECONDS: &str = "2";

/// Transactions a second of this script.
///
/// # Errors
/// When pgbench is not there or fails.
pub(crate) async fn rate(database: &Url, script: &Path) -> anyhow::Result<f64> {
    let mut pgbench = Command::new("pgbench");
    pgbench.args([
        "--no-vacuum",
        "--protocol=prepared",
        "--client",
        CLIENTS,
        "--jobs=1",
        "--time",
        SECONDS,
        "--file",
    ]);
    pgbench.arg(script).arg(database.as_str()).env("PGOPTIONS", "-c search_path=balie_platform,public");
    let said = program::output(&mut pgbench).await?;
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")).context("pgbench says no rate")?;
    Ok(rate.split(' ').next().unwrap_or_default().parse()?)
}
