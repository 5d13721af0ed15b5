use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    response::{IntoResponse, Response},
    routing::post,
};
use http::{HeaderMap, Method, StatusCode, Uri};
use serde_json::{Value, json};

use super::{listen, serve};

/// A small platform that writes down what it hears and answers what the test wants.
pub(crate) struct Platform {
    pub(crate) base: String,
    ear: Arc<Mutex<Ear>>,
}

#[derive(Default)]
struct Ear {
    heard: Vec<Heard>,
    tokens: u32,
    answers: VecDeque<Response>,
}

/// One request that it heard.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) line: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Platform {
    pub(crate) async fn start() -> Self {
        let ear = Arc::new(Mutex::new(Ear::default()));
        let (address, listener) = listen().await;
        let router = Router::new().route("/token", post(token)).fallback(hear).with_state(Arc::clone(&ear));
        serve(listener, router);
        Self { base: format!("http://{address}"), ear }
    }

    /// What it answers next, in order; after these it says 200.
    pub(crate) fn will_answer(&self, answers: impl IntoIterator<Item = Response>) {
        self.ear.lock().unwrap().answers.extend(answers);
    }

    /// What it heard since it was last asked.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.ear.lock().unwrap().heard)
    }

    /// How many tokens it gave.
    pub(crate) fn tokens(&self) -> u32 {
        self.ear.lock().unwrap().tokens
    }
}

async fn token(State(ear): State<Arc<Mutex<Ear>>>) -> axum::Json<Value> {
    let mut ear = ear.lock().unwrap();
    ear.tokens += 1;
    axum::Json(
        json!({ "access_token": format!("token-{}", ear.tokens), "token_type": "Bearer", "expires_in": 300 }),
    )
}

async fn hear(
    State(ear): State<Arc<Mutex<Ear>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut ear = ear.lock().unwrap();
    let body = serde_json::from_slice(&body).unwrap_or_default();
    ear.heard.push(Heard { line: format!("{method} {uri}"), headers, body });
    ear.answers.pop_front().unwrap_or_else(|| StatusCode::OK.into_response())
}
