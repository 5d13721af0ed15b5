//! Balie: appointments between patients and general practices, in one program.
//!
//! Owns the command line, the configuration files, the connections and the processes; the work is done by `platform` and `xis`.

mod cli;
mod commands;
mod config;
mod demo;
mod process;

use std::process::ExitCode;

use clap::Parser as _;

#[cfg(any(test, feature = "fuzz"))]
pub use config::door::configuration;

/// The program: does what its command line says, and gives what its process ends with.
#[must_use]
pub fn run() -> ExitCode {
    let cli = cli::Cli::parse();
    process::start_logging(cli.log_format());
    match process::block_on(commands::run(cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line that says what is wrong and why, not a trace.
            process::complain(&format!("balie: {error:#}"));
            if error.is::<commands::Tampered>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}
