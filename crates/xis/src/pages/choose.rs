use std::sync::Arc;

use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::{PageProblem, problem::drawn, visitor::Colleague};
use crate::{locales::Words, practice::Practice};

#[derive(Template)]
#[template(path = "choose.html")]
struct Page {
    words: &'static Words,
    practices: Vec<Arc<Practice>>,
    misbehaving: Option<String>,
    who: Option<String>,
}

/// `GET /`: which practice of one's own; with one there is nothing to choose.
pub(super) async fn show(colleague: Colleague) -> Result<Response, PageProblem> {
    let practices: Vec<_> = colleague.practices().cloned().collect();
    if let [only] = practices.as_slice() {
        return Ok(Redirect::to(&format!("/{}", only.id())).into_response());
    }
    let Colleague { language, service, session } = &colleague;
    let who = session.as_ref().map(|session| session.name.clone());
    drawn(*language, &Page { words: language.words(), practices, misbehaving: service.faults.said(), who })
}
