//! What can be typed after `balie audit`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::ConfigFile;

/// The commands that read the audit trail. Each leaves a line in it.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Say whether the trail is as it was written, and exactly what is wrong where it is not.
    ///
    /// Finds every line that was changed, removed or put in, and with --head an end that was cut off. Ends with status 0
    /// where nothing is wrong, 2 where something is, 1 where it could not be found out.
    Verify(Verify),
    /// Write the trail as FHIR R4 AuditEvents, one JSON object a line, to standard output.
    Export(Export),
}

/// Against what the trail is checked.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) config: ConfigFile,
    /// A file with a head of the chain that was kept elsewhere, such as `audit.head_file` or a line of the log that says it
    /// (repeatable; default: the configuration's own file, where it is there).
    #[arg(long, value_name = "FILE")]
    pub(crate) head: Vec<PathBuf>,
}

/// Which lines are written.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) config: ConfigFile,
    /// Only what was done at this time or later, such as 2026-05-01T00:00:00+02:00.
    #[arg(long, value_name = "TIME")]
    pub(crate) from: Option<Timestamp>,
    /// Only what was done before this time.
    #[arg(long, value_name = "TIME")]
    pub(crate) to: Option<Timestamp>,
    /// Only what was done at this practice.
    #[arg(long, value_name = "AGB")]
    pub(crate) practice: Option<String>,
    /// Only what was done with the data of this patient, by the id of the account.
    #[arg(long, value_name = "ID")]
    pub(crate) patient: Option<String>,
}
