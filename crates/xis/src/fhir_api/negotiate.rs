use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, StatusCode, header};

use super::Problem;

/// What we can answer with.
const ANSWERS: [&str; 4] = ["application/fhir+json", "application/json", "application/*", "*/*"];

/// Refuses a caller that takes no JSON (D9).
pub(super) async fn negotiate(request: Request, next: Next) -> Response {
    if takes_json(request.headers()) {
        return next.run(request).await;
    }
    let status = StatusCode::NOT_ACCEPTABLE;
    Problem::new(status, "not-supported", "NOT_ACCEPTABLE", "This server answers in JSON.")
        .advice("Send Accept: application/fhir+json.")
        .at("http.Accept")
        .into_response()
}

fn takes_json(headers: &HeaderMap) -> bool {
    let mut accepted = headers.get_all(header::ACCEPT).iter().peekable();
    accepted.peek().is_none()
        || accepted.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(',')).any(|range| {
            let mut parts = range.split(';').map(str::trim);
            let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
            let is_refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
            ANSWERS.contains(&kind.as_str()) && !is_refused
        })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn d9_accept_must_leave_room_for_json() {
        assert!(takes_json(&HeaderMap::new()));
        for (accept, is_taken) in [
            ("application/fhir+json", true),
            ("text/html, application/json;q=0.5", true),
            ("*/*", true),
            ("Application/FHIR+JSON; fhirVersion=4.0", true),
            ("application/fhir+xml", false),
            ("application/json;q=0", false),
            ("text/html", false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
            assert_eq!(takes_json(&headers), is_taken, "{accept}");
        }
    }
}
