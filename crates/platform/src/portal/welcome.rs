use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use url::Url;

use super::{Visitor, answer::page, shell::Shell, spoken};

/// What a visitor reads who is not logged in.
#[derive(Template)]
#[template(path = "portal/welcome.html")]
struct Welcome {
    shell: Shell,
}

/// What a patient reads who has just logged out.
#[derive(Template)]
#[template(path = "portal/logged_out.html")]
struct LoggedOut {
    shell: Shell,
    /// Where the session at the login provider ends.
    provider: Option<Url>,
}

/// What a patient reads who was away for too long.
#[derive(Template)]
#[template(path = "portal/session_ended.html")]
struct SessionEnded {
    shell: Shell,
    /// The page to come back to, as the query of the login.
    back: String,
}

/// The first page, for whoever is not logged in.
pub(super) fn welcome() -> Response {
    page(StatusCode::OK, &Welcome { shell: Shell::of(spoken::reading()) })
}

/// The page after logging out, in the language that the patient had.
pub(crate) fn logged_out(visitor: Visitor, provider: Option<Url>) -> impl IntoResponse {
    let mut shell = Shell::of(spoken::reading());
    shell.language = visitor.language;
    // The session has ended, whatever was known when the request came in.
    (shell.news, shell.lasting) = (None, None);
    page(StatusCode::OK, &LoggedOut { shell, provider })
}

/// The page that says that the session is over; the login leads back to `to`.
pub(crate) fn session_ended(to: &str) -> Response {
    let back = url::form_urlencoded::Serializer::new(String::new()).append_pair("to", to).finish();
    page(StatusCode::OK, &SessionEnded { shell: Shell::of(spoken::reading()), back })
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Problem, spoken::Reading},
        *,
    };
    use crate::words::pseudo;

    /// The page as it is sent to somebody who reads the language that is only a folder more.
    async fn page_of(logged_in: bool, make: impl FnOnce() -> Response) -> String {
        let (language, place) = (pseudo::language(), "/".to_owned());
        let reading = Reading { language, logged_in, place, ..Reading::default() };
        let body = spoken::to(reading, async { make() }).await.into_body();
        String::from_utf8(axum::body::to_bytes(body, 100_000).await.unwrap().to_vec()).unwrap()
    }

    /// What is read on a page, and the labels that are read aloud.
    fn read(page: &str) -> String {
        let labels = page.split("aria-label=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let texts = page.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
        labels.chain(texts).collect::<Vec<_>>().join(" ")
    }

    #[tokio::test]
    async fn a_whole_page_has_no_word_of_another_language_but_the_names_of_those() {
        let pages = [
            page_of(false, welcome).await,
            page_of(false, || session_ended("/")).await,
            page_of(true, || Problem::NoSuchPage.into_response()).await,
        ];
        for page in pages {
            assert!(page.contains("<html lang=\"qps\">"), "{page}");
            let strange = pseudo::strange(&read(&page), &["Balie", "Nederlands", "English"]).join(" ");
            assert_eq!(strange, "", "{page}");
        }
    }
}
