//! Much waits, and then goes out.

use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::ensure;

use super::{super::put::requests::Puts, CPU, Channel};
use crate::{
    figures::{Figures, RATE},
    house::House,
    load::Load,
    usage::Usage,
};

const WAITING: usize = 5000;
/// Of these the rate is taken: see the remarks.
const COUNTED: usize = WAITING / 10 * 9;
const CLIENTS: usize = 64;
/// Longer than it takes to have them wait.
const LASTING: Duration = Duration::from_secs(60);

pub(super) fn case(channel: Channel<'_>) -> String {
    format!("{}, what waited goes out", channel.word())
}

pub(super) async fn measure(house: &House, channel: Channel<'_>) -> anyhow::Result<Figures> {
    channel.set_open(false);
    let running = channel.run(house).await?;
    channel.take();
    let puts = Puts::new(&running.token, &house.people, 0);
    let requests =
        move |number, request: &mut Vec<u8>| number < WAITING as u64 && puts.write(number, 0, request);
    let load = Load { address: running.server.address, clients: CLIENTS, lasting: LASTING, expects: 200 };
    load.run(Arc::new(requests)).await?;
    let (before, opened) = (Usage::of(&running.processes)?, Instant::now());
    channel.set_open(true);
    let came = channel.wait_for(WAITING).await?;
    let used = Usage::of(&running.processes)?.since(before);
    running.server.stop().await?;
    channel.set_open(false);
    let different = came.iter().map(|one| (&one.to, &one.id)).collect::<HashSet<_>>().len();
    ensure!(different == WAITING, "of {WAITING} notices {different} are different");
    let took = came[COUNTED - 1].at.duration_since(opened);
    let mut figures = Figures::default();
    figures.add(case(channel), RATE, COUNTED as f64 / took.as_secs_f64());
    figures.add(case(channel), CPU, used.cpu_seconds * 1e6 / WAITING as f64);
    Ok(figures)
}
