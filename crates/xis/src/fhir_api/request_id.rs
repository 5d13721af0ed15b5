use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue};
use tracing::Instrument as _;

use crate::service::Service;

const NAME: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST: usize = 128;

/// Gives every answer the caller's own request id, or a new one, and every line of the log as well.
pub(super) async fn give(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let given = request.headers().get(NAME).filter(|given| is_usable(given)).cloned();
    let id = given.or_else(|| HeaderValue::try_from(service.new_id()).ok());
    let path = if has_number(request.uri().path().as_bytes()) { "(hidden)" } else { request.uri().path() }
        .to_owned();
    let span = tracing::info_span!("fhir", method = %request.method(), path, request_id = ?id);
    let mut response = next.run(request).instrument(span).await;
    if let Some(id) = id {
        response.headers_mut().insert(NAME, id);
    }
    response
}

/// Short and plain: it ends up in a log.
fn is_usable(given: &HeaderValue) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    let given = given.as_bytes();
    !given.is_empty() && given.len() <= LONGEST && given.iter().all(is_plain) && !has_number(given)
}

/// Nine digits in a row could be a citizen number.
fn has_number(text: &[u8]) -> bool {
    text.windows(9).any(|part| part.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_id_is_short_and_plain() {
        for good in ["1", "6f1b7c9e-0a9d-4f4e-8f2c-1c2d3e4f5a6b", "a.b_c~d"] {
            assert!(is_usable(&HeaderValue::from_static(good)), "{good}");
        }
        for bad in ["", "a b", "a\"b", "x999990019"] {
            assert!(!is_usable(&HeaderValue::from_static(bad)), "{bad}");
        }
    }
}
