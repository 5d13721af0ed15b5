use axum::http::StatusCode as Status;
use jiff::SignedDuration;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use std::sync::Arc;
use world::SystemChance;

use super::*;
use crate::test_support::{Published, http, now};
use crate::{ClientAssertion, ClientProof, PublicKeys, SigningKey, TokenRequest};

async fn endpoint(status: Status, answer: Value) -> (Published, TokenClient) {
    let published = Published::start(json!({ "keys": [] })).await;
    published.answers().token = (status, answer);
    let client = TokenClient {
        http: http(),
        endpoint: published.issuer.below("/token").parse().unwrap(),
        client_id: "my:id".to_owned(),
        credential: Credential::Secret("s&cret".to_owned().into()),
    };
    (published, client)
}

#[tokio::test]
async fn client_credentials_are_asked_for_with_basic_authentication() {
    let answer = json!({ "access_token": "abc", "token_type": "bearer", "expires_in": 90, "scope": "fhir" });
    let (published, client) = endpoint(Status::OK, answer).await;
    let token = client.client_credentials(Some("fhir"), None, now()).await.unwrap();
    assert_eq!(token.secret.expose_secret(), "abc");
    assert_eq!(token.expires_at, now() + SignedDuration::from_secs(90));
    assert_eq!(token.scope.as_deref(), Some("fhir"));
    let (authorization, form) = published.answers().token_requests[0].clone();
    // my%3Aid:s%26cret
    assert_eq!(authorization.as_deref(), Some("Basic bXklM0FpZDpzJTI2Y3JldA=="));
    assert_eq!(form, "grant_type=client_credentials&scope=fhir");
}

/// ASVS: 9.2.4, 10.1.1
#[tokio::test]
async fn with_a_key_no_secret_leaves_and_the_assertion_is_for_this_endpoint_once() {
    let answer = json!({ "access_token": "abc", "token_type": "Bearer" });
    let (published, client) = endpoint(Status::OK, answer).await;
    let key = SigningKey::generate().unwrap();
    let keys = PublicKeys::of_client(&json!(key.public()).to_string()).unwrap();
    let client = TokenClient { credential: Credential::Key(Box::new(key), Arc::new(SystemChance)), ..client };
    for _ in 0..2 {
        client.client_credentials(None, None, now()).await.unwrap();
    }
    let asked = published.answers().token_requests.clone();
    let assertions = asked.iter().map(|(authorization, form)| {
        assert_eq!(*authorization, None);
        let request = TokenRequest::read(&form_headers(), form.as_bytes()).unwrap();
        assert_eq!(request.client_id, "my:id");
        let ClientProof::Assertion(assertion) = request.proof else { panic!("{form}") };
        let ours = [client.endpoint.as_str()];
        ClientAssertion::verify(assertion.expose_secret(), "my:id", &ours, &keys, now()).unwrap().id
    });
    let ids: Vec<_> = assertions.collect();
    assert_ne!(ids[0], ids[1]);
}

fn form_headers() -> http::HeaderMap {
    let form = http::HeaderValue::from_static("application/x-www-form-urlencoded");
    http::HeaderMap::from_iter([(http::header::CONTENT_TYPE, form)])
}

#[tokio::test]
async fn an_exchange_names_the_audience_and_the_kinds_of_token() {
    let answer = json!({ "access_token": "abc", "token_type": "Bearer", "issued_token_type": "x" });
    let (published, client) = endpoint(Status::OK, answer).await;
    let subject = "patients-token".to_owned().into();
    let token = client.exchange(&subject, "https://xis.example", None, now()).await.unwrap();
    assert_eq!(token.expires_at, now() + SignedDuration::from_secs(60));
    let access_token = "urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token";
    let form = published.answers().token_requests[0].1.clone();
    assert_eq!(
        form,
        format!(
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=patients-token\
             &subject_token_type={access_token}&requested_token_type={access_token}\
             &audience=https%3A%2F%2Fxis.example"
        )
    );
}

#[tokio::test]
async fn no_is_told_from_trouble_and_from_nonsense() {
    let wrong_kind = json!({ "access_token": "abc", "token_type": "DPoP" });
    for (status, answer, expected) in [
        (
            Status::BAD_REQUEST,
            json!({ "error": "invalid_target" }),
            "refuses with 400 Bad Request: invalid_target",
        ),
        (Status::UNAUTHORIZED, json!("<html>"), "refuses with 401 Unauthorized: no reason"),
        (Status::BAD_REQUEST, json!({ "error": "a\nb: 1" }), "refuses with 400 Bad Request: ab1"),
        (Status::BAD_GATEWAY, json!({}), "answers 502 Bad Gateway"),
        (Status::TOO_MANY_REQUESTS, json!({}), "answers 429 Too Many Requests"),
        (Status::OK, json!({ "token_type": "Bearer" }), "answer holds no bearer token"),
        (Status::OK, wrong_kind, "answer holds no bearer token"),
        (Status::FOUND, json!({}), "refuses with 302 Found: no reason"),
    ] {
        let (_published, client) = endpoint(status, answer).await;
        let error = client.client_credentials(None, None, now()).await.unwrap_err().to_string();
        assert!(error.ends_with(expected), "{error}");
    }
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let answer = json!({ "access_token": "abc-token", "token_type": "Bearer" });
    let (_published, client) = endpoint(Status::OK, answer).await;
    let token = client.client_credentials(None, None, now()).await.unwrap();
    let shown = format!("{client:?} {token:?}");
    assert!(!shown.contains("s&cret") && !shown.contains("abc-token"), "{shown}");
}
