//! An issuer on loopback whose every answer a test can set, and tokens made by hand.

use std::sync::{Arc, Mutex, MutexGuard};

use axum::{Json, Router, extract::State, http::StatusCode, routing};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};
use world::{Client, Http};

use crate::{IssuerUrl, SigningKey};

/// The present of these tests, long past on any machine's clock: reading that clock would fail them.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(1_500_000_000).unwrap()
}

pub(crate) fn http() -> Arc<dyn Http> {
    Arc::new(Client::new().unwrap())
}

/// A JWT of any header and claims, signed as told.
pub(crate) fn token(header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = URL_SAFE_NO_PAD.encode(sign(message.as_bytes()));
    format!("{message}.{signature}")
}

/// Signs as ES256 does.
pub(crate) fn es256(key: &SigningKey) -> impl Fn(&[u8]) -> Vec<u8> {
    let encoding = key.encoding().clone();
    move |message| {
        let text = jsonwebtoken::crypto::sign(message, &encoding, jsonwebtoken::Algorithm::ES256).unwrap();
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }
}

pub(crate) fn jwks(keys: &[&SigningKey]) -> Value {
    json!({ "keys": keys.iter().map(|key| json!(key.public())).collect::<Vec<_>>() })
}

/// A server that publishes metadata and keys and answers token requests, as the test sets them.
#[derive(Clone)]
pub(crate) struct Published {
    pub(crate) issuer: IssuerUrl,
    answers: Arc<Mutex<Answers>>,
}

pub(crate) struct Answers {
    pub(crate) metadata: Value,
    pub(crate) keys: Value,
    pub(crate) token: (StatusCode, Value),
    pub(crate) key_readings: usize,
    pub(crate) token_requests: Vec<(Option<String>, String)>,
}

impl Published {
    pub(crate) async fn start(keys: Value) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer: IssuerUrl = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let published = Self { answers: Arc::new(Mutex::new(answers(&issuer, keys))), issuer };
        let router = router().with_state(published.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        published
    }

    pub(crate) fn answers(&self) -> MutexGuard<'_, Answers> {
        self.answers.lock().unwrap()
    }
}

fn answers(issuer: &IssuerUrl, keys: Value) -> Answers {
    let metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": issuer.below("/authorize"),
        "token_endpoint": issuer.below("/token"),
        "jwks_uri": issuer.below("/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    });
    let token = (StatusCode::BAD_REQUEST, json!({ "error": "invalid_grant" }));
    Answers { metadata, keys, token, key_readings: 0, token_requests: Vec::new() }
}

fn router() -> Router<Published> {
    Router::new()
        .route("/.well-known/openid-configuration", routing::get(metadata))
        .route("/jwks", routing::get(keys))
        .route("/token", routing::post(token_endpoint))
}

async fn metadata(State(published): State<Published>) -> Json<Value> {
    Json(published.answers().metadata.clone())
}

async fn keys(State(published): State<Published>) -> Json<Value> {
    let mut answers = published.answers();
    answers.key_readings += 1;
    Json(answers.keys.clone())
}

async fn token_endpoint(
    State(published): State<Published>,
    headers: http::HeaderMap,
    body: String,
) -> (StatusCode, Json<Value>) {
    let authorization = headers.get(http::header::AUTHORIZATION);
    let authorization = authorization.map(|value| value.to_str().unwrap().to_owned());
    let mut answers = published.answers();
    answers.token_requests.push((authorization, body));
    let (status, json) = answers.token.clone();
    (status, Json(json))
}
