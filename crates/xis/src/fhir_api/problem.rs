use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use super::resource::Resource;
use crate::fhir::{Issue, OperationOutcome};

/// A call that is refused, and how its OperationOutcome says so.
#[derive(Debug)]
pub(super) struct Problem(Box<Details>);

#[derive(Debug)]
struct Details {
    status: StatusCode,
    issue: Issue,
    challenge: Option<HeaderValue>,
}

impl Problem {
    /// What is wrong: the status, FHIR's word for it, our own, and a sentence without any personal data.
    pub(super) fn new(
        status: StatusCode,
        code: &'static str,
        own_code: &'static str,
        text: impl Into<String>,
    ) -> Self {
        let diagnostics = "See the API documentation.".to_owned();
        let issue = Issue { code, own_code, text: text.into(), diagnostics, expression: None };
        Self(Box::new(Details { status, issue, challenge: None }))
    }

    /// A request that cannot be understood.
    pub(super) fn invalid(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", "INVALID", text)
    }

    /// A request that is understood and makes no sense here.
    pub(super) fn unprocessable(text: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "business-rule", "NOT_POSSIBLE", text)
    }

    /// Our own fault. What it was is in the log.
    pub(super) fn failed() -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, "exception", "FAILED", "Something went wrong here.")
            .advice("Try again later. The X-Request-Id of this answer finds it in our log.")
    }

    /// What to do about it.
    pub(super) fn advice(mut self, diagnostics: impl Into<String>) -> Self {
        self.0.issue.diagnostics = diagnostics.into();
        self
    }

    /// Where it is: a path in the resource, or `http.NAME` for a header or parameter.
    pub(super) fn at(mut self, expression: impl Into<String>) -> Self {
        self.0.issue.expression = Some(expression.into());
        self
    }

    /// With the challenge of RFC 6750.
    pub(super) fn challenged(mut self, challenge: HeaderValue) -> Self {
        self.0.challenge = Some(challenge);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Details { status, issue, challenge } = *self.0;
        let mut response = Resource(OperationOutcome::from(issue)).into_response();
        *response.status_mut() = status;
        if let Some(challenge) = challenge {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl From<db::Error> for Problem {
    fn from(error: db::Error) -> Self {
        tracing::error!(%error, "the database failed");
        Self::failed()
    }
}
