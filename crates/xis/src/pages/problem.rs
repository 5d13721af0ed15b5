use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, StatusCode};

use super::language::language;
use crate::locales::{Language, Words};

/// Why there is no page, in the visitor's language.
#[derive(Debug)]
pub(super) enum PageProblem {
    NotFound(Language),
    OtherSite(Language),
    Failed(Language),
}

#[derive(Template)]
#[template(path = "problem.html")]
struct Page {
    words: &'static Words,
    title: &'static str,
    text: &'static str,
}

impl PageProblem {
    /// Our own fault. What it was goes to the log.
    pub(super) fn failed(language: Language, error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a page failed");
        Self::Failed(language)
    }
}

impl IntoResponse for PageProblem {
    fn into_response(self) -> Response {
        let (status, language) = match self {
            Self::NotFound(language) => (StatusCode::NOT_FOUND, language),
            Self::OtherSite(language) => (StatusCode::FORBIDDEN, language),
            Self::Failed(language) => (StatusCode::INTERNAL_SERVER_ERROR, language),
        };
        let words = language.words();
        let (title, text) = match self {
            Self::NotFound(_) => (words.not_found_title, words.not_found),
            Self::OtherSite(_) => (words.other_site_title, words.other_site),
            Self::Failed(_) => (words.failed_title, words.failed),
        };
        let page = Page { words, title, text }.render().unwrap_or_else(|_| title.to_owned());
        (status, Html(page)).into_response()
    }
}

/// Any other address.
pub(super) async fn no_such_page(headers: HeaderMap) -> PageProblem {
    PageProblem::NotFound(language(&headers))
}

/// The page that was asked for, or the problem that it could not be drawn.
pub(super) fn drawn(language: Language, page: &impl Template) -> Result<Response, PageProblem> {
    match page.render() {
        Ok(text) => Ok(Html(text).into_response()),
        Err(error) => Err(PageProblem::failed(language, &error)),
    }
}

/// The same with another status than 200: the form again, with what is wrong.
pub(super) fn drawn_as(
    status: StatusCode,
    language: Language,
    page: &impl Template,
) -> Result<Response, PageProblem> {
    let mut response = drawn(language, page)?;
    *response.status_mut() = status;
    Ok(response)
}
