//! What a browser loads to show notifications, and to be put on a home screen. Both have an address that never
//! changes, so a browser asks each time whether they did.

use axum::{
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::{IntoResponse, Response},
};

use crate::portal::{Problem, statics};

/// `/sw.js`: at the root, because a service worker serves what is below its address.
pub(in crate::portal) async fn script() -> Result<Response, Problem> {
    file("sw.js", "text/javascript; charset=utf-8")
}

/// `/manifest.webmanifest`: how the portal looks on a home screen.
pub(in crate::portal) async fn manifest() -> Result<Response, Problem> {
    file("manifest.webmanifest", "application/manifest+json")
}

fn file(name: &str, media_type: &'static str) -> Result<Response, Problem> {
    let data = statics::content(name).ok_or(Problem::NoSuchPage)?;
    Ok(([(CONTENT_TYPE, media_type), (CACHE_CONTROL, "no-cache")], data).into_response())
}
