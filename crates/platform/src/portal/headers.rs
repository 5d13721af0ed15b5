use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};

use super::{
    Visitor,
    spoken::{self, Reading},
};
use crate::app::App;

/// Nothing from elsewhere, and nothing inline. Text becomes part of a page, or the address of a script, only by the two
/// policies that our scripts name, each in one place.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
     manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types page worker";

/// What XISs get is no page, and should a browser open it, it is one in which nothing can happen.
const DATA_POLICY: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/// For two years, and all that is below it (RFC 6797).
const STRICT_TRANSPORT: &str = "max-age=63072000; includeSubDomains";

/// What every page says to the browser.
const SAID: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         microphone=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=()",
    ),
];

/// Around every page: the reader is remembered for problems, and the browser is told what the page may do.
/// A page is not kept by the browser, unless it says so itself: it may be somebody's, on a shared computer.
pub(crate) async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let (reading, referrer) = (reading(&app, &request), referrer_policy(request.headers()));
    let mut response = spoken::to(reading, next.run(request)).await;
    let headers = response.headers_mut();
    for (name, value) in SAID {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static(referrer));
    finish(headers, app.config.is_https());
    response
}

/// Around what is no page: what XISs call.
pub(crate) async fn data_headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, DATA_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    finish(headers, app.config.is_https());
    response
}

fn finish(headers: &mut HeaderMap, is_https: bool) {
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(STRICT_TRANSPORT));
    }
}

/// Addresses of pages are told to nobody. But a browser from before 2023 that does not say where a form stands
/// (`Sec-Fetch-Site`) would then send ours with `Origin: null`, and they could not be told from a stranger's: it may say
/// the address to ourselves.
fn referrer_policy(headers: &HeaderMap) -> &'static str {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_old_browser = agent.starts_with("Mozilla/") && !headers.contains_key("sec-fetch-site");
    if is_old_browser { "same-origin" } else { "no-referrer" }
}

fn reading(app: &App, request: &Request) -> Reading {
    let language = Visitor::of_browser(&app.config, request.headers()).language;
    let path = request.uri().path_and_query().map(|place| place.as_str());
    // What a form was sent to need not be a page.
    let place = path.filter(|_| *request.method() == Method::GET).unwrap_or("/").to_owned();
    Reading { language, place, ..Reading::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ASVS: 3.4.1
    #[test]
    fn https_is_promised_for_years_where_there_is_https() {
        let said = |is_https| {
            let mut headers = HeaderMap::new();
            finish(&mut headers, is_https);
            headers.remove(header::STRICT_TRANSPORT_SECURITY)
        };
        assert_eq!(said(true).unwrap(), "max-age=63072000; includeSubDomains");
        assert_eq!(said(false), None);
    }

    #[test]
    fn only_an_old_browser_hears_of_a_referrer() {
        let policy = |said: &[(&'static str, &'static str)]| {
            let said = said.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            referrer_policy(&said.collect())
        };
        let (old, new) = (("user-agent", "Mozilla/5.0"), ("sec-fetch-site", "none"));
        assert_eq!(policy(&[old]), "same-origin");
        assert_eq!(
            [policy(&[old, new]), policy(&[]), policy(&[("user-agent", "curl/8")])],
            ["no-referrer"; 3]
        );
    }
}
