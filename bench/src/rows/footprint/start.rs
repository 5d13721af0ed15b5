//! The program started, left alone, and then not.

use std::{sync::Arc, time::Duration};

use tokio::time::sleep;

use super::{
    super::put::{KINDS, Kind, MEMORY, requests::Puts},
    LOADED,
};
use crate::{
    figures::{Figures, RATE},
    house::{House, Running},
    load::Load,
    usage,
};

const LEFT_ALONE: Duration = Duration::from_secs(2);
const LASTING: Duration = Duration::from_secs(2);
const CLIENTS: usize = 64;

pub(super) struct Started {
    pub(super) ready_ms: f64,
    pub(super) idle_mb: f64,
}

/// Lets a practice write one appointment into the database that others are copied from.
pub(super) async fn write_one(house: &House) -> anyhow::Result<()> {
    let running = house.run_on(house.filled(), None).await?;
    let puts = Puts::new(&running.token, &house.people, 0);
    let load = Load { address: running.server.address, clients: 1, lasting: LASTING, expects: 200 };
    load.run(Arc::new(move |number, request| number == 0 && puts.write(0, 0, request))).await?;
    running.server.stop().await
}

/// With nobody there but the question whether it is ready.
pub(super) async fn measure(house: &House, database: &str) -> anyhow::Result<Started> {
    let server = house.start(database).await?;
    sleep(LEFT_ALONE).await;
    let idle_mb = usage::memory_now(server.pid())?;
    let ready_ms = server.ready_after.as_secs_f64() * 1e3;
    server.stop().await?;
    Ok(Started { ready_ms, idle_mb })
}

/// With much to write.
pub(super) async fn loaded(running: &Running, puts: &Arc<Puts>) -> anyhow::Result<Figures> {
    let (mut figures, mut known) = (Figures::default(), 0);
    for kind in KINDS {
        let load = Load { address: running.server.address, clients: CLIENTS, lasting: LASTING, expects: 200 };
        let ran = load.run(puts.of(kind, known, 0)).await?;
        if kind == Kind::New {
            known = ran.took.count();
            figures.add(LOADED, RATE, ran.rate());
        }
    }
    figures.add(LOADED, MEMORY, usage::peak_memory(running.server.pid())?);
    Ok(figures)
}
