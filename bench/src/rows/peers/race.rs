//! Clients race for one slot at each peer, by the peer's own means against two who want the same.

use std::time::Instant;

use anyhow::bail;
use async_trait::async_trait;
use futures::future::try_join_all;
use reqwest::{RequestBuilder, StatusCode};

use super::{
    super::Row,
    limits,
    peer::{self, Line, Peer},
};
use crate::{
    figures::{Figures, Goal, RATE},
    people,
};

const SLOTS: usize = 100;
const CLIENTS: usize = 64;
const LET_IN: &str = "let in a slot, mean";
const MOST: &str = "let in a slot, most";
const REFUSED: &str = "refused a slot, mean";
const PLAIN: &str = "let in without a condition";

pub(in super::super) struct Race {
    peers: Vec<Box<dyn Peer>>,
}

impl Race {
    /// None where the peers are not installed.
    pub(in super::super) fn open() -> Option<Self> {
        peer::all().map(|peers| Self { peers })
    }
}

#[async_trait]
impl Row for Race {
    fn name(&self) -> &'static str {
        "peers-race"
    }

    fn title(&self) -> &'static str {
        "Clients race for a slot at the peers"
    }

    async fn limits(&mut self) -> anyhow::Result<Figures> {
        limits::measure(tempfile::tempdir()?.path(), &people::some(crate::house::PATIENTS)).await
    }

    async fn measure(&mut self) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        for peer in &self.peers {
            let folder = tempfile::tempdir()?;
            let server = peer.start(folder.path(), None).await?;
            figures.extend(race(&**peer, &Line::to(&server)?).await?);
            server.stop().await?;
        }
        Ok(figures)
    }

    fn compare(&self, _: &Figures, _: &Figures) -> Figures {
        Figures::default()
    }

    fn goals(&self) -> Vec<Goal> {
        Vec::new()
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = vec![format!(
            "At each peer {CLIENTS} clients race for each of {SLOTS} slots, one slot after the other, by what the peer has \
             against two who want the same. At Medplum's router that is a `Slot` that is made busy if it still is in the \
             version that was read (`If-Match`), which is another resource than the appointment; at the calendar servers it \
             is one name for the event at a time, written if there is none yet (`If-None-Match: *`). Without such a \
             condition, which each client must think of, appointments under their own ids are all let in: tried at one \
             slot. The rate is that of answers, refusals included."
        )];
        remarks.extend(self.peers.iter().map(|peer| peer.how()));
        remarks
    }
}

async fn race(peer: &dyn Peer, line: &Line) -> anyhow::Result<Figures> {
    let (mut all, mut most, mut seconds) = (0, 0, 0.0);
    for slot in 0..SLOTS {
        let version = peer.offer(line, slot).await?;
        let began = Instant::now();
        let let_in =
            count_let_in((0..CLIENTS).map(|client| peer.take(line, (slot, &version), client))).await?;
        seconds += began.elapsed().as_secs_f64();
        all += let_in;
        most = most.max(let_in);
    }
    let plain = count_let_in((0..CLIENTS).map(|client| peer.book(line, SLOTS, client))).await?;
    let (mean, mut figures) = (all as f64 / SLOTS as f64, Figures::default());
    for (metric, value) in [
        (LET_IN, mean),
        (MOST, most as f64),
        (REFUSED, CLIENTS as f64 - mean),
        (PLAIN, plain as f64),
        (RATE, (SLOTS * CLIENTS) as f64 / seconds),
    ] {
        figures.add(peer.name(), metric, value);
    }
    Ok(figures)
}

/// Sends all at once and counts who is let in; the others must be refused, and nothing else.
async fn count_let_in(attempts: impl Iterator<Item = RequestBuilder>) -> anyhow::Result<usize> {
    let answers = try_join_all(attempts.map(|attempt| async {
        let answer = attempt.send().await?;
        let status = answer.status();
        // Read to its end, the connection serves the next one.
        answer.bytes().await?;
        Ok::<_, reqwest::Error>(status)
    }))
    .await?;
    let refused = answers.iter().filter(|status| **status == StatusCode::PRECONDITION_FAILED).count();
    let let_in = answers.iter().filter(|status| status.is_success()).count();
    if refused + let_in != answers.len() {
        bail!("one was neither let in nor refused: {answers:?}");
    }
    Ok(let_in)
}
