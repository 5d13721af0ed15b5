use std::{convert::Infallible, time::Duration};

use bytes::Bytes;
use fhir::{incoming::OperationOutcome, naming};
use http::{HeaderMap, Method, StatusCode, header, response::Parts};
use secrecy::ExposeSecret as _;
use url::Url;
use world::{HttpError, Limits, Request, Response};

use super::{
    Trouble, XisClient,
    breaker::Purpose,
    line::Line,
    reading::{self, Reading, Taken},
};

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
        let answer = self.exchange(call, &|_| None::<Infallible>).await?;
        Ok(answer.map(|body| match body {
            Taken::Whole(bytes) => bytes,
            Taken::Read(never) => match never {},
        }))
    }

    /// Sends a call whose answer must be 200, and FHIR.
    pub(super) async fn send_for_ok(&self, call: &Call) -> Result<Bytes, Trouble> {
        let answer = self.send(call).await?;
        check_good(&answer)?;
        Ok(answer.into_body())
    }

    /// Sends a call whose answer must be 200, and FHIR, and has it read while it arrives: by a new reader each time that
    /// the call is made.
    pub(super) async fn send_for_reading<R: Reading>(
        &self,
        call: &Call,
        new: impl Fn() -> R + Sync,
    ) -> Result<R, Trouble> {
        let is_good = |head: &Parts| head.status == StatusCode::OK && is_fhir(&head.headers).is_ok();
        let answer = self.exchange(call, &|head| is_good(head).then(&new)).await?;
        let (head, body) = answer.into_parts();
        match body {
            Taken::Read(reader) => Ok(reader),
            Taken::Whole(bytes) => {
                check_good(&Response::from_parts(head, bytes))?;
                // Whatever it calls itself, there is nothing in it.
                Ok(new())
            }
        }
    }

    async fn exchange<R: Reading>(
        &self,
        call: &Call,
        reader: &(impl Fn(&Parts) -> Option<R> + Sync),
    ) -> Result<http::Response<Taken<R>>, Trouble> {
        let line = self.line();
        let pass = line.enter(&self.app.world, call.purpose(), self.deadline).await?;
        let mut answer = self.send_or_retry(call, reader, &line).await;
        if answer.as_ref().is_ok_and(|answer| answer.status() == StatusCode::UNAUTHORIZED) {
            self.forget_token();
            answer = self.send_or_retry(call, reader, &line).await;
        }
        pass.end(&answer);
        if call.purpose() == Purpose::Write {
            // Whatever came of it, the agenda may be another one now (C19).
            line.slots.forget();
        }
        answer
    }

    /// A read whose connection was refused or broke off is tried once more, as long as there is time and credit: it
    /// may have been an old connection. What changes something never is.
    async fn send_or_retry<R: Reading>(
        &self,
        call: &Call,
        reader: &(impl Fn(&Parts) -> Option<R> + Sync),
        line: &Line,
    ) -> Result<http::Response<Taken<R>>, Trouble> {
        let first = self.send_once(call, reader).await;
        let broke_off = first.as_ref().is_err_and(Trouble::is_broken_connection);
        let has_time = self.deadline.left(self.app.world.now()).is_some();
        if broke_off && has_time && call.purpose() == Purpose::Read && line.may_retry() {
            return self.send_once(call, reader).await;
        }
        first
    }

    async fn send_once<R: Reading>(
        &self,
        call: &Call,
        reader: &(impl Fn(&Parts) -> Option<R> + Sync),
    ) -> Result<http::Response<Taken<R>>, Trouble> {
        let world = &self.app.world;
        let left = || self.deadline.left(world.now()).ok_or(Trouble::TooLate);
        let token = world.within(left()?, self.token()).await.ok_or(Trouble::TooLate)??;
        let request = self.request(call, token.expose_secret())?;
        let waited = left()?;
        let limits = Limits { timeout: waited + SLACK, body_bytes: BODY_BYTES };
        let answer = async {
            let (head, body) = world.http.begin(request, limits).await?.into_parts();
            let body = reading::take(body, reader(&head)).await?;
            Ok::<_, HttpError>(http::Response::from_parts(head, body))
        };
        Ok(world.within(waited, answer).await.ok_or(Trouble::Slow { waited })??)
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

fn check_good(answer: &Response) -> Result<(), Trouble> {
    if answer.status() == StatusCode::OK { check_media_type(answer) } else { Err(refused(answer)) }
}

/// Refuses what calls itself something else than JSON, unless nothing is in it.
pub(super) fn check_media_type(answer: &Response) -> Result<(), Trouble> {
    if answer.body().is_empty() { Ok(()) } else { is_fhir(answer.headers()) }
}

/// What does not say what it is gets the benefit of the doubt.
fn is_fhir(headers: &HeaderMap) -> Result<(), Trouble> {
    let Some(said) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return Ok(());
    };
    let sent: String = said.split(';').next().unwrap_or_default().trim().chars().take(64).collect();
    let kind = sent.to_ascii_lowercase();
    let is_other = kind.contains("html") || kind.contains("xml") || kind.starts_with("image/");
    if is_other { Err(Trouble::NotFhir { sent }) } else { Ok(()) }
}
