use axum::response::{IntoResponse, Response};
use http::header;

use super::Visitor;

/// `GET /{agb}/theme.css`: the practice's accent colour, for light and for dark pages.
pub(super) async fn show(visitor: Visitor) -> Response {
    let [light, dark] = visitor.practice.settings.accent.colours().map(|[accent, ink, tint]| {
        format!(":root {{ --accent: {accent}; --accent-ink: {ink}; --tint: {tint}; }}")
    });
    let css = format!("{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n");
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    (headers, css).into_response()
}
