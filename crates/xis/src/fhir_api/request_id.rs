use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::HeaderValue;
use tracing::Instrument as _;
use world::REQUEST_ID;

use crate::service::Service;

/// Gives every answer the caller's own request id, or a new one, and every line of the log as well.
pub(super) async fn give(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let given = world::given_request_id(request.headers()).cloned();
    let id = given.or_else(|| HeaderValue::try_from(service.new_id()).ok());
    let path = world::discreet_path(request.uri().path()).into_owned();
    let method = world::discreet_method(request.method()).to_owned();
    let span = tracing::info_span!("fhir", method, path, request_id = ?id);
    let mut response = next.run(request).instrument(span).await;
    if let Some(id) = id {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
