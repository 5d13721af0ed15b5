//! The two ways to a patient, and what came along them.

use std::time::{Duration, Instant};

use anyhow::bail;
use tokio::time::sleep;

use crate::{
    house::{House, Running},
    limits::Connection,
    push::PushService,
    sink::{Came, Sink},
};

/// Longest wait for the last of them.
const ALL: Duration = Duration::from_secs(120);

#[derive(Clone, Copy)]
pub(super) enum Channel<'a> {
    Mail(&'a Sink),
    Push(&'a PushService),
}

impl Channel<'_> {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Mail(_) => "mail",
            Self::Push(_) => "push",
        }
    }

    /// A platform whose patients are told in this way only.
    pub(super) async fn run(self, house: &House) -> anyhow::Result<Running> {
        let copy = house.copy().await?;
        let other = match self {
            Self::Mail(_) => "by_push",
            Self::Push(_) => "by_mail",
        };
        Connection::open(copy.trim_start_matches("sqlite:"))?
            .execute(&format!("update account set {other} = 0"))?;
        house.run_on(copy, None).await
    }

    pub(super) fn set_open(self, is_open: bool) {
        match self {
            Self::Mail(sink) => sink.set_open(is_open),
            Self::Push(service) => service.set_open(is_open),
        }
    }

    pub(super) fn take(self) -> Vec<Came> {
        match self {
            Self::Mail(sink) => sink.take(),
            Self::Push(service) => service.take(),
        }
    }

    /// So many, in the order in which they came.
    ///
    /// # Errors
    /// When they do not all come in time, or more than they.
    pub(super) async fn wait_for(self, count: usize) -> anyhow::Result<Vec<Came>> {
        let (began, mut all) = (Instant::now(), self.take());
        while all.len() < count {
            if began.elapsed() > ALL {
                bail!("of {count} notices by {} only {} came in time", self.word(), all.len());
            }
            sleep(Duration::from_millis(20)).await;
            all.extend(self.take());
        }
        // One that is sent twice comes soon after the first.
        sleep(Duration::from_millis(200)).await;
        all.extend(self.take());
        if all.len() > count {
            bail!("{count} notices became {} by {}", all.len(), self.word());
        }
        all.sort_by_key(|came| came.at);
        Ok(all)
    }
}
