//! Requests that change something must come from our own pages (CSRF).

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{app::App, portal::Problem};

/// Refuses an unsafe method from another site. Browsers say where a form stands; a request that says nothing
/// carries no cookie of a browser and is nobody.
pub(crate) async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(request.headers(), &app) {
        next.run(request).await
    } else {
        Problem::ForeignForm.into_response()
    }
}

fn is_ours(headers: &HeaderMap, app: &App) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin == app.config.public_url.origin().ascii_serialization(),
        (None, None) => false,
    }
}
