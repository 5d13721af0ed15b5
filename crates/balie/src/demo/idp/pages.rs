use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use url::Url;

use super::TestPerson;

/// Who do you want to be?
#[derive(Template)]
#[template(path = "demo/choose_person.html")]
struct ChoosePerson<'a> {
    stylesheet: &'a str,
    people: Vec<Person<'a>>,
}

struct Person<'a> {
    place: usize,
    initials: String,
    name: &'a str,
    note: &'a str,
}

/// A program sent you here that this provider does not know, or asks what it does not do.
#[derive(Template)]
#[template(path = "demo/login_impossible.html")]
struct LoginImpossible<'a> {
    stylesheet: &'a str,
    reason: &'a str,
}

/// You are logged in here no more.
#[derive(Template)]
#[template(path = "demo/logged_out.html")]
struct LoggedOut<'a> {
    stylesheet: &'a str,
    home: Option<&'a Url>,
}

/// The page with the people to choose from; its form may lead on to `back_to`.
pub(super) fn choose_person(stylesheet: &str, people: &[TestPerson], back_to: &Url) -> Response {
    let people = people.iter().enumerate().map(|(place, person)| Person {
        place,
        initials: initials(&person.name),
        name: &person.name,
        note: &person.note,
    });
    let page = ChoosePerson { stylesheet, people: people.collect() };
    render(&page, StatusCode::OK, &back_to.origin().ascii_serialization())
}

/// The page for a request that cannot be answered at the program that sent it.
pub(super) fn login_impossible(stylesheet: &str, reason: &str) -> Response {
    render(&LoginImpossible { stylesheet, reason }, StatusCode::BAD_REQUEST, "")
}

/// The page for who has logged out, with the way back to the program.
pub(super) fn logged_out(stylesheet: &str, home: Option<&Url>) -> Response {
    render(&LoggedOut { stylesheet, home }, StatusCode::OK, "")
}

fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let ends = [words.first(), words.last().filter(|_| words.len() > 1)];
    ends.into_iter().flatten().filter_map(|word| word.chars().next()).collect()
}

/// A browser holds the redirect after a form to `form-action` too, so the page names where that leads.
fn render(page: &impl Template, status: StatusCode, form_leads_to: &str) -> Response {
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self' {form_leads_to}; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let Ok(body) = page.render() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = (status, Html(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

#[cfg(test)]
mod tests {
    #[test]
    fn initials_are_of_the_first_and_last_word() {
        for (name, expected) in [("Jan Jansen", "JJ"), ("Fatima el Amrani", "FA"), ("Cher", "C"), ("", "")] {
            assert_eq!(super::initials(name), expected);
        }
    }
}
