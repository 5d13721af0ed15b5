use axum::{body::Body, response::Response};
use futures::{FutureExt as _, StreamExt as _};
use http_body_util::BodyExt as _;

/// What somebody was answered.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) status: u16,
    text: String,
    /// The headers that a reader can learn from, and those by which a page protects itself.
    headers: http::HeaderMap,
    /// What was named in the request and may come back: the things that it was aimed at.
    named: Vec<String>,
}

/// Those by which two answers could be told apart.
const TELLING: [&str; 8] = [
    "location",
    "content-type",
    "www-authenticate",
    "etag",
    "allow",
    "cache-control",
    "set-cookie",
    "retry-after",
];

impl Seen {
    /// Reads an answer to its end; of a stream that has not ended what is there.
    pub(super) async fn new(answer: Response, named: Vec<String>) -> Self {
        let (parts, body) = answer.into_parts();
        let is_stream =
            parts.headers.get("content-type").is_some_and(|kind| kind.as_bytes() == b"text/event-stream");
        let text = if is_stream { begun(body) } else { body.collect().await.unwrap().to_bytes().to_vec() };
        let text = String::from_utf8(text).unwrap();
        Self { status: parts.status.as_u16(), text, headers: parts.headers, named }
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Whether nobody could tell the two apart, but for what was asked.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let headers = |seen: &Self| TELLING.map(|name| seen.plain(seen.header(name)));
        (self.status, self.plain(&self.text)) == (other.status, other.plain(&other.text))
            && headers(self) == headers(other)
    }

    /// What of these it shows.
    pub(super) fn leak<'a>(&'a self, marks: &'a [String]) -> impl Iterator<Item = &'a str> {
        let said = |mark: &str| self.text.contains(mark) || self.header("location").contains(mark);
        marks.iter().map(String::as_str).filter(move |mark| said(mark))
    }

    /// In short, for a person to read.
    pub(super) fn told(&self) -> String {
        let start: String = self.text.chars().take(160).collect();
        format!("{} {:?} {start:?}", self.status, self.header("location"))
    }

    /// Without the names of what was asked for.
    fn plain(&self, text: &str) -> String {
        self.named.iter().fold(text.to_owned(), |text, name| text.replace(name, "NAMED"))
    }
}

/// What a stream has sent by now.
fn begun(body: Body) -> Vec<u8> {
    let mut stream = body.into_data_stream();
    let mut text = Vec::new();
    while let Some(Some(Ok(bytes))) = stream.next().now_or_never() {
        text.extend_from_slice(&bytes);
    }
    text
}
