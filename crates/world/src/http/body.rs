use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::time::{Instant, timeout_at};

use super::{HttpError, Limits, chain};

/// The body of an answer, of which a part may still have to come.
#[derive(Debug)]
pub struct Body(Source);

#[derive(Debug)]
enum Source {
    Memory(Option<Bytes>),
    Network(Network),
}

#[derive(Debug)]
struct Network {
    answer: reqwest::Response,
    host: String,
    came_bytes: usize,
    limits: Limits,
    until: Instant,
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Memory(Some(bytes)))
    }
}

impl Body {
    pub(super) fn arriving(answer: reqwest::Response, host: String, limits: Limits, until: Instant) -> Self {
        Self(Source::Network(Network { answer, host, came_bytes: 0, limits, until }))
    }

    /// The next part, once it is here; `None` when all came.
    ///
    /// # Errors
    /// When the rest does not come within the limits that the request was sent with.
    pub async fn next(&mut self) -> Result<Option<Bytes>, HttpError> {
        match &mut self.0 {
            Source::Memory(bytes) => Ok(bytes.take().filter(|bytes| !bytes.is_empty())),
            Source::Network(network) => network.next().await,
        }
    }

    /// All that is still to come, in memory.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub async fn whole(mut self) -> Result<Bytes, HttpError> {
        if let Source::Memory(bytes) = &mut self.0 {
            return Ok(bytes.take().unwrap_or_default());
        }
        let mut whole = BytesMut::with_capacity(self.said_bytes());
        while let Some(part) = self.next().await? {
            whole.extend_from_slice(&part);
        }
        Ok(whole.freeze())
    }

    /// As long as it says to be, so that megabytes are not copied each time that they grow.
    fn said_bytes(&self) -> usize {
        let Source::Network(Network { answer, limits, .. }) = &self.0 else { return 0 };
        let said = answer.content_length().and_then(|bytes| usize::try_from(bytes).ok());
        said.unwrap_or_default().min(limits.body_bytes)
    }
}

impl Network {
    async fn next(&mut self) -> Result<Option<Bytes>, HttpError> {
        let (host, Limits { timeout, body_bytes }) = (&self.host, self.limits);
        let part = match timeout_at(self.until, self.answer.chunk()).await {
            Ok(part) => {
                part.map_err(|error| HttpError::Unanswered { host: host.clone(), reason: chain(&error) })?
            }
            Err(_) => return Err(too_late(host.clone(), timeout)),
        };
        self.came_bytes += part.as_ref().map_or(0, Bytes::len);
        if self.came_bytes > body_bytes {
            return Err(HttpError::TooLarge { host: host.clone(), limit_bytes: body_bytes });
        }
        Ok(part)
    }
}

pub(super) fn too_late(host: String, timeout: Duration) -> HttpError {
    HttpError::Unanswered { host, reason: format!("nothing within {timeout:?}") }
}
