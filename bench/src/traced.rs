//! How often a program waits for the disk: counted by the kernel where it lets us (perf), else by strace, which slows the
//! program down. In a pass of its own.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::process::Command;

use crate::program;

/// Who can count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counter {
    Perf,
    Strace,
}

/// A program whose calls are counted, in a file.
pub(crate) struct Traced {
    counter: Counter,
    lines: PathBuf,
}

/// The commands under which a program can run so: they hand no signal on.
pub(crate) const COMMANDS: [&str; 2] = ["perf", "strace"];
const CALLS: &str = "syscalls:sys_enter_fsync,syscalls:sys_enter_fdatasync";

impl Traced {
    /// None where this machine cannot do it.
    pub(crate) fn in_folder(folder: &Path) -> Option<Self> {
        let lines = folder.join("fsyncs");
        Counter::of_this_machine().map(|counter| Self { counter, lines })
    }

    /// This program, traced.
    pub(crate) fn command(&self, traced: &Path) -> Command {
        let mut command = match self.counter {
            Counter::Perf => {
                let mut command = Command::new("perf");
                // A line for each stretch of ten milliseconds.
                command.args(["stat", "-I", "10", "-x", ",", "-e", CALLS]);
                command
            }
            Counter::Strace => {
                let mut command = Command::new("strace");
                // A line for each call; no other stops the program.
                command.args([
                    "-f",
                    "-qq",
                    "--seccomp-bpf",
                    "-e",
                    "trace=fsync,fdatasync",
                    "-e",
                    "signal=none",
                ]);
                command
            }
        };
        command.arg("-o").arg(&self.lines).arg("--").arg(traced);
        command
    }

    /// How often it has waited for the disk so far.
    ///
    /// # Errors
    /// When what was counted cannot be read.
    pub(crate) fn fsyncs(&self) -> anyhow::Result<f64> {
        let text = std::fs::read_to_string(&self.lines)?;
        Ok(match self.counter {
            // Time, count, unit, call; no number where nothing ran.
            Counter::Perf => {
                text.lines().filter_map(|line| line.split(',').nth(1)?.parse::<f64>().ok()).sum()
            }
            // A call during which another thread's came has two lines.
            Counter::Strace => {
                text.lines().filter(|line| line.contains("sync(") && !line.contains("resumed>")).count()
                    as f64
            }
        })
    }
}

impl Counter {
    fn of_this_machine() -> Option<Self> {
        let mut counted = std::process::Command::new("perf");
        counted.args(["stat", "-e", CALLS, "--", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
        if counted.status().is_ok_and(|status| status.success()) {
            return Some(Self::Perf);
        }
        program::is_installed("strace").then_some(Self::Strace)
    }
}
