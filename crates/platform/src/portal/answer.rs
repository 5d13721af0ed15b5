use askama::Template;
use axum::{
    http::{StatusCode, header::CONTENT_LANGUAGE},
    response::{Html, IntoResponse, Response},
};

use super::spoken;

/// A page as the answer to a request, in the language of whoever reads.
pub(super) fn page(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => {
            (status, [(CONTENT_LANGUAGE, spoken::reading().language.code())], Html(html)).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            (StatusCode::INTERNAL_SERVER_ERROR, "Er ging iets mis. Something went wrong.\n").into_response()
        }
    }
}
