use bytes::Bytes;
use http::{
    HeaderValue, Response,
    header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE},
};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use std::time::Duration;

use super::*;

const POSTED: &str = "client_id=me&client_secret=secret&";

fn read(authorization: Option<&str>, body: &str) -> Result<TokenRequest, TokenError> {
    let mut headers = HeaderMap::new();
    headers
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8"));
    if let Some(value) = authorization {
        headers.insert(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
    }
    TokenRequest::read(&headers, body.as_bytes())
}

fn json_of(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

#[test]
fn a_client_authenticates_by_header_or_form() {
    // "a:b" and "p&s+ %" form-encoded: a%3Ab:p%26s%2B+%25
    for (authorization, body) in [
        (Some("Basic YSUzQWI6cCUyNnMlMkIrJTI1"), "grant_type=client_credentials"),
        (Some("basic YSUzQWI6cCUyNnMlMkIrJTI1"), "grant_type=client_credentials&client_id=a%3Ab"),
        (None, "client_id=a%3Ab&client_secret=p%26s%2B+%25&grant_type=client_credentials"),
    ] {
        let request = read(authorization, body).unwrap();
        assert_eq!(request.client_id, "a:b");
        let ClientProof::Secret(secret) = request.proof else { panic!("{request:?}") };
        assert_eq!(secret.expose_secret(), "p&s+ %");
    }
}

/// ASVS: 10.4.10
#[test]
fn no_client_half_a_client_or_two_are_refused() {
    let twice = Err(TokenError::InvalidRequest("the client authenticates in two ways"));
    let differs = Err(TokenError::InvalidRequest("client_id is not the client that authenticates"));
    let basic = Some("Basic bWU6c2VjcmV0"); // me:secret
    for (authorization, form, expected) in [
        (None, "", Err(TokenError::InvalidClient)),
        (None, "client_id=me&", Err(TokenError::InvalidClient)),
        (None, "client_id=me&client_secret=&", Err(TokenError::InvalidClient)),
        (Some("Bearer abc"), "", Err(TokenError::InvalidClient)),
        (Some("Basic ???"), "", Err(TokenError::InvalidClient)),
        (Some("Basic bWU="), "", Err(TokenError::InvalidClient)),
        (basic, "client_id=me&client_secret=secret&", twice),
        (basic, "client_secret=secret&", twice),
        (basic, "client_id=you&", differs),
        (basic, "client_id=me&", Ok(())),
    ] {
        let outcome = read(authorization, &format!("{form}grant_type=client_credentials")).map(|_| ());
        assert_eq!(outcome, expected, "{authorization:?} {form}");
    }
}

#[test]
fn a_parameter_that_comes_twice_is_refused_and_an_empty_one_is_none() {
    let twice = read(None, &format!("{POSTED}grant_type=client_credentials&scope=a&scope=a"));
    assert_eq!(twice.unwrap_err(), TokenError::InvalidRequest("a parameter comes twice"));
    let empty = read(None, &format!("{POSTED}grant_type=client_credentials&scope=&unknown=1")).unwrap();
    assert!(matches!(empty.grant, Grant::ClientCredentials { scope: None, audience: None }));
}

#[test]
fn only_a_form_is_read() {
    let mut headers = HeaderMap::new();
    for content_type in [None, Some("application/json"), Some("text/plain")] {
        headers.clear();
        headers.extend(content_type.map(|value| (CONTENT_TYPE, HeaderValue::from_static(value))));
        let outcome =
            TokenRequest::read(&headers, format!("{POSTED}grant_type=client_credentials").as_bytes());
        assert_eq!(outcome.unwrap_err().code(), "invalid_request");
    }
}

#[test]
fn grants_and_what_they_need() {
    let exchange = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&";
    for (form, expected) in [
        (String::new(), Err("invalid_request")),
        ("grant_type=password".to_owned(), Err("unsupported_grant_type")),
        ("grant_type=client_credentials&scope=fhir".to_owned(), Ok(())),
        ("grant_type=authorization_code&code=c&redirect_uri=r&code_verifier=v".to_owned(), Ok(())),
        ("grant_type=authorization_code&code=c&redirect_uri=r".to_owned(), Err("invalid_request")),
        ("grant_type=authorization_code&redirect_uri=r&code_verifier=v".to_owned(), Err("invalid_request")),
        (format!("{exchange}subject_token=t&subject_token_type=k&audience=x"), Ok(())),
        (format!("{exchange}subject_token=t&audience=x"), Err("invalid_request")),
        (format!("{exchange}subject_token_type=k"), Err("invalid_request")),
        (format!("{exchange}subject_token=t&subject_token_type=k&actor_token=a"), Err("invalid_request")),
        (format!("{exchange}subject_token=t&subject_token_type=k&resource=r"), Err("invalid_target")),
    ] {
        let outcome = read(None, &format!("{POSTED}{form}")).map(|_| ()).map_err(|error| error.code());
        assert_eq!(outcome, expected, "{form}");
    }
}

#[test]
fn a_request_shows_no_secret() {
    let body =
        format!("{POSTED}grant_type=authorization_code&code=code1&redirect_uri=r&code_verifier=verifier1");
    let shown = format!("{:?}", read(None, &body).unwrap());
    for secret in ["secret", "code1", "verifier1"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn refusals_are_answered_as_rfc_6749_asks() {
    let response = TokenError::InvalidClient.response();
    assert_eq!(response.status(), 401);
    assert!(response.headers()[WWW_AUTHENTICATE].to_str().unwrap().starts_with("Basic "));
    assert_eq!(json_of(&response)["error"], "invalid_client");

    let response = TokenError::InvalidGrant("the code has been used").response();
    assert_eq!(response.status(), 400);
    assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    let expected = json!({ "error": "invalid_grant", "error_description": "the code has been used" });
    assert_eq!(json_of(&response), expected);
}

#[test]
fn a_token_is_answered_as_rfc_6749_and_8693_ask() {
    let token = TokenResponse::bearer("abc", Duration::from_secs(300));
    assert!(!format!("{token:?}").contains("abc"));
    assert_eq!(token.response().headers()[CACHE_CONTROL], "no-store");
    let plain = json!({ "access_token": "abc", "token_type": "Bearer", "expires_in": 300 });
    assert_eq!(json_of(&token.response()), plain);
    let full = token.with_scope(Some("fhir".to_owned())).with_id_token("xyz").exchanged();
    let expected = json!({
        "access_token": "abc", "token_type": "Bearer", "expires_in": 300, "scope": "fhir", "id_token": "xyz",
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
    });
    assert_eq!(json_of(&full.response()), expected);
}
