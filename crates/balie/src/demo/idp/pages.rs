use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use url::Url;

use super::TestPatient;

/// Who do you want to be?
#[derive(Template)]
#[template(path = "demo/choose_patient.html")]
struct ChoosePatient<'a> {
    stylesheet: &'a str,
    people: Vec<Person<'a>>,
}

struct Person<'a> {
    place: usize,
    initials: String,
    name: &'a str,
    bsn: &'a str,
}

/// A program sent you here that this provider does not know, or asks what it does not do.
#[derive(Template)]
#[template(path = "demo/login_impossible.html")]
struct LoginImpossible<'a> {
    stylesheet: &'a str,
    reason: &'a str,
}

/// The page with the people to choose from; its form may lead on to `back_to`.
pub(super) fn choose_patient(stylesheet: &str, patients: &[TestPatient], back_to: &Url) -> Response {
    let people = patients.iter().enumerate().map(|(place, patient)| Person {
        place,
        initials: initials(&patient.name),
        name: &patient.name,
        bsn: &patient.bsn,
    });
    let page = ChoosePatient { stylesheet, people: people.collect() };
    render(&page, StatusCode::OK, &back_to.origin().ascii_serialization())
}

/// The page for a request that cannot be answered at the program that sent it.
pub(super) fn login_impossible(stylesheet: &str, reason: &str) -> Response {
    render(&LoginImpossible { stylesheet, reason }, StatusCode::BAD_REQUEST, "")
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
