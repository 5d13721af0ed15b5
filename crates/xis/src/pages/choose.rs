use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use http::HeaderMap;

use super::{PageProblem, language::language, problem::drawn};
use crate::{locales::Words, practice::Practice, service::Service};

#[derive(Template)]
#[template(path = "choose.html")]
struct Page {
    words: &'static Words,
    practices: Vec<Arc<Practice>>,
    misbehaving: Option<String>,
}

/// `GET /`: which practice; with one there is nothing to choose.
pub(super) async fn show(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
) -> Result<Response, PageProblem> {
    let practices: Vec<_> = service.practices.all().cloned().collect();
    if let [only] = practices.as_slice() {
        return Ok(Redirect::to(&format!("/{}", only.id())).into_response());
    }
    let language = language(&headers);
    drawn(language, &Page { words: language.words(), practices, misbehaving: service.faults.said() })
}
