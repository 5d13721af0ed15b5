//! What can be typed after `balie`.

mod audit;
mod outbox;
mod xis;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use audit::{Audit, Export, Verify};
pub(crate) use outbox::{Outbox, Retry, Stuck};
pub(crate) use xis::{Xis, faults};

/// Appointments between patients and general practices.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// How log lines are written to standard error.
    #[arg(long, global = true, value_enum, env = "BALIE_LOG_FORMAT")]
    log_format: Option<LogFormat>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run everything on this machine: platform, practice system, login provider and mail catcher.
    Demo(Demo),
    /// Run the platform that patients and practice systems use.
    Serve(ConfigFile),
    /// Run the reference practice system (XIS).
    Xis(Xis),
    /// Bring the platform's tables up to date and stop.
    Migrate(Migrate),
    /// Manage the practices that the platform serves.
    #[command(subcommand)]
    Practice(Practice),
    /// Manage the practice systems that may call the platform.
    #[command(subcommand)]
    XisClient(XisClient),
    /// See what could not be delivered and try it again.
    #[command(subcommand)]
    Outbox(Outbox),
    /// Check the audit trail, or write it out.
    #[command(subcommand)]
    Audit(Audit),
    /// Look into configuration files.
    #[command(subcommand)]
    Config(Config),
    /// Make secrets, and change them while the platform works.
    #[command(subcommand)]
    Keys(Keys),
}

impl Cli {
    /// The demo is watched by a person, a service by a machine.
    pub(crate) fn log_format(&self) -> LogFormat {
        self.log_format.unwrap_or(match self.command {
            Command::Serve(_) | Command::Xis(_) => LogFormat::Json,
            _ => LogFormat::Text,
        })
    }
}

#[derive(Debug, Args)]
pub(crate) struct ConfigFile {
    /// The configuration file (TOML).
    #[arg(long, value_name = "FILE", env = "BALIE_CONFIG")]
    pub(crate) config: PathBuf,
}

#[derive(Args)]
pub(crate) struct Migrate {
    #[command(flatten)]
    pub(crate) file: ConfigFile,
    /// The same database (postgres://...) for the role that owns the tables; the role of the file is then let in.
    #[arg(long, value_name = "URL", env = "BALIE_DATABASE_OWNER", hide_env_values = true)]
    pub(crate) owner: Option<String>,
}

impl std::fmt::Debug for Migrate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Migrate").field("file", &self.file).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Args)]
pub(crate) struct Demo {
    /// Port of the platform on 127.0.0.1 (0: any free one).
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// Port of the practice system on 127.0.0.1 (0: any free one).
    #[arg(long, default_value_t = 8081)]
    pub(crate) xis_port: u16,
    /// Port of the mail catcher on 127.0.0.1 (0: any free one).
    #[arg(long, default_value_t = 2525)]
    pub(crate) smtp_port: u16,
    /// Send mail to the SMTP server on this port of 127.0.0.1 instead of catching it.
    #[arg(long, value_name = "PORT")]
    pub(crate) mail_server: Option<u16>,
    /// Keep everything in this folder; otherwise it is gone when the demo stops.
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Use this database (sqlite:PATH or postgres://...) instead of SQLite in the folder.
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// The same database (postgres://...) for a role that owns the tables, so that the platform runs as one that does not.
    #[arg(long, value_name = "URL", requires = "database")]
    pub(crate) database_owner: Option<String>,
    /// Run platform and practice system as processes of their own, with `balie serve` and `balie xis`.
    #[arg(long)]
    pub(crate) separate: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Practice {
    /// Add a practice.
    Add {
        #[command(flatten)]
        config: ConfigFile,
        /// AGB code, eight digits.
        agb: String,
        /// What patients call it.
        #[arg(long)]
        name: String,
        /// The practice system that manages its appointments (see `balie xis-client`).
        #[arg(long)]
        client: String,
        /// Settings, such as phone="030 123 45 67" approval=on.
        #[arg(value_name = "KEY=VALUE")]
        settings: Vec<String>,
    },
    /// Change a practice's settings, name or client; an empty value takes a setting away.
    Set {
        #[command(flatten)]
        config: ConfigFile,
        /// AGB code, eight digits.
        agb: String,
        /// Settings, such as name="De Linde" approval=on; `balie practice show` lists them all.
        #[arg(value_name = "KEY=VALUE", required = true)]
        settings: Vec<String>,
    },
    /// Give a practice a logo, or take it away.
    Logo {
        #[command(flatten)]
        config: ConfigFile,
        /// AGB code, eight digits.
        agb: String,
        /// The picture: SVG without anything active, or PNG, of at most 16 kB. Without it the logo is taken away.
        #[arg(requires = "text")]
        file: Option<PathBuf>,
        /// What the logo shows, for whoever does not see it.
        #[arg(long, requires = "file")]
        text: Option<String>,
    },
    /// Show a practice with all its settings.
    Show {
        #[command(flatten)]
        config: ConfigFile,
        /// AGB code, eight digits.
        agb: String,
    },
    /// List the practices.
    List(ConfigFile),
}

#[derive(Debug, Subcommand)]
pub(crate) enum XisClient {
    /// Add a practice system, or give it a new secret; the secret is shown once. With a key it needs none.
    Add {
        #[command(flatten)]
        config: ConfigFile,
        /// Its client id.
        id: String,
        /// The public key that it signs with (private_key_jwt): PEM, a JWK or a key set. The key before this one stays
        /// good beside it, and so does its secret.
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
        /// Take its secret away: from now on it must sign.
        #[arg(long, requires = "key")]
        without_secret: bool,
    },
    /// Take a practice system's rights away, at once.
    Revoke {
        #[command(flatten)]
        config: ConfigFile,
        /// Its client id.
        id: String,
    },
    /// List the practice systems.
    List(ConfigFile),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Say whether a configuration file of `serve` or `xis` works, database included.
    Check(ConfigFile),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Print a new table of keys for a configuration file.
    New,
    /// Put a new sealing key and a new index key in the file of keys, and bring everything under them; run again after an
    /// interruption, it goes on.
    Rotate(ConfigFile),
    /// Take the keys out of the file that are no longer needed.
    Retire(ConfigFile),
}
