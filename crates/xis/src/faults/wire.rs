//! The layer around the FHIR server: what a bad practice system does on the wire.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
    time::Duration,
};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use jiff::SignedDuration;

use super::{
    Fault, Interaction, Value, answers,
    broken::{half, unanswered},
};
use crate::service::Service;

/// After this a call that hangs is closed.
const HANGS: Duration = Duration::from_secs(600);
/// No answer of ours comes near it.
const LARGEST_BYTES: usize = 64 * 1024 * 1024;
/// Where a redirect leads: nobody is there (RFC 2606).
const ELSEWHERE: HeaderValue = HeaderValue::from_static("https://elsewhere.invalid/");

/// Answers a request as the plan wants.
pub(crate) async fn strike(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let Some(at) = Interaction::of(request.method(), request.uri().path()) else {
        return next.run(request).await;
    };
    let headers = request.headers().clone();
    let misbehaving = Call { service: &service, at };
    match service.faults.during(&headers, misbehaving.answer(request, next)).await {
        Ok(answer) => answer,
        Err(unreadable) => {
            (StatusCode::BAD_REQUEST, format!("X-Balie-Fault: {unreadable}\n")).into_response()
        }
    }
}

struct Call<'a> {
    service: &'a Service,
    at: Interaction,
}

impl Call<'_> {
    fn strikes(&self, fault: Fault) -> bool {
        self.service.faults.strikes(fault, self.at)
    }

    fn value(&self, fault: Fault) -> Option<Value> {
        self.service.faults.value(fault, self.at)
    }

    async fn answer(&self, mut request: Request, next: Next) -> Response {
        if let Some(instead) = self.instead(request.headers()).await {
            return instead;
        }
        if self.at != Interaction::SearchAppointments && self.strikes(Fault::IgnoresParameters) {
            keep_of_query(&mut request, |_| false);
        }
        let offers_taken = self.strikes(Fault::OffersTaken);
        if offers_taken {
            keep_of_query(&mut request, |name| name != "status");
        }
        let address = self.service.fhir_url(request.uri().to_string().trim_start_matches('/'));
        let mut answer = next.run(request).await;
        if let Some(Value::Duration(late)) = self.value(Fault::Slow) {
            self.wait(late).await;
        }
        if self.strikes(Fault::AnswerLost) {
            return unanswered();
        }
        if self.strikes(Fault::ErrorAfter) {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        if answer.status() == StatusCode::CONFLICT
            && let Some(Value::Status(status)) = self.value(Fault::TakenStatus)
        {
            *answer.status_mut() = status;
        }
        if answer.status().is_success() { self.spoiled(answer, &address, offers_taken).await } else { answer }
    }

    /// What it answers without having done anything.
    async fn instead(&self, headers: &HeaderMap) -> Option<Response> {
        if self.strikes(Fault::RequestLost) {
            return Some(unanswered());
        }
        if self.strikes(Fault::Hang) {
            self.wait(SignedDuration::try_from(HANGS).unwrap_or(SignedDuration::MAX)).await;
            return Some(unanswered());
        }
        if let Some(Value::Status(status)) = self.value(Fault::Refuses) {
            return Some(status.into_response());
        }
        if self.strikes(Fault::Redirects) {
            return Some((StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, ELSEWHERE)]).into_response());
        }
        // A token that is new is taken whatever the plan says, and does not count as a time.
        (self.was_taken_before(headers) && self.strikes(Fault::TokenOnce))
            .then(|| (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response())
    }

    /// Whether a call has come with this token before.
    fn was_taken_before(&self, headers: &HeaderMap) -> bool {
        let mut fingerprint = DefaultHasher::new();
        headers.get(header::AUTHORIZATION).hash(&mut fingerprint);
        let memory = self.service.faults.memory();
        memory.is_some_and(|mut memory| !memory.is_new_token(fingerprint.finish()))
    }

    /// Until then, or until the service stops.
    async fn wait(&self, duration: SignedDuration) {
        let duration = Duration::try_from(duration).unwrap_or_default();
        tokio::select! {
            () = self.service.world.clock.sleep(duration) => {}
            () = self.service.closing.cancelled() => {}
        }
    }

    /// The answer with its content as the plan wants it.
    async fn spoiled(&self, answer: Response, address: &str, offers_taken: bool) -> Response {
        let (mut parts, body) = answer.into_parts();
        let Ok(mut bytes) = to_bytes(body, LARGEST_BYTES).await else { return unanswered() };
        if offers_taken {
            bytes = answers::all_free(&bytes);
        }
        for (fault, spoil) in answers::SPOILERS {
            if let Some(rule) = self.service.faults.struck(*fault, self.at) {
                bytes = spoil(&mut parts, &bytes, &answers::Case { value: rule.value(), address });
            }
        }
        parts.headers.remove(header::CONTENT_LENGTH);
        if self.strikes(Fault::Cut) {
            parts.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
            return Response::from_parts(parts, half(&bytes));
        }
        Response::from_parts(parts, Body::from(bytes))
    }
}

/// Leaves only some parameters in the request's query.
fn keep_of_query(request: &mut Request, keep: impl Fn(&str) -> bool) {
    let pairs: Vec<(String, String)> =
        request.uri().query().and_then(|query| serde_urlencoded::from_str(query).ok()).unwrap_or_default();
    let kept: Vec<_> = pairs.into_iter().filter(|(name, _)| keep(name)).collect();
    let query = serde_urlencoded::to_string(kept).unwrap_or_default();
    let address = format!("{}?{query}", request.uri().path()).parse::<Uri>();
    if let Ok(address) = address {
        *request.uri_mut() = address;
    }
}
