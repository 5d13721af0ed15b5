//! A patient's browser, as far as it asks for pages: one connection, and a session's cookie.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use crate::{
    clock,
    load::{head_of, status_of},
};

/// Longest wait for one page.
const PAGE: Duration = Duration::from_secs(30);

pub(crate) struct Browser {
    connection: TcpStream,
    headers: String,
}

/// What came, and when, in microseconds since 1970.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) text: String,
    pub(crate) asked: u64,
    pub(crate) first_byte: u64,
    pub(crate) last_byte: u64,
}

impl Browser {
    /// # Errors
    /// When nobody listens there.
    pub(crate) async fn open(platform: SocketAddr, cookie: &str) -> anyhow::Result<Self> {
        let connection = TcpStream::connect(platform).await?;
        connection.set_nodelay(true)?;
        let headers = format!(
            "host: {platform}\r\ncookie: {cookie}\r\norigin: http://{platform}\r\nsec-fetch-site: same-origin\r\n"
        );
        Ok(Self { connection, headers })
    }

    /// # Errors
    /// When no whole page comes in time.
    pub(crate) async fn get(&mut self, path: &str) -> anyhow::Result<Page> {
        let request = format!("GET {path} HTTP/1.1\r\n{}\r\n", self.headers);
        self.ask(&request).await.with_context(|| format!("GET {path}"))
    }

    /// A page that must be there.
    ///
    /// # Errors
    /// When there is another answer than 200.
    pub(crate) async fn read(&mut self, path: &str) -> anyhow::Result<Page> {
        let page = self.get(path).await?;
        if page.status != 200 {
            bail!("GET {path} was answered {}: {}{}", page.status, page.head, page.text);
        }
        Ok(page)
    }

    /// Sends a form with one field, and gives where it leads.
    ///
    /// # Errors
    /// When it leads nowhere.
    pub(crate) async fn send(&mut self, path: &str, (name, value): (&str, &str)) -> anyhow::Result<String> {
        let form = url::form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
        let request = format!(
            "POST {path} HTTP/1.1\r\n{}content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            self.headers,
            form.len()
        );
        let answer = self.ask(&request).await.with_context(|| format!("POST {path}"))?;
        let location = answer.head.lines().find_map(|line| line.strip_prefix("location: "));
        location.map(str::to_owned).with_context(|| {
            format!("POST {path} leads nowhere, it was answered {}: {}", answer.status, answer.text)
        })
    }

    async fn ask(&mut self, request: &str) -> anyhow::Result<Page> {
        timeout(PAGE, self.exchange(request.as_bytes())).await.context("no page in time")?
    }

    async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Page> {
        let (asked, mut read, mut first_byte) = (clock::now(), Vec::with_capacity(64 * 1024), 0);
        self.connection.write_all(request).await?;
        loop {
            if self.connection.read_buf(&mut read).await? == 0 {
                bail!("the connection was closed within an answer");
            }
            if first_byte == 0 {
                first_byte = clock::now();
            }
            if let Some((head, _)) = head_of(&read)?.filter(|(_, whole)| read.len() >= *whole) {
                let text = String::from_utf8(read.split_off(head))?;
                let (status, head) = (status_of(&read), String::from_utf8(read)?);
                return Ok(Page { status, head, text, asked, first_byte, last_byte: clock::now() });
            }
        }
    }
}
