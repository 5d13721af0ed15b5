use bytes::Bytes;
use http::{
    HeaderValue, Response, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE},
};
use serde_json::json;

/// Why no token is given (RFC 6749, 5.2; RFC 8693, 2.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The request is not what the protocol asks.
    #[error("{0}")]
    InvalidRequest(&'static str),
    /// No client, an unknown one or a wrong secret: all look the same.
    #[error("the client is not known or its secret is wrong")]
    InvalidClient,
    /// The code or subject token is wrong, used, expired, or another client's.
    #[error("{0}")]
    InvalidGrant(&'static str),
    /// This client may not use this grant.
    #[error("this client may not use this grant type")]
    UnauthorizedClient,
    /// This server does not know this grant.
    #[error("this grant type is not supported")]
    UnsupportedGrantType,
    /// The scope is unknown or more than this client may have.
    #[error("the scope is unknown or not allowed for this client")]
    InvalidScope,
    /// The audience is unknown or not open to this client.
    #[error("the audience is unknown or not allowed for this client")]
    InvalidTarget,
    /// Not the client's fault; it may try again.
    #[error("no token can be given now, try again later")]
    TemporarilyUnavailable,
}

impl TokenError {
    /// The protocol's word for it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant(_) => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidTarget => "invalid_target",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
        }
    }

    /// 400, 401 for the client's own authentication, 503 for our own trouble.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::InvalidClient => StatusCode::UNAUTHORIZED,
            Self::TemporarilyUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The whole answer.
    #[must_use]
    pub fn response(&self) -> Response<Bytes> {
        let body = json!({ "error": self.code(), "error_description": self.to_string() });
        let mut response = answer(self.status(), body.to_string());
        if self.status() == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static(r#"Basic realm="token", charset="UTF-8""#);
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// An answer of a token endpoint, which no one may keep.
pub(super) fn answer(status: StatusCode, body: String) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
