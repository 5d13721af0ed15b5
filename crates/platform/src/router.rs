//! Every URL, grouped by who calls.

use std::borrow::Cow;

use axum::{
    Router,
    body::Body,
    http::Request,
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get, post},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};
use world::REQUEST_ID;

use crate::{
    app::App,
    audit,
    auth::{cookie, login, logout, origin, staying, token},
    fhir_api, health, limits, portal,
    routes::Routes,
};

/// What answers at every URL.
pub(crate) fn router(app: App) -> Router {
    routes(&app).serve(app)
}

/// The table of contents.
pub(crate) fn routes(app: &App) -> Routes {
    let patient = portal::router()
        .route("/login", get(login::start))
        .route("/login/callback", get(login::callback))
        .route("/logout", post(logout::logout))
        .route("/session", get(staying::lasts).post(staying::lasts))
        .route("/session/ended", get(staying::ended))
        .layer(from_fn_with_state(app.clone(), origin::same_origin))
        .merge(portal::unsubscribe::router())
        .merge(fhir_api::docs::router())
        .layer(CatchPanicLayer::custom(portal::broken))
        .layer(from_fn(portal::refusals))
        .layer(from_fn_with_state(app.clone(), limits::pages))
        .layer(from_fn_with_state(app.clone(), portal::headers));
    let xis = Routes::new()
        .nest("/fhir/r4", fhir_api::router())
        .route("/fhir/r4/", any(fhir_api::nothing_here))
        .route("/oauth2/token", post(token::token).layer(from_fn_with_state(app.clone(), limits::tokens)))
        .route("/oauth2/jwks", get(token::jwks))
        .route("/.well-known/oauth-authorization-server", get(token::metadata))
        .layer(from_fn_with_state(app.clone(), limits::api))
        .layer(from_fn_with_state(app.clone(), portal::data_headers));
    let operator = Routes::new().route("/healthz", get(health::alive)).route("/readyz", get(health::ready));
    let around = ServiceBuilder::new()
        .map_request(with_plain_id)
        .map_request(cookie::with_plain_names)
        .layer(SetRequestIdLayer::new(REQUEST_ID, NewRequestId(app.clone())))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(CatchPanicLayer::new());
    let noted = from_fn_with_state(app.clone(), audit::around);
    patient.merge(xis).merge(operator).layer(noted).layer(around)
}

/// Leaves no id in a request but one that can be written down as it is: the layer after this makes one where there is
/// none.
fn with_plain_id(mut request: Request<Body>) -> Request<Body> {
    if world::given_request_id(request.headers()).is_none() {
        request.headers_mut().remove(REQUEST_ID);
    }
    request
}

/// The path and no query: a query may hold what somebody searched for. Nor the token of a link in a mail.
fn span<B>(request: &Request<B>) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    let (method, path) = (world::discreet_method(request.method()), discreet(request.uri().path()));
    tracing::info_span!("request", method, path = &*path, id)
}

fn discreet(path: &str) -> Cow<'_, str> {
    let links = [portal::unsubscribe::PATH, portal::invitation::PATH, portal::calendar_feed::PATH];
    match links.into_iter().find(|link| path.starts_with(link)) {
        Some(link) => link.into(),
        None => world::discreet_path(path),
    }
}

#[derive(Clone)]
struct NewRequestId(App);

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        self.0.new_id().to_string().parse().ok().map(RequestId::new)
    }
}
