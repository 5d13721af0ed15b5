//! `make sim`: many seeds (SEEDS=n), or one seed with its trace (SEED=n; XIS_FAULT=double-booking: with a XIS
//! that has this fault).

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "figures and traces are what it is run for")]

use std::{
    num::NonZeroUsize,
    process::ExitCode,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use sim::{Template, report::Report};

const SEEDS: u64 = 1_000;
/// Seeds at once for each core: a seed waits for the threads of its databases as long as it computes.
const THREADS_PER_CORE: usize = 2;
/// One seed in so many is run twice, and must come to the same.
const REPLAY_ONE_IN: u64 = 50;

fn main() -> ExitCode {
    let template = Template::fill();
    match number("SEED") {
        Some(seed) => one(&template, seed),
        None => many(&template, number("SEEDS").unwrap_or(SEEDS)),
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn one(template: &Template, seed: u64) -> ExitCode {
    let outcome = match std::env::var("XIS_FAULT") {
        Ok(fault) => template.run_with(seed, &fault),
        Err(_) => template.run(seed),
    };
    print!("{}", outcome.trace.text());
    match outcome.violation {
        Some(violation) => {
            println!("seed {seed}: {violation}");
            ExitCode::FAILURE
        }
        None => ExitCode::SUCCESS,
    }
}

/// The verdict is for `scripts/figures`, which reads the figures.
fn many(template: &Template, seeds: u64) -> ExitCode {
    let (next, report, began) = (AtomicU64::new(1), Mutex::new(Report::default()), Instant::now());
    let threads = THREADS_PER_CORE * std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > seeds {
                        return;
                    }
                    let outcome = template.run(seed);
                    let again = (seed % REPLAY_ONE_IN == 0).then(|| template.run(seed));
                    let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(again) = again {
                        report.replayed(&outcome, &again);
                    }
                    report.add(outcome);
                }
            });
        }
    });
    let report = report.into_inner().unwrap_or_else(PoisonError::into_inner);
    eprint!("{}", report.told());
    if std::env::var_os("COUNTS").is_some() {
        eprint!("{}", report.counts());
    }
    report.figures(began.elapsed()).iter().for_each(|figure| println!("{figure}"));
    ExitCode::SUCCESS
}
