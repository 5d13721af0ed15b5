use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::State,
    routing::{get, post},
};
use http::{HeaderMap, Response};
use oauth::{
    Actor, Claims, Grant, Issuer, ServerMetadata, SigningKey, TokenError, TokenRequest, TokenResponse,
};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use world::Clock;

use super::{TestClock, listen, serve};

/// An authorization server that publishes its keys, mints what a test asks for, and logs in whom a test names.
pub(crate) struct Tokens {
    issuer: Issuer,
    clock: Arc<TestClock>,
    logins: Logins,
}

/// The ID token that each code stands for.
type Logins = Arc<Mutex<HashMap<String, String>>>;

/// Of an access token that nobody asks for.
const LIFETIME: Duration = Duration::from_secs(300);

impl Tokens {
    pub(crate) async fn start(clock: Arc<TestClock>) -> Self {
        let (address, listener) = listen().await;
        let issuer = Issuer {
            issuer: format!("http://{address}").parse().unwrap(),
            key: SigningKey::generate().unwrap(),
        };
        let metadata = ServerMetadata::new(&issuer.issuer, "/token", "/jwks", &[]);
        let metadata = metadata.with_login("/authorize", &["sub", "name", "practices"], &[]);
        let (metadata, jwks) = (serde_json::to_value(metadata).unwrap(), issuer.jwks());
        let again = metadata.clone();
        let logins = Logins::default();
        let router = Router::new()
            .route("/.well-known/oauth-authorization-server", get(async move || Json(metadata.clone())))
            .route("/.well-known/openid-configuration", get(async move || Json(again.clone())))
            .route("/jwks", get(async move || Json(jwks.clone())))
            .route("/token", post(tokens))
            .with_state(Arc::clone(&logins));
        serve(listener, router);
        Self { issuer, clock, logins }
    }

    pub(crate) fn issuer(&self) -> &str {
        self.issuer.issuer.as_str()
    }

    /// The token of a patient who sits at the platform.
    pub(crate) fn of_patient(&self, bsn: impl Into<Value>) -> String {
        let mut claims = self.claims("xis").with("bsn", bsn);
        claims.act = Some(Actor { sub: "platform".to_owned(), act: None });
        self.issuer.mint(&claims).unwrap()
    }

    /// The token of a person, without the person's number: asked for by this client, or with this actor for them.
    pub(crate) fn of_somebody(&self, client: Option<&str>, actor: Option<&str>) -> String {
        let mut claims = self.claims("xis");
        claims.sub = "somebody".to_owned();
        claims.client_id = client.map(str::to_owned);
        claims.act = actor.map(|sub| Actor { sub: sub.to_owned(), act: None });
        self.issuer.mint(&claims).unwrap()
    }

    /// The token of the platform itself.
    pub(crate) fn of_platform(&self) -> String {
        self.issuer.mint(&self.claims("xis")).unwrap()
    }

    pub(crate) fn for_audience(&self, audience: &str) -> String {
        self.issuer.mint(&self.claims(audience)).unwrap()
    }

    /// A code for somebody who logs in at the pages, of whom the ID token says this.
    pub(crate) fn code(&self, nonce: &str, person: &Value) -> String {
        let mut claims = self.claims("pages").with("nonce", nonce);
        claims.sub = person["sub"].as_str().unwrap().to_owned();
        claims.acr = person["acr"].as_str().map(str::to_owned);
        claims = claims.with("name", person["name"].clone()).with("practices", person["practices"].clone());
        let code = format!("code-{nonce}");
        self.logins
            .lock()
            .unwrap()
            .insert(code.clone(), self.issuer.mint_id_token(&claims, "access").unwrap());
        code
    }

    fn claims(&self, audience: &str) -> Claims {
        Claims::new("platform", audience, "1", self.clock.now(), LIFETIME)
    }
}

async fn tokens(State(logins): State<Logins>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let id_token = match TokenRequest::read(&headers, &body).map(|request| request.grant) {
        Ok(Grant::AuthorizationCode { code, .. }) => logins.lock().unwrap().remove(code.expose_secret()),
        _ => None,
    };
    match id_token {
        Some(id_token) => {
            TokenResponse::bearer("access".to_owned(), LIFETIME).with_id_token(id_token).response()
        }
        None => TokenError::InvalidGrant("the code is unknown or used").response(),
    }
    .map(Body::from)
}
