//! HTTP/1.1 as far as it is needed, so that it is known when the last byte was handed to the kernel.

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::load::head_of;

/// Larger requests are not sent to it.
const MOST_BYTES: usize = 16 * 1024 * 1024;

pub(super) struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

pub(super) struct Request {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) body: Vec<u8>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> anyhow::Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::new() })
    }

    /// The next request; none when whoever asked is gone.
    pub(super) async fn next(&mut self) -> anyhow::Result<Option<Request>> {
        loop {
            if let Some((head, length)) = head_of(&self.read)? {
                while self.read.len() < length {
                    if !self.more().await? {
                        bail!("the connection was closed within a request");
                    }
                }
                let rest = self.read.split_off(length);
                let request = std::mem::replace(&mut self.read, rest);
                return parsed(&request, head).map(Some);
            }
            if !self.more().await? {
                return Ok(None);
            }
        }
    }

    pub(super) async fn answer(&mut self, status: &str, headers: &str, body: &[u8]) -> anyhow::Result<()> {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/fhir+json\r\ncontent-length: {length}\r\n{headers}\r\n"
        );
        if length < 16 * 1024 {
            return Ok(self.stream.write_all(&[head.as_bytes(), body].concat()).await?);
        }
        self.stream.write_all(head.as_bytes()).await?;
        Ok(self.stream.write_all(body).await?)
    }

    async fn more(&mut self) -> anyhow::Result<bool> {
        if self.read.len() > MOST_BYTES {
            bail!("the request is too large");
        }
        Ok(self.stream.read_buf(&mut self.read).await? > 0)
    }
}

fn parsed(request: &[u8], head: usize) -> anyhow::Result<Request> {
    let (head, body) = request.split_at(head);
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let mut words = std::str::from_utf8(line)?.split(' ');
    let mut word = || words.next().map(str::to_owned).context("no request line");
    Ok(Request { method: word()?, target: word()?, body: body.to_vec() })
}
