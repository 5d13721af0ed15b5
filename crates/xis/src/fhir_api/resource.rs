use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use serde::Serialize;

use crate::fhir::to_json;

/// An answer in FHIR's own media type, which nobody may keep.
pub(super) struct Resource<T>(pub(super) T);

impl<T: Serialize> IntoResponse for Resource<T> {
    fn into_response(self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/fhir+json")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        ];
        (headers, to_json(&self.0)).into_response()
    }
}
