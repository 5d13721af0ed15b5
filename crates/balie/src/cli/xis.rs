use std::path::PathBuf;

use clap::Args;

/// What `balie xis` takes.
#[derive(Debug, Args)]
#[command(after_long_help = faults())]
pub(crate) struct Xis {
    /// The configuration file (TOML).
    #[arg(long, value_name = "FILE", env = "BALIE_CONFIG", required_unless_present = "fault")]
    pub(crate) config: Option<PathBuf>,
    /// For tests only: make this mistake on purpose (repeatable; `list` names them all).
    #[arg(long, value_name = "FAULT")]
    pub(crate) fault: Vec<String>,
    /// For tests only: misbehave for a request that asks for it with the header X-Balie-Fault.
    #[arg(long)]
    pub(crate) allow_faults: bool,
}

/// Every fault with what it does.
pub(crate) fn faults() -> String {
    format!(
        "Faults, for tests only:\n{}\n\
         A fault strikes wherever it can, always; `@INTERACTION` keeps it to one (such as Appointment.create) and\n\
         `:TIMES` to so many times: --fault answer-lost@Appointment.create:1",
        xis::faults::listing()
    )
}
