//! Clients that each keep one connection and ask again as soon as they are answered (a closed loop).
//!
//! They run in one thread, build requests by copying bytes and read no more of an answer than where it ends, so that
//! they are not what is measured: they share the processors with it.

mod chunked;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
    time::{sleep_until, timeout},
};

use crate::{
    figures::{Figures, P50, P99, RATE},
    histogram::Histogram,
};

/// Longest wait for one answer.
const ANSWER: Duration = Duration::from_secs(30);

/// Writes the request of this number, from 0, into the buffer; `false` when there are no more.
pub(crate) type Requests = dyn Fn(u64, &mut Vec<u8>) -> bool + Send + Sync;

/// Who asks, and how long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) address: SocketAddr,
    pub(crate) clients: usize,
    pub(crate) lasting: Duration,
    /// The status that each answer must have.
    pub(crate) expects: u16,
}

/// What became of it.
#[derive(Debug, Default)]
pub(crate) struct Ran {
    pub(crate) took: Histogram,
    /// What the answers came to, heads and all.
    pub(crate) bytes: u64,
    pub(crate) seconds: f64,
}

impl Ran {
    /// How fast it was, and how long each took.
    pub(crate) fn note(&self, figures: &mut Figures, case: &str) {
        for (metric, value) in
            [(RATE, self.rate()), (P50, self.took.quantile(0.5)), (P99, self.took.quantile(0.99))]
        {
            figures.add(case, metric, value);
        }
    }

    pub(crate) fn rate(&self) -> f64 {
        self.took.count() as f64 / self.seconds
    }
}

impl Load {
    /// Asks until the time is over or there are no more requests, each client as soon as it is answered.
    ///
    /// # Errors
    /// At the first answer that is not as expected: what is refused is no work done.
    pub(crate) async fn run(self, requests: Arc<Requests>) -> anyhow::Result<Ran> {
        self.run_paced(requests, Duration::ZERO).await
    }

    /// Asks at a steady rate, one request each time that `pause` is over, whether earlier ones are answered or not: an
    /// open loop, as long as there is a client free. How long an answer took is counted from when it was to be asked for.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub(crate) async fn run_paced(self, requests: Arc<Requests>, pause: Duration) -> anyhow::Result<Ran> {
        // A thread of its own: nothing else of this process stands in its way.
        tokio::task::spawn_blocking(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(self.all(requests, pause))
        })
        .await?
    }

    async fn all(self, requests: Arc<Requests>, pause: Duration) -> anyhow::Result<Ran> {
        let next = Arc::new(AtomicU64::new(0));
        let mut connections = Vec::new();
        for _ in 0..self.clients {
            let connection = TcpStream::connect(self.address).await?;
            connection.set_nodelay(true)?;
            connections.push(connection);
        }
        let (began, mut clients) = (Instant::now(), JoinSet::new());
        for connection in connections {
            let (requests, next) = (Arc::clone(&requests), Arc::clone(&next));
            let client = Client { load: self, connection, requests, next, pause };
            clients.spawn(client.run(began));
        }
        let mut ran = Ran::default();
        while let Some(one) = clients.join_next().await {
            let one = one??;
            ran.took.add(&one.took);
            ran.bytes += one.bytes;
        }
        ran.seconds = began.elapsed().as_secs_f64();
        Ok(ran)
    }
}

struct Client {
    load: Load,
    connection: TcpStream,
    requests: Arc<Requests>,
    next: Arc<AtomicU64>,
    /// From one request to the next, whoever asks; none where each asks as soon as it is answered.
    pause: Duration,
}

impl Client {
    async fn run(mut self, began: Instant) -> anyhow::Result<Ran> {
        let (mut ran, mut request, mut answer) = (Ran::default(), Vec::new(), Vec::with_capacity(64 * 1024));
        while began.elapsed() < self.load.lasting {
            request.clear();
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let due = began + self.pause.mul_f64(number as f64);
            if !self.pause.is_zero() {
                sleep_until(due.into()).await;
            }
            if !(self.requests)(number, &mut request) {
                break;
            }
            let asked = if self.pause.is_zero() { Instant::now() } else { due };
            let status =
                timeout(ANSWER, self.ask(&request, &mut answer)).await.context("no answer in time")??;
            ran.took.note(asked.elapsed());
            ran.bytes += answer.len() as u64;
            if status != self.load.expects {
                bail!("answered {status}: {}", String::from_utf8_lossy(&answer));
            }
        }
        Ok(ran)
    }

    async fn ask(&mut self, request: &[u8], answer: &mut Vec<u8>) -> anyhow::Result<u16> {
        self.connection.write_all(request).await?;
        answer.clear();
        loop {
            if self.connection.read_buf(answer).await? == 0 {
                bail!("the connection was closed after {:?}", String::from_utf8_lossy(answer));
            }
            if let Some((head, length)) = head_of(answer)? {
                let status = status_of(&answer[..head]);
                while answer.len() < length {
                    if self.connection.read_buf(answer).await? == 0 {
                        bail!("the connection was closed within an answer");
                    }
                }
                return Ok(status);
            }
        }
    }
}

/// The lengths of the head and of the whole message, once its head is there.
///
/// # Errors
/// When it does not say how long it is.
pub(crate) fn head_of(message: &[u8]) -> anyhow::Result<Option<(usize, usize)>> {
    let Some(end) = find(message, b"\r\n\r\n") else { return Ok(None) };
    let head = message[..end].to_ascii_lowercase();
    let length = match find(&head, b"\r\ncontent-length: ") {
        Some(at) => number(&head[at + b"\r\ncontent-length: ".len()..]),
        None if find(&head, b"\r\ntransfer-encoding:").is_some() => {
            match chunked::length(&message[end + 4..])? {
                Some(length) => length,
                None => return Ok(None),
            }
        }
        None => 0,
    };
    Ok(Some((end + 4, end + 4 + length)))
}

/// The status of an answer with this head.
pub(crate) fn status_of(head: &[u8]) -> u16 {
    u16::try_from(number(head.get(b"HTTP/1.1 ".len()..).unwrap_or_default())).unwrap_or_default()
}

fn number(text: &[u8]) -> usize {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0'))
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::{head_of, status_of};

    #[test]
    fn an_answer_says_its_status_and_where_it_ends() {
        let answer = b"HTTP/1.1 201 Created\r\nContent-Length: 12\r\nx: y\r\n\r\n{\"a\": \"bcd\"}";
        assert_eq!(head_of(answer).unwrap(), Some((answer.len() - 12, answer.len())));
        assert_eq!(status_of(answer), 201);
        assert_eq!(head_of(&answer[..30]).unwrap(), None);
        assert_eq!(head_of(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap(), Some((27, 27)));
        assert_eq!(head_of(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").unwrap(), None);
    }
}
