//! Who logs patients in, and gives the platform its tokens for a XIS: exchanges whatever it is given (RFC 8693).

mod login;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, Response},
    routing::{get, post},
};
use bytes::Bytes;
use oauth::{Claims, Grant, Issuer, IssuerUrl, SigningKey, TokenError, TokenRequest, TokenResponse};
use platform::Login;
use secrecy::ExposeSecret as _;
use tokio::net::TcpListener;
use world::{Chance as _, Clock, SystemChance};

/// An authorization server that believes everybody: a patient's token is the patient's BSN.
#[derive(Clone)]
pub struct Tokens {
    issuer: Arc<Issuer>,
    clock: Arc<dyn Clock>,
    asked: Arc<Mutex<Vec<HashMap<String, String>>>>,
    logins: Arc<Mutex<HashMap<String, login::SaidYes>>>,
    elsewhere: Option<Login>,
}

impl Tokens {
    /// Starts one on a free port.
    pub async fn start(clock: Arc<dyn Clock>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer: IssuerUrl = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let issuer = Arc::new(Issuer { issuer, key: SigningKey::generate().unwrap() });
        let tokens = Self { issuer, clock, asked: Arc::default(), logins: Arc::default(), elsewhere: None };
        // `/other` for a practice with an endpoint of its own (D4).
        let router = Router::new()
            .route("/token", post(answer))
            .route("/other", post(answer))
            .route("/jwks", get(login::jwks))
            .route("/.well-known/openid-configuration", get(login::metadata));
        let router = router.with_state(tokens.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        tokens
    }

    /// Its name, which is its address.
    #[must_use]
    pub fn issuer(&self) -> &IssuerUrl {
        &self.issuer.issuer
    }

    /// What it signs with.
    #[must_use]
    pub fn key(&self) -> &SigningKey {
        &self.issuer.key
    }

    /// The forms that it was sent, oldest first, each with its `path`.
    #[must_use]
    pub fn asked(&self) -> Vec<HashMap<String, String>> {
        self.asked.lock().unwrap().clone()
    }

    /// A token for this audience; with a patient's BSN where one is given.
    fn mint(&self, audience: &str, bsn: Option<&str>) -> String {
        let (jti, lifetime) = (SystemChance.uuid().to_string(), Duration::from_secs(600));
        let claims = Claims::new("balie", audience, jti, self.clock.now(), lifetime);
        let claims = match bsn {
            Some(bsn) => claims.with("bsn", bsn),
            None => claims,
        };
        self.issuer.mint(&claims).unwrap()
    }

    fn grant(&self, headers: &HeaderMap, body: &[u8]) -> Result<TokenResponse, TokenError> {
        let lifetime = Duration::from_secs(600);
        match TokenRequest::read(headers, body)?.grant {
            Grant::ClientCredentials { audience: Some(audience), .. } => {
                Ok(TokenResponse::bearer(self.mint(&audience, None), lifetime))
            }
            Grant::TokenExchange { subject_token, audience: Some(audience), .. } => {
                let token = self.mint(&audience, Some(subject_token.expose_secret()));
                Ok(TokenResponse::bearer(token, lifetime).exchanged())
            }
            grant => self.log_in(&grant),
        }
    }
}

async fn answer(
    State(tokens): State<Tokens>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let mut form: HashMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    form.insert("path".to_owned(), uri.path().to_owned());
    tokens.asked.lock().unwrap().push(form);
    match tokens.grant(&headers, &body) {
        Ok(response) => response.response().map(Body::from),
        Err(error) => error.response().map(Body::from),
    }
}
