//! What can be typed after `balie outbox`.

use clap::{Args, Subcommand, value_parser};

use super::ConfigFile;

/// The commands that look into the outbox.
#[derive(Debug, Subcommand)]
pub(crate) enum Outbox {
    /// List what is not delivered and why.
    ///
    /// Lists what was given up, what fails again and again, and what is due though nobody tries it: the oldest 200.
    /// Every message has an id, which `show` and `retry` take. No patient is named here, and nothing that a patient
    /// or a practice wrote.
    Stuck(Stuck),
    /// Show one message of the outbox.
    Show {
        #[command(flatten)]
        config: ConfigFile,
        /// Its id, as `balie outbox stuck` lists it.
        id: String,
        /// Print it as a JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Try messages again, now, from a first attempt on.
    ///
    /// For what was given up, once its cause is gone, and for what waits for its next attempt. What is true is read
    /// again at sending: a patient is never told what is not true any more.
    Retry(Retry),
}

/// What counts as stuck, and how to list it.
#[derive(Debug, Args)]
pub(crate) struct Stuck {
    #[command(flatten)]
    pub(crate) config: ConfigFile,
    /// After how many attempts a message that still waits fails again and again.
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = value_parser!(u32).range(1..))]
    pub(crate) attempts: u32,
    /// After how many minutes a message that nobody tries is overdue.
    #[arg(long, value_name = "MINUTES", default_value_t = 5, value_parser = value_parser!(u32).range(..=525_600))]
    pub(crate) overdue: u32,
    /// Print a JSON array of objects.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which messages are tried again.
#[derive(Debug, Args)]
pub(crate) struct Retry {
    #[command(flatten)]
    pub(crate) config: ConfigFile,
    /// Their ids, as `balie outbox stuck` lists them.
    #[arg(value_name = "ID", required_unless_present = "all_dead")]
    pub(crate) ids: Vec<String>,
    /// Everything that was given up.
    #[arg(long, conflicts_with = "ids")]
    pub(crate) all_dead: bool,
    /// With --all-dead: only messages of this topic, such as mail or push.
    // Without --all-dead there must be ids, so this says all of it.
    #[arg(long, value_name = "TOPIC", conflicts_with = "ids")]
    pub(crate) topic: Option<String>,
}
