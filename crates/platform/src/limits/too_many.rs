use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{fhir_api::outcome::Refused, portal::Problem};

/// There were too many requests; in so many seconds there is room again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany {
    pub(crate) seconds: u32,
    /// Whether it is the first that is refused, of many perhaps: the one to write down.
    pub(super) is_first: bool,
}

impl TooMany {
    /// For the answer (RFC 6585, 4).
    pub(crate) fn note(self, headers: &mut HeaderMap) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(self.seconds));
    }

    /// As the token endpoint says it: RFC 6749 has no word of its own for it.
    pub(super) fn of_tokens(self) -> Response {
        let said = json!({
            "error": "temporarily_unavailable",
            "error_description": "too many requests: wait for the seconds in Retry-After, and keep a token until it expires",
        });
        let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(said)).into_response();
        self.note(response.headers_mut());
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

impl From<TooMany> for Refused {
    fn from(too_many: TooMany) -> Self {
        Self::TooMany(too_many)
    }
}

impl From<TooMany> for Problem {
    fn from(too_many: TooMany) -> Self {
        Self::TooMany(too_many)
    }
}
