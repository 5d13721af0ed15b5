//! On what it was measured.

use std::{fs, num::NonZeroUsize};

use tokio::process::Command;

use crate::program;

/// One line about the machine and what was built.
pub(crate) async fn in_words() -> String {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let processor = line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let memory = line_of("/proc/meminfo", "MemTotal")
        .and_then(|text| text.trim_end_matches("kB").trim().parse::<f64>().ok());
    let memory = memory.map_or_else(String::new, |kib| format!(", {:.0} GiB", kib / 1024.0 / 1024.0));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    // What a distributor adds to it says nothing here.
    let kernel: Vec<&str> = kernel.split('.').take(2).collect();
    let commit = program::output(Command::new("git").args(["log", "-1", "--format=%h of %cs"]))
        .await
        .unwrap_or_default();
    format!("{cores} × {processor}{memory}, Linux {}; commit {}", kernel.join("."), commit.trim())
}

fn line_of(file: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
