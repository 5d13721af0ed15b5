use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};

use super::{
    Visitor,
    spoken::{self, Reading},
};
use crate::app::App;

/// Nothing from elsewhere, and nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
     manifest-src 'self'";

/// What every page says to the browser. `same-origin` and not `no-referrer`: under that, some browsers send a
/// form of ours with `Origin: null`, and it could not be told from a stranger's.
const SAID: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Around every page: the reader is remembered for problems, and the browser is told what the page may do.
/// A page is not kept by the browser, unless it says so itself: it may be somebody's, on a shared computer.
pub(crate) async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let reading = reading(&app, &request);
    let mut response = spoken::to(reading, next.run(request)).await;
    let headers = response.headers_mut();
    for (name, value) in SAID {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn reading(app: &App, request: &Request) -> Reading {
    let language = Visitor::of_browser(&app.config, request.headers()).language;
    let path = request.uri().path_and_query().map(|place| place.as_str());
    // What a form was sent to need not be a page.
    let place = path.filter(|_| *request.method() == Method::GET).unwrap_or("/").to_owned();
    Reading { language, logged_in: false, place }
}
