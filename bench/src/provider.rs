//! The OpenID provider where patients log in: it believes who somebody says to be, for that is said here only.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use axum::{
    Form, Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{clock, people::Person};

pub(crate) const CLIENT: (&str, &str) = ("balie-bench", "balie-bench-secret");
const DAY: Duration = Duration::from_secs(24 * 3600);

#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) issuer: String,
    key: EncodingKey,
    public: Value,
    /// The claims of who is about to log in, by the code that stands for it.
    coming: Arc<Mutex<HashMap<String, Value>>>,
}

impl Provider {
    /// On a free port, until this program ends.
    ///
    /// # Errors
    /// When it cannot listen.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
        // An uncompressed point: one byte that says so, then both coordinates.
        let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
        let encoded = |coordinate| URL_SAFE_NO_PAD.encode(coordinate);
        let public = json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "one",
                             "x": encoded(x), "y": encoded(y) });
        let key = EncodingKey::from_ec_der(pair.to_pkcs8v1()?.as_ref());
        let issuer = format!("http://{}", listener.local_addr()?);
        let provider = Self { issuer, key, public, coming: Arc::default() };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(provider)
    }

    /// A code with which this person comes back from here, who was sent with this nonce.
    pub(crate) fn code(&self, person: &Person, nonce: &str) -> String {
        let code = format!("code-{}", person.bsn);
        let claims = json!({ "sub": person.bsn, "bsn": person.bsn, "name": person.name, "nonce": nonce });
        self.coming.lock().unwrap_or_else(PoisonError::into_inner).insert(code.clone(), claims);
        code
    }

    /// A token of this patient for a practice's system, as a platform exchanges it.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub(crate) fn access_token(&self, bsn: &str, audience: &str) -> anyhow::Result<String> {
        let now = clock::now() / 1_000_000;
        let header = Header {
            kid: Some("one".to_owned()),
            typ: Some("at+jwt".to_owned()),
            ..Header::new(Algorithm::ES256)
        };
        let claims = json!({ "iss": self.issuer, "sub": bsn, "bsn": bsn, "aud": audience, "client_id": CLIENT.0,
                             "iat": now, "exp": now + DAY.as_secs() });
        Ok(jsonwebtoken::encode(&header, &claims, &self.key)?)
    }

    fn tokens(&self, code: &str) -> anyhow::Result<Value> {
        let claims = self.coming.lock().unwrap_or_else(PoisonError::into_inner).remove(code);
        let mut claims = claims.context("nobody comes with this code")?;
        let now = clock::now() / 1_000_000;
        let header = Header { kid: Some("one".to_owned()), ..Header::new(Algorithm::ES256) };
        for (name, value) in [
            ("iss", json!(self.issuer)),
            ("aud", json!(CLIENT.0)),
            ("iat", json!(now)),
            ("auth_time", json!(now)),
            ("exp", json!(now + DAY.as_secs())),
        ] {
            claims[name] = value;
        }
        let id_token = jsonwebtoken::encode(&header, &claims, &self.key)?;
        Ok(
            json!({ "access_token": code, "token_type": "Bearer", "expires_in": DAY.as_secs(), "id_token": id_token }),
        )
    }
}

async fn metadata(State(provider): State<Provider>) -> Json<Value> {
    let issuer = provider.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    Json(json!({ "keys": [provider.public] }))
}

async fn token(
    State(provider): State<Provider>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    let code = form.get("code").ok_or(StatusCode::BAD_REQUEST)?;
    provider.tokens(code).map(Json).map_err(|_| StatusCode::BAD_REQUEST)
}
