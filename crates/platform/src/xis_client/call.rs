use std::time::Duration;

use bytes::Bytes;
use fhir::{incoming::OperationOutcome, naming};
use http::{Method, StatusCode, header};
use secrecy::ExposeSecret as _;
use url::Url;
use world::{HttpError, Limits, Request, Response};

use super::{Trouble, XisClient, breaker::Purpose, line::Line};

/// The largest answer that is read: some 10,000 slots.
const BODY_BYTES: usize = 16 * 1024 * 1024;
/// Our own patience ends first; the network's is there should it not.
const SLACK: Duration = Duration::from_secs(10);

/// What is asked.
pub(super) struct Call {
    method: Method,
    address: Url,
    body: Bytes,
    pub(super) if_none_exist: Option<String>,
}

impl Call {
    pub(super) fn get(address: Url) -> Self {
        Self { method: Method::GET, address, body: Bytes::new(), if_none_exist: None }
    }

    pub(super) fn post(address: Url, body: Vec<u8>) -> Self {
        Self { method: Method::POST, address, body: body.into(), if_none_exist: None }
    }

    fn purpose(&self) -> Purpose {
        if self.method == Method::GET { Purpose::Read } else { Purpose::Write }
    }
}

impl XisClient<'_> {
    /// Sends a call and returns its answer, whatever its status but 401: then once more with a new token (C13).
    pub(super) async fn send(&self, call: &Call) -> Result<Response, Trouble> {
        let line = self.line();
        let pass = line.enter(&self.app.world, call.purpose(), self.deadline).await?;
        let mut answer = self.send_or_retry(call, &line).await;
        if answer.as_ref().is_ok_and(|answer| answer.status() == StatusCode::UNAUTHORIZED) {
            self.forget_token();
            answer = self.send_or_retry(call, &line).await;
        }
        pass.end(&answer);
        if call.purpose() == Purpose::Write {
            // Whatever came of it, the agenda may be another one now (C19).
            line.slots.forget();
        }
        answer
    }

    /// Sends a call whose answer must be 200, and FHIR.
    pub(super) async fn send_for_ok(&self, call: &Call) -> Result<Bytes, Trouble> {
        let answer = self.send(call).await?;
        if answer.status() != StatusCode::OK {
            return Err(refused(&answer));
        }
        check_media_type(&answer)?;
        Ok(answer.into_body())
    }

    /// A read whose connection was refused or broke off is tried once more, as long as there is time and credit: it
    /// may have been an old connection. What changes something never is.
    async fn send_or_retry(&self, call: &Call, line: &Line) -> Result<Response, Trouble> {
        let first = self.send_once(call).await;
        let broke_off = first.as_ref().is_err_and(Trouble::is_broken_connection);
        let has_time = self.deadline.left(self.app.world.now()).is_some();
        if broke_off && has_time && call.purpose() == Purpose::Read && line.may_retry() {
            return self.send_once(call).await;
        }
        first
    }

    async fn send_once(&self, call: &Call) -> Result<Response, Trouble> {
        let world = &self.app.world;
        let left = || self.deadline.left(world.now()).ok_or(Trouble::TooLate);
        let token = world.within(left()?, self.token()).await.ok_or(Trouble::TooLate)??;
        let request = self.request(call, token.expose_secret())?;
        let waited = left()?;
        let limits = Limits { timeout: waited + SLACK, body_bytes: BODY_BYTES };
        let answer = world.within(waited, world.http.send(request, limits)).await;
        Ok(answer.ok_or(Trouble::Slow { waited })??)
    }

    fn request(&self, call: &Call, token: &str) -> Result<Request, Trouble> {
        let mut request = http::Request::builder()
            .method(call.method.clone())
            .uri(call.address.as_str())
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::ACCEPT, naming::FHIR_JSON)
            .header("X-Organization-Identifier", self.organization());
        if !call.body.is_empty() {
            request = request.header(header::CONTENT_TYPE, naming::FHIR_JSON);
        }
        if let Some(query) = &call.if_none_exist {
            request = request.header("If-None-Exist", query);
        }
        request.body(call.body.clone()).map_err(|error| {
            Trouble::Http(HttpError::Unreachable { host: self.agb().to_string(), reason: error.to_string() })
        })
    }

    /// D1: the token form, or the bare code by setting.
    fn organization(&self) -> String {
        if self.practice.settings.plain_organization {
            self.agb().to_string()
        } else {
            format!("{}|{}", naming::AGB_Z, self.agb())
        }
    }
}

/// The answer as a trouble, with what its OperationOutcome says.
pub(super) fn refused(answer: &Response) -> Trouble {
    let said = fhir::parse::<OperationOutcome>(answer.body()).ok().and_then(|outcome| outcome.summary());
    Trouble::Status { status: answer.status(), said }
}

/// Refuses what calls itself something else than JSON. What does not say what it is gets the benefit of the doubt.
pub(super) fn check_media_type(answer: &Response) -> Result<(), Trouble> {
    let said = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let Some(said) = said.filter(|_| !answer.body().is_empty()) else { return Ok(()) };
    let sent: String = said.split(';').next().unwrap_or_default().trim().chars().take(64).collect();
    let kind = sent.to_ascii_lowercase();
    let is_other = kind.contains("html") || kind.contains("xml") || kind.starts_with("image/");
    if is_other { Err(Trouble::NotFhir { sent }) } else { Ok(()) }
}
