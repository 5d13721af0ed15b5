use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use world::Peer;

/// Where a practice system is called by machines; people's browsers have no certificate.
const BY_MACHINES: &str = "/fhir/";

/// Refuses calls of whoever shows no certificate for one of these host names (mutual TLS); where none are named, of nobody.
pub async fn require(State(hosts): State<Arc<[String]>>, request: Request, next: Next) -> Response {
    let certificate = request.extensions().get::<Peer>().and_then(|peer| peer.certificate.as_ref());
    let is_certified = || certificate.is_some_and(|shown| hosts.iter().any(|host| shown.is_for(host)));
    if hosts.is_empty() || !request.uri().path().starts_with(BY_MACHINES) || is_certified() {
        return next.run(request).await;
    }
    let text = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"login","diagnostics":"Show the client certificate that was agreed on."}]}"#;
    (StatusCode::UNAUTHORIZED, [("content-type", "application/fhir+json")], text).into_response()
}
