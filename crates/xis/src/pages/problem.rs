use askama::Template;
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use oauth::{IssuerUnavailable, LoginRefused};
use url::form_urlencoded;

use super::language::language;
use crate::locales::{Language, Words};

/// Why there is no page, in the visitor's language.
#[derive(Debug)]
pub(super) enum PageProblem {
    NotFound(Language),
    OtherSite(Language),
    Failed(Language),
    /// To the login, and back to this path here after it.
    NotLoggedIn {
        back: String,
    },
    /// The browser came back from a login that did not begin in it.
    LoginLost(Language),
    /// The provider did not say yes, or what it said is not believed.
    LoginRefused(Language, StatusCode),
    /// The provider is less sure of the person than is asked here.
    LowAssurance(Language),
    /// The person works for no practice that is served here.
    NoPractice(Language),
}

#[derive(Template)]
#[template(path = "problem.html")]
struct Page {
    words: &'static Words,
    title: &'static str,
    text: &'static str,
    /// Where to go on, and how that is called.
    next: (&'static str, &'static str),
}

impl PageProblem {
    /// Our own fault. What it was goes to the log.
    pub(super) fn failed(language: Language, error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a page failed");
        Self::Failed(language)
    }

    /// The login provider cannot be asked. Why goes to the log.
    pub(super) fn unavailable(language: Language, error: &IssuerUnavailable) -> Self {
        tracing::warn!(%error, "practitioners cannot log in");
        Self::LoginRefused(language, StatusCode::SERVICE_UNAVAILABLE)
    }

    /// A login that is not accepted. Why goes to the log, which never holds a claim about the person.
    pub(super) fn login_refused(language: Language, refused: &LoginRefused) -> Self {
        tracing::warn!(%refused, "a practitioner is not logged in");
        match refused {
            LoginRefused::OtherLogin | LoginRefused::TooLate => Self::LoginLost(language),
            LoginRefused::Assurance => Self::LowAssurance(language),
            _ => Self::LoginRefused(language, refused.status()),
        }
    }

    /// The login that leads back to this path here.
    pub(super) fn login_address(back: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", back).finish();
        format!("/login?{query}")
    }
}

impl IntoResponse for PageProblem {
    fn into_response(self) -> Response {
        let (status, language) = match self {
            Self::NotLoggedIn { back } => return Redirect::to(&Self::login_address(&back)).into_response(),
            Self::NotFound(language) => (StatusCode::NOT_FOUND, language),
            Self::OtherSite(language) | Self::LowAssurance(language) | Self::NoPractice(language) => {
                (StatusCode::FORBIDDEN, language)
            }
            Self::Failed(language) => (StatusCode::INTERNAL_SERVER_ERROR, language),
            Self::LoginLost(language) => (StatusCode::BAD_REQUEST, language),
            Self::LoginRefused(language, status) => (status, language),
        };
        let page = self.page(language.words());
        let page = page.render().unwrap_or_else(|_| page.title.to_owned());
        (status, Html(page)).into_response()
    }
}

impl PageProblem {
    fn page(&self, words: &'static Words) -> Page {
        let login = &words.login;
        let (title, text) = match self {
            Self::NotFound(_) | Self::NotLoggedIn { .. } => (words.not_found_title, words.not_found),
            Self::OtherSite(_) => (words.other_site_title, words.other_site),
            Self::Failed(_) => (words.failed_title, words.failed),
            Self::LoginLost(_) => (login.failed_title, login.lost),
            Self::LoginRefused(_, StatusCode::SERVICE_UNAVAILABLE) => (login.failed_title, login.unavailable),
            Self::LoginRefused(..) => (login.failed_title, login.refused),
            Self::LowAssurance(_) => (login.failed_title, login.low_assurance),
            Self::NoPractice(_) => (login.failed_title, login.no_practice),
        };
        let next = match self {
            // The start would lead to the login again, and that back to here.
            Self::LowAssurance(_) | Self::NoPractice(_) => ("/logged-out", login.to_logged_out),
            _ => ("/", words.to_start),
        };
        Page { words, title, text, next }
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
