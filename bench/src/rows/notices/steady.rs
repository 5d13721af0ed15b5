//! Changes at a steady rate, each matched to the word that its patient gets.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::Context as _;

use super::{super::put::requests::Puts, CPU, Channel};
use crate::{
    figures::{Figures, P50, P99},
    histogram::Histogram,
    house::House,
    load::Load,
    usage::Usage,
};

/// 50 a second.
const PAUSE: Duration = Duration::from_millis(20);
/// Not more than there are patients: each is told once, so that who is told says of what.
const CHANGES: usize = 450;
/// Enough that one is free whenever it is time.
const CLIENTS: usize = 16;
/// Longer than it takes.
const LASTING: Duration = Duration::from_secs(60);

pub(super) fn case(channel: Channel<'_>) -> String {
    format!("{}, 50 changes a second", channel.word())
}

pub(super) async fn measure(house: &House, channel: Channel<'_>) -> anyhow::Result<Figures> {
    channel.set_open(true);
    let running = channel.run(house).await?;
    channel.take();
    let (puts, sent) = (Puts::new(&running.token, &house.people, 0), Arc::<Mutex<Vec<Instant>>>::default());
    let noted = Arc::clone(&sent);
    let load = Load { address: running.server.address, clients: CLIENTS, lasting: LASTING, expects: 200 };
    let before = Usage::of(&running.processes)?;
    let requests = move |number, request: &mut Vec<u8>| {
        if number >= CHANGES as u64 {
            return false;
        }
        // One after the other, in the order of their numbers.
        noted.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
        puts.write(number, 0, request)
    };
    load.run_paced(Arc::new(requests), PAUSE).await?;
    let came = channel.wait_for(CHANGES).await?;
    let used = Usage::of(&running.processes)?.since(before);
    running.server.stop().await?;
    channel.set_open(false);
    let came: HashMap<&str, Instant> = came.iter().map(|one| (one.to.as_str(), one.at)).collect();
    let mut took = Histogram::default();
    for (person, sent) in house.people.iter().zip(&*sent.lock().unwrap_or_else(PoisonError::into_inner)) {
        let at = came.get(person.mail.as_str());
        took.note(at.with_context(|| format!("{} was not told", person.name))?.duration_since(*sent));
    }
    let mut figures = Figures::default();
    figures.add(case(channel), P50, took.quantile(0.5));
    figures.add(case(channel), P99, took.quantile(0.99));
    figures.add(case(channel), CPU, used.cpu_seconds * 1e6 / CHANGES as f64);
    Ok(figures)
}
