//! Answers of the provider, to the browser and to us, that must lead nowhere.

use axum::http::StatusCode;
use serde_json::json;

use super::{Attack, BAD_ID_TOKEN, FAILED, LOST, NOT_BEGUN, PROVIDER, STOPPED, UNAVAILABLE, try_all};
use crate::login::evil::{Evil, Said};

/// The token endpoint says what is no answer.
fn no_answer(name: &'static str, twist: fn(&mut Said, &Evil)) -> Attack {
    Attack { name, twist, page: UNAVAILABLE, outcome: PROVIDER }
}

fn stopped(name: &'static str, outcome: &'static str, twist: fn(&mut Said, &Evil)) -> Attack {
    Attack { name, twist, page: STOPPED, outcome }
}

fn lost(name: &'static str, outcome: &'static str, twist: fn(&mut Said, &Evil)) -> Attack {
    Attack { name, twist, page: LOST, outcome }
}

/// ASVS: 10.2.2, 16.3.1
#[tokio::test]
async fn what_the_browser_brings_back() {
    try_all(&[
        lost("another state", NOT_BEGUN, |said, _| said.send_back("state", Some("stolen"))),
        lost("no state", NOT_BEGUN, |said, _| said.send_back("state", None)),
        lost("two codes", "refused: unreadable answer", |said, _| {
            said.callback.push(("code", "another-code".to_owned()));
        }),
        stopped("a mixed-up provider", "refused: answer of another provider", |said, _| {
            said.send_back("iss", Some("https://evil.example"));
        }),
        stopped("a provider that hides its name", "refused: answer of another provider", |said, _| {
            said.send_back("iss", None);
        }),
        stopped("no code", "refused: answer to another login", |said, _| said.send_back("code", None)),
        stopped("a refusal", "refused: by the provider or the person", |said, _| {
            said.send_back("code", None);
            said.send_back("error", Some("access_denied <script>alert(1)</script>"));
        }),
        stopped("a refusal with a code", "refused: by the provider or the person", |said, _| {
            said.send_back("error", Some("access_denied"));
        }),
    ])
    .await;
}

#[tokio::test]
async fn what_the_token_endpoint_answers() {
    try_all(&[
        stopped("a code that was used", "refused: code not accepted", |said, _| {
            said.status = StatusCode::BAD_REQUEST;
            said.body = Some(json!({ "error": "invalid_grant" }).to_string());
        }),
        no_answer("a token of another type", |said, _| said.answer["token_type"] = json!("mac")),
        no_answer("no type at all", |said, _| {
            said.answer.as_object_mut().unwrap().remove("token_type");
        }),
        no_answer("more than anybody reads", |said, _| {
            said.answer["padding"] = json!("x".repeat(300 * 1024));
        }),
        no_answer("a way to elsewhere", |said, evil| {
            said.status = StatusCode::TEMPORARY_REDIRECT;
            said.location = Some(format!("{}/jwks", evil.issuer));
            said.body = Some(String::new());
        }),
        no_answer("a page", |said, _| said.body = Some("<html>999990019</html>".to_owned())),
        no_answer("a failure", |said, _| {
            said.status = StatusCode::INTERNAL_SERVER_ERROR;
            said.body = Some("999990019".to_owned());
        }),
        Attack {
            name: "no ID token",
            twist: |said, _| said.has_id_token = false,
            page: FAILED,
            outcome: BAD_ID_TOKEN,
        },
    ])
    .await;
}
