//! What the wire and the disk allow meanwhile: an echo, and a file that is written and synced again and again.

use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::super::put::{Kind, requests::Puts};
use crate::{
    figures::{Figures, RATE},
    limits::start_echo,
    load::Load,
    people::Person,
};

const LASTING: Duration = Duration::from_secs(2);
/// As long as an appointment, about.
const BYTES: usize = 1024;

pub(super) async fn measure(folder: &Path, people: &[Person]) -> anyhow::Result<Figures> {
    let mut figures = Figures::default();
    let file = folder.join("synced");
    figures.add("synced writes, one by one", RATE, tokio::task::spawn_blocking(|| synced(file)).await??);
    let server = start_echo(folder).await?;
    let load = Load { address: server.address, clients: 64, lasting: LASTING, expects: 200 };
    let ran = load.run(Puts::new("", people, 0).of(Kind::New, 0, 0)).await?;
    figures.add("echo, 64 clients", RATE, ran.rate());
    server.stop().await?;
    Ok(figures)
}

fn synced(path: PathBuf) -> anyhow::Result<f64> {
    let (mut file, mut writes, began) = (File::create(path)?, 0_u32, Instant::now());
    while began.elapsed() < LASTING {
        file.write_all(&[b' '; BYTES])?;
        file.sync_data()?;
        writes += 1;
    }
    Ok(f64::from(writes) / began.elapsed().as_secs_f64())
}
