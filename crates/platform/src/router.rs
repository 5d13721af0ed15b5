//! Every URL, grouped by who calls.

use axum::{
    Router,
    http::{HeaderName, Request},
    middleware,
    routing::{any, get, post},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};

use crate::{
    app::App,
    auth::{login, origin, token},
    fhir_api, health, portal,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub(crate) fn router(app: App) -> Router {
    let patient = portal::router()
        .route("/login", get(login::start))
        .route("/login/callback", get(login::callback))
        .route("/logout", post(login::logout))
        .layer(middleware::from_fn_with_state(app.clone(), origin::same_origin))
        .merge(portal::unsubscribe::router())
        .layer(middleware::from_fn_with_state(app.clone(), portal::headers));
    let xis = Router::new()
        .nest("/fhir/r4", fhir_api::router())
        .route("/fhir/r4/", any(fhir_api::nothing_here))
        .route("/oauth2/token", post(token::token))
        .route("/oauth2/jwks", get(token::jwks))
        .route("/.well-known/oauth-authorization-server", get(token::metadata));
    let operator = Router::new().route("/healthz", get(health::alive)).route("/readyz", get(health::ready));
    let around = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(REQUEST_ID, NewRequestId(app.clone())))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(CatchPanicLayer::new());
    patient.merge(xis).merge(operator).layer(around).with_state(app)
}

/// The path and no query: a query may hold what somebody searched for. Nor the token of a link in a mail.
fn span<B>(request: &Request<B>) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    tracing::info_span!("request", method = %request.method(), path = discreet(request.uri().path()), id)
}

fn discreet(path: &str) -> &str {
    let links = [portal::unsubscribe::PATH, portal::invitation::PATH];
    links.into_iter().find(|link| path.starts_with(link)).unwrap_or(path)
}

#[derive(Clone)]
struct NewRequestId(App);

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        self.0.new_id().to_string().parse().ok().map(RequestId::new)
    }
}
