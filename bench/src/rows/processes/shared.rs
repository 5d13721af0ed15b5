//! Clients spread over the processes, and a count of what came of it.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use futures::future::try_join_all;
use tokio::time::sleep;

use super::{
    super::put::{Kind, requests::Puts},
    DOUBLED, DRAINED, LOST, case,
};
use crate::{
    figures::{CPU, Figures, P99, RATE},
    histogram::Histogram,
    house::{House, Running, ask},
    load::{Load, Ran},
    sink::Came,
    usage::Usage,
};

/// It can be spread evenly over one, two and three.
const CLIENTS: usize = 66;
const LASTING: Duration = Duration::from_secs(3);
/// More than one process is sent.
const NUMBERS: u64 = 1_000_000;
/// Longest wait for all mails.
const ALL: Duration = Duration::from_secs(90);
/// One that is sent twice comes soon after the first.
const LATE: Duration = Duration::from_millis(500);

pub(super) async fn measure(house: &House, processes: usize) -> anyhow::Result<Figures> {
    house.sink.set_open(false);
    let mut all = vec![house.run(None).await?];
    for _ in 1..processes {
        all.push(house.run_beside(&all[0]).await?);
    }
    house.sink.take();
    let roots: Vec<u32> = all.iter().flat_map(|running| running.processes.clone()).collect();
    let (before, began) = (Usage::of(&roots)?, Instant::now());
    let loads = (0..).zip(&all).map(|(place, running)| load(house, running, place, CLIENTS / processes));
    let ran = try_join_all(loads).await?;
    let (used, took) = (Usage::of(&roots)?.since(before), began.elapsed());
    let mut together = Histogram::default();
    ran.iter().for_each(|one| together.add(&one.took));
    let (mut figures, case, count) = (Figures::default(), case(processes), together.count());
    figures.add(case.as_str(), RATE, count as f64 / took.as_secs_f64());
    figures.add(case.as_str(), P99, together.quantile(0.99));
    figures.add(case.as_str(), CPU, used.cpu_seconds * 1e6 / count as f64);
    count_what_came(house, &mut figures, &case, usize::try_from(count)?).await?;
    for running in all {
        running.server.stop().await?;
    }
    Ok(figures)
}

async fn load(house: &House, running: &Running, place: u64, clients: usize) -> anyhow::Result<Ran> {
    let puts = Puts::new(&running.token, &house.people, place * NUMBERS);
    let load = Load { address: running.server.address, clients, lasting: LASTING, expects: 200 };
    load.run(puts.of(Kind::New, 0, 0)).await
}

/// What there has to be for so many requests, in the tables and at the mail server.
async fn count_what_came(
    house: &House,
    figures: &mut Figures,
    case: &str,
    count: usize,
) -> anyhow::Result<()> {
    let stored = ask(&house.database.copy_for_all()?, "select count(*) from notice").await?;
    let stored: usize = stored.trim().parse()?;
    let began = Instant::now();
    house.sink.set_open(true);
    let (mut came, mut all_at) = (Vec::<Came>::new(), None);
    while began.elapsed() < ALL && all_at.is_none() {
        sleep(Duration::from_millis(20)).await;
        came.extend(house.sink.take());
        all_at = (came.len() >= count).then(|| began.elapsed());
    }
    sleep(LATE).await;
    came.extend(house.sink.take());
    house.sink.set_open(false);
    let different = came.iter().map(|one| one.id.as_str()).collect::<HashSet<_>>().len();
    let lost = count.saturating_sub(stored).max(count.saturating_sub(different));
    let doubled = stored.saturating_sub(count).max(came.len() - different);
    figures.add(case, LOST, lost as f64);
    figures.add(case, DOUBLED, doubled as f64);
    if let Some(took) = all_at {
        figures.add(case, DRAINED, count as f64 / took.as_secs_f64());
    }
    Ok(())
}
