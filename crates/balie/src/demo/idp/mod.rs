//! The demo's identity provider: a real OpenID provider in every respect but one, that it believes whatever
//! you say. Stands in for the login service and the token exchange that a practice has in earnest.
//!
//! Keeps codes in memory, and nothing else: tokens carry all they need. A restart ends logins in progress.

mod authorize;
mod codes;
mod exchange;
mod logout;
mod pages;
mod person;
mod token;

use std::sync::Arc;

use axum::{Json, Router, extract::State, routing};
use oauth::{ClientSecretHash, Issuer, IssuerUrl, ServerMetadata, SigningKey, TOKEN_EXCHANGE, Verifier};
use secrecy::SecretString;
use serde_json::Value;
use url::Url;
use world::World;

use codes::Codes;
pub(crate) use person::{PRACTICES_CLAIM, TestPerson};

/// How sure this provider says to be of a person.
pub(crate) const ASSURANCE: &str = "http://eidas.europa.eu/LoA/substantial";
/// How sure it says to be when it is asked to be less so, to see that a program refuses that.
pub(crate) const LOW_ASSURANCE: &str = "http://eidas.europa.eu/LoA/low";
/// The claim that holds a citizen number.
pub(crate) const BSN_CLAIM: &str = "bsn";

/// Who may log in and who may ask for tokens.
pub(crate) struct IdpConfig {
    /// Its own name: the address under which its router is mounted.
    pub(crate) issuer: IssuerUrl,
    /// What it signs with.
    pub(crate) key: SigningKey,
    /// The people to choose from.
    pub(crate) people: Vec<TestPerson>,
    /// The programs that may send people here and ask for tokens.
    pub(crate) clients: Vec<IdpClient>,
}

/// A program that this provider knows.
pub(crate) struct IdpClient {
    /// Its id.
    pub(crate) id: String,
    /// Its secret.
    pub(crate) secret: SecretString,
    /// Where it may have people sent back to, compared letter by letter.
    pub(crate) redirect_uris: Vec<Url>,
    /// Where people go who have logged out, compared letter by letter.
    pub(crate) home: Url,
    /// For whom it may ask tokens.
    pub(crate) audiences: Vec<String>,
}

/// The provider's pages and endpoints, to be mounted at the issuer's path.
pub(crate) fn router(config: IdpConfig, world: World) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", routing::get(configuration))
        .route("/jwks", routing::get(keys))
        .route("/authorize", routing::get(authorize::choose).post(authorize::chosen))
        .route("/logout", routing::get(logout::show))
        .route("/token", routing::post(token::answer))
        .route("/style.css", routing::get(super::style))
        .with_state(Arc::new(Provider::new(config, world)))
}

/// The running provider.
struct Provider {
    issuer: Issuer,
    own_tokens: Verifier,
    people: Vec<TestPerson>,
    clients: Vec<KnownClient>,
    codes: Codes,
    world: World,
}

struct KnownClient {
    id: String,
    secret: ClientSecretHash,
    redirect_uris: Vec<Url>,
    home: Url,
    audiences: Vec<String>,
}

impl Provider {
    fn new(config: IdpConfig, world: World) -> Self {
        let IdpConfig { issuer, key, people, clients } = config;
        let clients = clients.into_iter().map(|client| known(client, &world)).collect();
        let issuer = Issuer { issuer, key };
        let own_tokens = Verifier::local(issuer.issuer.clone(), issuer.issuer.as_str(), issuer.public_keys());
        Self { issuer, own_tokens, people, clients, codes: Codes::default(), world }
    }

    fn client(&self, id: &str) -> Option<&KnownClient> {
        self.clients.iter().find(|client| client.id == id)
    }
}

fn known(client: IdpClient, world: &World) -> KnownClient {
    let IdpClient { id, secret, redirect_uris, home, audiences } = client;
    let secret = ClientSecretHash::new(&secret, world.chance.as_ref());
    KnownClient { id, secret, redirect_uris, home, audiences }
}

async fn configuration(State(provider): State<Arc<Provider>>) -> Json<ServerMetadata> {
    let grants = ["authorization_code", "client_credentials", TOKEN_EXCHANGE];
    let metadata = ServerMetadata::new(&provider.issuer.issuer, "/token", "/jwks", &grants)
        .with_scopes(&["openid", "profile", "fhir"])
        .with_login(
            "/authorize",
            &["sub", "name", "acr", "auth_time", BSN_CLAIM, PRACTICES_CLAIM],
            &[LOW_ASSURANCE, ASSURANCE],
        )
        .with_logout("/logout");
    Json(metadata)
}

async fn keys(State(provider): State<Arc<Provider>>) -> Json<Value> {
    Json(provider.issuer.jwks())
}

#[cfg(test)]
mod tests;
