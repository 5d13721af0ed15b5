//! A process that answers HTTP.

use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use tokio::{
    process::{Child, Command},
    time::{sleep, timeout},
};

use crate::{program, traced, usage};

const READY: Duration = Duration::from_secs(60);
const STOPPED: Duration = Duration::from_secs(60);

/// It is killed when it is dropped; [`stop`](Self::stop) ends it as an operator does.
pub(crate) struct Server {
    child: Child,
    pid: u32,
    pub(crate) address: SocketAddr,
    /// From when it was started until it answered.
    pub(crate) ready_after: Duration,
    log: PathBuf,
}

impl Server {
    /// Starts it and waits until it answers 200 at this path. What it says goes into the log.
    ///
    /// # Errors
    /// When it cannot be started, or ends before it answers.
    pub(crate) async fn start(
        mut command: Command,
        address: SocketAddr,
        ready: &str,
        log: &Path,
    ) -> anyhow::Result<Self> {
        // Before the start: it reads certificates, which takes a while.
        let client = reqwest::Client::builder().timeout(READY).build()?;
        let file = std::fs::File::options().create(true).append(true).open(log)?;
        let began = Instant::now();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{:?} cannot be started", command.as_std().get_program()))?;
        let pid = child.id().context("it ended at once")?;
        let mut server = Self { child, pid, address, ready_after: Duration::ZERO, log: log.to_owned() };
        server.wait_until_ready(&client, &format!("http://{address}{ready}")).await?;
        server.ready_after = began.elapsed();
        Ok(server)
    }

    async fn wait_until_ready(&mut self, client: &reqwest::Client, url: &str) -> anyhow::Result<()> {
        let began = Instant::now();
        while began.elapsed() < READY {
            if let Some(status) = self.child.try_wait()? {
                bail!("it ended with {status}: {}", std::fs::read_to_string(&self.log)?);
            }
            if client.get(url).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            sleep(Duration::from_millis(2)).await;
        }
        bail!("{url} did not answer in time")
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// Ends it as an operator does, and waits for that; what counts its calls hands nothing on, so the program itself is told.
    ///
    /// # Errors
    /// When it does not end in time.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        let command = std::fs::read_to_string(format!("/proc/{}/comm", self.pid))?;
        let is_traced = traced::COMMANDS.contains(&command.trim());
        let below = if is_traced { usage::children(self.pid)?.pop() } else { None };
        let told = below.unwrap_or(self.pid);
        program::output(Command::new("kill").arg(told.to_string())).await?;
        timeout(STOPPED, self.child.wait()).await.context("it did not stop in time")??;
        Ok(())
    }
}

/// An address of this machine that nobody listens on.
///
/// # Errors
/// When there is none.
pub(crate) fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
