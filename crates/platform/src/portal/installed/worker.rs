use axum::{
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::offline;
use crate::portal::{Problem, statics};

/// `/sw.js`: at the root, because a service worker serves what is below its address, and at one that never changes, so
/// that a browser asks each time whether it did.
///
/// It begins with what it is to keep for when there is no connection: when that changes, so does the script, and the
/// browser keeps it anew.
pub(super) async fn script() -> Result<Response, Problem> {
    let worker = statics::content("sw.js").ok_or(Problem::NoSuchPage)?;
    let script =
        format!("const OFFLINE = {};\n{}", written(&offline::kept()?)?, String::from_utf8_lossy(&worker));
    let headers = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    Ok((headers, script).into_response())
}

/// As JSON, which is JavaScript too.
pub(super) fn written(what: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(what).map_err(|error| {
        tracing::error!(%error, "what a browser keeps could not be written");
        Problem::Broken
    })
}
