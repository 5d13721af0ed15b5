use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
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
    asked: Vec<Heard>,
    tokens: u32,
    answers: VecDeque<Response>,
    notices: Notices,
}

/// One request that it heard.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) line: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

/// What it says when it is asked what a patient was told.
#[derive(Clone, Default)]
pub(crate) enum Notices {
    /// It says that it cannot be asked.
    #[default]
    NotOffered,
    /// A searchset of these communications.
    Of(Vec<Value>),
    /// This status.
    Refused(StatusCode),
    /// Nothing, for ever.
    Stalled,
}

type Ears = State<Arc<Mutex<Ear>>>;

impl Platform {
    pub(crate) async fn start() -> Self {
        let ear = Arc::new(Mutex::new(Ear::default()));
        let (address, listener) = listen().await;
        let router = Router::new()
            .route("/token", post(token))
            .route("/fhir/r4/metadata", get(metadata))
            .route("/fhir/r4/Appointment/{id}/$notices", get(notices))
            .fallback(hear)
            .with_state(Arc::clone(&ear));
        serve(listener, router);
        Self { base: format!("http://{address}"), ear }
    }

    /// What it answers next, in order; after these it says 200.
    pub(crate) fn will_answer(&self, answers: impl IntoIterator<Item = Response>) {
        self.ear.lock().unwrap().answers.extend(answers);
    }

    /// What it says from now on when it is asked what a patient was told.
    pub(crate) fn will_say(&self, notices: Notices) {
        self.ear.lock().unwrap().notices = notices;
    }

    /// What it heard since it was last asked, but for questions.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.ear.lock().unwrap().heard)
    }

    /// The questions that it heard: what it offers, and what a patient was told.
    pub(crate) fn asked(&self) -> Vec<Heard> {
        std::mem::take(&mut self.ear.lock().unwrap().asked)
    }

    /// How many tokens it gave.
    pub(crate) fn tokens(&self) -> u32 {
        self.ear.lock().unwrap().tokens
    }
}

async fn token(State(ear): Ears) -> axum::Json<Value> {
    let mut ear = ear.lock().unwrap();
    ear.tokens += 1;
    axum::Json(
        json!({ "access_token": format!("token-{}", ear.tokens), "token_type": "Bearer", "expires_in": 300 }),
    )
}

async fn metadata(ears: Ears, uri: Uri, headers: HeaderMap) -> axum::Json<Value> {
    let operation = match asked(&ears, &uri, headers) {
        Notices::NotOffered => json!([]),
        _ => json!([{ "name": "notices", "definition": "https://platform.example/notices" }]),
    };
    let resource = json!([{ "type": "Appointment", "operation": operation }]);
    axum::Json(
        json!({ "resourceType": "CapabilityStatement", "rest": [{ "mode": "server", "resource": resource }] }),
    )
}

async fn notices(ears: Ears, uri: Uri, headers: HeaderMap) -> Response {
    match asked(&ears, &uri, headers) {
        Notices::NotOffered => StatusCode::NOT_FOUND.into_response(),
        Notices::Of(all) => {
            let entries: Vec<_> = all.into_iter().map(|one| json!({ "resource": one })).collect();
            axum::Json(json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries }))
                .into_response()
        }
        Notices::Refused(status) => status.into_response(),
        Notices::Stalled => std::future::pending().await,
    }
}

fn asked(State(ear): &Ears, uri: &Uri, headers: HeaderMap) -> Notices {
    let mut ear = ear.lock().unwrap();
    ear.asked.push(Heard { line: format!("GET {uri}"), headers, body: Value::Null });
    ear.notices.clone()
}

async fn hear(State(ear): Ears, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let mut ear = ear.lock().unwrap();
    let body = serde_json::from_slice(&body).unwrap_or_default();
    ear.heard.push(Heard { line: format!("{method} {uri}"), headers, body });
    ear.answers.pop_front().unwrap_or_else(|| StatusCode::OK.into_response())
}
