use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, header};

use super::PageProblem;
use crate::locales::Language;

/// Refuses a form that another site sent: every act here is a form.
pub(super) async fn require(request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_own(request.headers()) {
        return next.run(request).await;
    }
    PageProblem::OtherSite(Language::default()).into_response()
}

/// What the browser itself says; else the origin must be the host that was asked.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
    matches!((origin, text(header::HOST)), (Some((_, host)), Some(asked)) if host.eq_ignore_ascii_case(asked))
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn only_our_own_pages_send_forms() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            let pairs = pairs
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            HeaderMap::from_iter(pairs)
        };
        let host = ("host", "xis.example:8081");
        for (given, is_ours) in [
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("sec-fetch-site", "cross-site"), ("origin", "http://xis.example:8081")], false),
            (vec![("sec-fetch-site", "none")], false),
            (vec![("origin", "http://xis.example:8081")], true),
            (vec![("origin", "http://xis.example:8080")], false),
            (vec![("origin", "null")], false),
            (vec![], false),
        ] {
            let given: Vec<_> = given.into_iter().chain([host]).collect();
            assert_eq!(is_own(&headers(&given)), is_ours, "{given:?}");
        }
    }
}
