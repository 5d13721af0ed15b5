//! The built program, and what is asked of it beside serving.

use std::{path::PathBuf, process::Stdio};

use anyhow::{Context as _, bail};
use tokio::process::Command;

/// The program to measure: `BALIE_BIN`, else the one beside this one.
///
/// # Errors
/// When there is none.
pub(crate) fn balie() -> anyhow::Result<PathBuf> {
    let path = match std::env::var_os("BALIE_BIN") {
        Some(path) => PathBuf::from(path),
        None => std::env::current_exe()?.with_file_name("balie"),
    };
    if !path.exists() {
        bail!("there is no {}: build it, or name it in BALIE_BIN", path.display());
    }
    Ok(path)
}

/// Runs a program to its end and gives what it said.
///
/// # Errors
/// When it cannot be run or fails.
pub(crate) async fn output(command: &mut Command) -> anyhow::Result<String> {
    let name = format!("{:?}", command.as_std().get_program());
    let done = command.stdin(Stdio::null()).kill_on_drop(true).output().await;
    let done = done.with_context(|| format!("{name} cannot be run"))?;
    if !done.status.success() {
        bail!(
            "{name} failed: {}{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        );
    }
    Ok(String::from_utf8(done.stdout)?)
}

/// Whether there is a program of this name to call.
pub(crate) fn is_installed(name: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(name).exists())
}
