use std::time::Duration;

use serde_json::Value;

/// What is to come, comes within this time.
const SOON: Duration = Duration::from_secs(10);
/// What has not come within this time is taken not to come.
const WHILE: Duration = Duration::from_millis(100);

/// A stream of server-sent events, as a browser reads it.
#[derive(Debug)]
pub struct Live {
    answer: reqwest::Response,
    read: String,
}

impl Live {
    pub(crate) fn new(answer: reqwest::Response) -> Self {
        Self { answer, read: String::new() }
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.answer.status().as_u16()
    }

    /// A header's text, empty when it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.answer.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The next event with its name and data; none when the stream has ended.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        tokio::time::timeout(SOON, self.event()).await.unwrap_or_else(|_| panic!("nothing came"))
    }

    /// Whether nothing comes for a while.
    pub async fn is_quiet(&mut self) -> bool {
        tokio::time::timeout(WHILE, self.event()).await.is_err()
    }

    async fn event(&mut self) -> Option<(String, Value)> {
        loop {
            while let Some((block, rest)) = self.read.split_once("\n\n") {
                let event = event(block);
                self.read = rest.to_owned();
                if event.is_some() {
                    return event;
                }
            }
            let chunk = self.answer.chunk().await.unwrap()?;
            self.read.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

/// A block of lines, unless it is a sign of life only.
fn event(block: &str) -> Option<(String, Value)> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let data = field("data")?;
    Some((field("event").unwrap_or("message").to_owned(), serde_json::from_str(data).unwrap()))
}
