mod body;

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use tokio::time::{Instant, timeout_at};

pub use self::body::Body;
use crate::NotPublic;

/// An outgoing request, body in memory.
pub type Request = http::Request<Bytes>;
/// The whole answer, body in memory.
pub type Response = http::Response<Bytes>;

/// How long to wait for an answer and how large it may be.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From the first byte sent to the last byte received.
    pub timeout: Duration,
    /// The largest body accepted, in bytes.
    pub body_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(10), body_bytes: 1024 * 1024 }
    }
}

/// Why there is no answer. Any status code is an answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum HttpError {
    /// Nothing was sent: safe to try again.
    #[error("{host} cannot be reached: {reason}")]
    Unreachable {
        /// Host and port of the request.
        host: String,
        /// What the network said.
        reason: String,
    },
    /// The request may have been received and acted on; the answer did not come (whole) or in time.
    #[error("no complete answer from {host}: {reason}")]
    Unanswered {
        /// Host and port of the request.
        host: String,
        /// What the network said.
        reason: String,
    },
    /// The answer is larger than [`Limits::body_bytes`].
    #[error("the answer of {host} is larger than {limit_bytes} bytes")]
    TooLarge {
        /// Host and port of the request.
        host: String,
        /// The limit that was passed.
        limit_bytes: usize,
    },
    /// Only public addresses may be reached, and this is none: nothing was sent.
    #[error("{host} may not be reached: {reason}")]
    Forbidden {
        /// Host of the request.
        host: String,
        /// What is wrong with it.
        reason: NotPublic,
    },
    /// The client itself could not be built.
    #[error("the HTTP client cannot start: {0}")]
    Client(String),
}

/// How other machines are reached. Follows no redirect, keeps no cookie, tries nothing twice.
#[async_trait]
pub trait Http: Send + Sync + 'static {
    /// Sends one request and waits for the whole answer.
    ///
    /// # Errors
    /// When no whole answer came within the limits; the variant says whether the request can have had an effect.
    async fn send(&self, request: Request, limits: Limits) -> Result<Response, HttpError>;

    /// Sends one request and waits for the head of its answer; the body comes after it, within the same limits.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    async fn begin(&self, request: Request, limits: Limits) -> Result<http::Response<Body>, HttpError> {
        Ok(self.send(request, limits).await?.map(Body::from))
    }
}

/// [`Http`] over the network to any address whatever; [`GuardedClient`](crate::GuardedClient) judges first.
#[derive(Debug, Clone)]
pub struct Client(reqwest::Client);

impl Client {
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new() -> Result<Self, HttpError> {
        Self::built(Self::builder())
    }

    pub(crate) fn builder() -> reqwest::ClientBuilder {
        reqwest::Client::builder()
            .user_agent(concat!("balie/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(Duration::from_secs(3))
            .pool_idle_timeout(Duration::from_secs(30))
    }

    pub(crate) fn built(builder: reqwest::ClientBuilder) -> Result<Self, HttpError> {
        builder.build().map(Self).map_err(|error| HttpError::Client(chain(&error)))
    }
}

#[async_trait]
impl Http for Client {
    async fn send(&self, request: Request, limits: Limits) -> Result<Response, HttpError> {
        let (head, body) = self.begin(request, limits).await?.into_parts();
        Ok(Response::from_parts(head, body.whole().await?))
    }

    async fn begin(&self, request: Request, limits: Limits) -> Result<http::Response<Body>, HttpError> {
        let host = request.uri().authority().map(ToString::to_string).unwrap_or_default();
        let until = Instant::now() + limits.timeout;
        let mut answer = match timeout_at(until, self.execute(request, &host)).await {
            Ok(answer) => answer?,
            Err(_) => return Err(body::too_late(host, limits.timeout)),
        };
        let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
        let mut response = http::Response::new(Body::arriving(answer, host, limits, until));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

impl Client {
    async fn execute(&self, request: Request, host: &str) -> Result<reqwest::Response, HttpError> {
        let request = reqwest::Request::try_from(request)
            .map_err(|error| HttpError::Unreachable { host: host.to_owned(), reason: chain(&error) })?;
        self.0.execute(request).await.map_err(|error| {
            let (host, reason) = (host.to_owned(), chain(&error));
            if let Some(reason) = NotPublic::among_causes(&error) {
                HttpError::Forbidden { host, reason }
            } else if error.is_connect() || error.is_builder() {
                HttpError::Unreachable { host, reason }
            } else {
                HttpError::Unanswered { host, reason }
            }
        })
    }
}

/// The error and its causes in one line, without the URL (which may hold a search term).
fn chain(error: &reqwest::Error) -> String {
    let mut text = String::new();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&error.to_string());
        cause = error.source();
    }
    if text.is_empty() { "the connection was closed".to_owned() } else { text }
}
