//! A deterministic simulation of both programs: real acts, rules, pages and tables on a clock, a network and chance that
//! come from a seed.
//!
//! One actor at a time goes on until it waits for the network, the clock or another actor; then the clock jumps to what
//! happens next. What is asked of a database is answered within the step. Programs crash between steps and start again
//! on the files that they left. The same seed gives the same run, to the byte.

#![expect(clippy::unwrap_used, reason = "a simulation that cannot be set up has failed")]

mod actor;
mod actors;
mod browser;
mod clock;
mod counts;
mod dice;
mod disk;
mod expected;
mod faults;
mod invariants;
mod jobs;
mod keys;
mod login;
mod network;
mod party;
mod people;
mod postbox;
mod programs;
pub mod report;
mod run;
mod scheduler;
mod sim;
mod template;
mod trace;

pub use run::Outcome;
pub use trace::Trace;

/// What every run begins with.
pub struct Template(disk::Disk);

impl Template {
    /// Fills the databases, always with the same.
    #[must_use]
    pub fn fill() -> Self {
        Self(alone(template::fill(0)))
    }

    /// Runs one seed.
    #[must_use]
    pub fn run(&self, seed: u64) -> Outcome {
        alone(run::run(seed, &self.0, None))
    }

    /// Runs one seed with a XIS that has this fault of [`xis::faults`], such as `double-booking`.
    #[must_use]
    pub fn run_with(&self, seed: u64, fault: &str) -> Outcome {
        alone(run::run(seed, &self.0, Some(fault)))
    }
}

/// On a runtime of its own, on this thread.
fn alone<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}
