//! An OpenID provider that is our own and lies: real HTTP, real keys, and every answer as a test wants it.

mod keys;
mod said;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Json, Router,
    body::Body,
    extract::State,
    http::{Response, StatusCode, header},
    routing::{get, post},
};
use platform::{Assurance, Login};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

pub(crate) use self::{
    keys::{Key, hmac},
    said::{Said, Sign},
};

/// The platform's secret at this provider.
pub(crate) const SECRET: &str = "the-platforms-own-secret";

/// The provider. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Evil {
    pub(crate) issuer: String,
    answers: Arc<Mutex<Answers>>,
}

/// What it answers now.
pub(crate) struct Answers {
    pub(crate) key: Key,
    pub(crate) jwks: Value,
    token: TokenAnswer,
    /// How often its keys were read.
    pub(crate) key_readings: usize,
}

/// What the token endpoint answers.
#[derive(Clone, Default)]
pub(crate) struct TokenAnswer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Evil {
    pub(crate) async fn start() -> Self {
        Self::named("").await
    }

    /// One whose name is its address with this after it.
    pub(crate) async fn named(end: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}{end}", listener.local_addr().unwrap());
        let key = Key::new("one");
        let jwks = json!({ "keys": [key.public()] });
        let answers = Answers { key, jwks, token: TokenAnswer::default(), key_readings: 0 };
        let evil = Self { issuer, answers: Arc::new(Mutex::new(answers)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(jwks_of))
            .route("/token", post(token))
            .with_state(evil.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        evil
    }

    /// How the platform is told to use it: logins below `substantial` are not enough.
    pub(crate) fn login(&self) -> Login {
        Login {
            issuer: self.issuer.parse().unwrap(),
            client_id: "balie".to_owned(),
            client_secret: SECRET.into(),
            scopes: vec!["profile".to_owned()],
            assurance: Some(Assurance {
                levels: ["low", "substantial", "high"].map(str::to_owned).into(),
                least: "substantial".to_owned(),
            }),
            bsn_claim: "bsn".to_owned(),
            name_claim: "name".to_owned(),
            token_endpoint: format!("{}/token", self.issuer.trim_end_matches('/')).parse().unwrap(),
        }
    }

    pub(crate) fn answers(&self) -> MutexGuard<'_, Answers> {
        self.answers.lock().unwrap()
    }

    /// Answers with this from now on, and gives the path and query that the browser is sent back to.
    pub(crate) fn say(&self, said: &Said) -> String {
        self.answers().token = said.token_answer();
        let query =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&said.callback).finish();
        format!("/login/callback?{query}")
    }
}

/// The parameters of the address that the platform sends the browser to.
pub(crate) fn asked(address: &str) -> HashMap<String, String> {
    let address: Url = address.parse().unwrap();
    address.query_pairs().into_owned().collect()
}

async fn metadata(State(evil): State<Evil>) -> Json<Value> {
    let base = evil.issuer.trim_end_matches('/');
    Json(json!({
        "issuer": evil.issuer,
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "jwks_uri": format!("{base}/jwks"),
        "end_session_endpoint": format!("{base}/logout"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn jwks_of(State(evil): State<Evil>) -> Json<Value> {
    let mut answers = evil.answers();
    answers.key_readings += 1;
    Json(answers.jwks.clone())
}

async fn token(State(evil): State<Evil>) -> Response<Body> {
    let TokenAnswer { status, location, body } = evil.answers().token.clone();
    let mut answer = Response::builder().status(status).header(header::CONTENT_TYPE, "application/json");
    if let Some(location) = location {
        answer = answer.header(header::LOCATION, location);
    }
    answer.body(Body::from(body)).unwrap()
}
