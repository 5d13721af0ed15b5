//! Where patients log in and the platform gets its tokens for XISs. It believes everybody: it is not under test.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use axum::{
    Json, Router,
    body::Body,
    extract::State,
    http::{HeaderMap, Response},
    routing::{get, post},
};
use bytes::Bytes;
use oauth::{Claims, Grant, Issuer, ServerMetadata, TokenError, TokenRequest, TokenResponse};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use std::sync::Arc;
use url::Url;

use crate::{keys::KEYS, party::Party, people::Person, sim::Sim, sim::lock};

pub(crate) const PLATFORM_SECRET: &str = "secret";
const LIFETIME: Duration = Duration::from_secs(600);

/// The login provider.
#[derive(Clone)]
pub(crate) struct Provider {
    sim: Sim,
    issuer: Arc<Issuer>,
    logins: Arc<Mutex<HashMap<String, (&'static Person, String)>>>,
}

impl Provider {
    pub(crate) fn new(sim: &Sim) -> Self {
        let issuer = format!("http://{}", Party::World.host()).parse().unwrap();
        let issuer = Arc::new(Issuer { issuer, key: KEYS.login.clone() });
        Self { sim: sim.clone(), issuer, logins: Arc::default() }
    }

    pub(crate) fn router(&self) -> Router {
        Router::new()
            .route("/token", post(token))
            .route("/jwks", get(jwks))
            .route("/.well-known/openid-configuration", get(metadata))
            .with_state(self.clone())
    }

    /// Does what the login page at `address` does when this person says yes, and gives the path that the browser is
    /// sent back to.
    pub(crate) fn say_yes(&self, address: &str, person: &'static Person) -> Option<String> {
        let address: Url = address.parse().ok()?;
        let asked: HashMap<_, _> = address.query_pairs().into_owned().collect();
        let (state, nonce) = (asked.get("state")?, asked.get("nonce")?);
        let code = format!("code-{state}");
        lock(&self.logins).insert(code.clone(), (person, nonce.clone()));
        let mut back: Url = asked.get("redirect_uri")?.parse().ok()?;
        back.query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("state", state)
            .append_pair("iss", self.issuer.issuer.as_str());
        Some(format!("{}?{}", back.path(), back.query()?))
    }

    fn grant(&self, headers: &HeaderMap, body: &[u8]) -> Result<TokenResponse, TokenError> {
        match TokenRequest::read(headers, body)?.grant {
            Grant::ClientCredentials { audience: Some(audience), .. } => {
                Ok(TokenResponse::bearer(self.mint(&self.claims(&audience)), LIFETIME))
            }
            Grant::TokenExchange { subject_token, audience: Some(audience), .. } => {
                let claims = self.claims(&audience).with("bsn", subject_token.expose_secret());
                Ok(TokenResponse::bearer(self.mint(&claims), LIFETIME).exchanged())
            }
            Grant::AuthorizationCode { code, .. } => self.log_in(code.expose_secret()),
            _ => Err(TokenError::UnsupportedGrantType),
        }
    }

    /// A code is good for once; the platform's token of a patient is the patient's BSN.
    fn log_in(&self, code: &str) -> Result<TokenResponse, TokenError> {
        let login = lock(&self.logins).remove(code);
        let (person, nonce) = login.ok_or(TokenError::InvalidGrant("the code is unknown or used"))?;
        let claims =
            self.claims("balie").with("nonce", nonce).with("bsn", person.bsn).with("name", person.name);
        let id_token = self.issuer.mint_id_token(&claims, person.bsn).unwrap();
        Ok(TokenResponse::bearer(person.bsn, Duration::from_secs(8 * 3600)).with_id_token(id_token))
    }

    fn claims(&self, audience: &str) -> Claims {
        Claims::new("balie", audience, "jti".to_owned(), self.sim.scheduler.now(), LIFETIME)
    }

    fn mint(&self, claims: &Claims) -> String {
        self.issuer.mint(claims).unwrap()
    }
}

async fn token(State(provider): State<Provider>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    match provider.grant(&headers, &body) {
        Ok(response) => response.response().map(Body::from),
        Err(error) => error.response().map(Body::from),
    }
}

async fn metadata(State(provider): State<Provider>) -> Json<ServerMetadata> {
    let metadata = ServerMetadata::new(&provider.issuer.issuer, "/token", "/jwks", &["authorization_code"]);
    Json(metadata.with_login("/authorize", &["sub", "name", "bsn"], &[]))
}

async fn jwks(State(provider): State<Provider>) -> Json<Value> {
    Json(provider.issuer.jwks())
}
