//! Which calls of the kernel a program makes: by strace, in a pass of its own, since it slows the program down.

use std::path::{Path, PathBuf};

use tokio::process::Command;

use crate::program;

/// A program under strace, which writes a line for each time that it waits for the disk.
pub(crate) struct Traced {
    lines: PathBuf,
}

impl Traced {
    /// Whether this machine can do it.
    pub(crate) fn is_possible() -> bool {
        program::is_installed("strace")
    }

    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { lines: folder.join("fsyncs") }
    }

    /// This program, traced. Only the calls that are counted stop it (`--seccomp-bpf`).
    pub(crate) fn command(&self, traced: &Path) -> Command {
        let mut command = Command::new("strace");
        command.args([
            "-f",
            "-qq",
            "--seccomp-bpf",
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            "signal=none",
            "-o",
        ]);
        command.arg(&self.lines).arg("--").arg(traced);
        command
    }

    /// How often it has waited for the disk so far. A call during which another thread's came has two lines.
    ///
    /// # Errors
    /// When what strace wrote cannot be read.
    pub(crate) fn fsyncs(&self) -> anyhow::Result<f64> {
        let lines = std::fs::read_to_string(&self.lines)?;
        Ok(lines.lines().filter(|line| line.contains("sync(") && !line.contains("resumed>")).count() as f64)
    }
}
