//! The demo's identity provider: a real OpenID provider in every respect but one, that it believes whatever
//! you say. Stands in for the login service and the token exchange that a practice has in earnest.
//!
//! Keeps codes in memory, and nothing else: tokens carry all they need. A restart ends logins in progress.

mod authorize;
mod codes;
mod exchange;
mod pages;
mod token;

use std::{fmt, sync::Arc};

use axum::{Json, Router, extract::State, routing};
use oauth::{ClientSecretHash, Issuer, IssuerUrl, ServerMetadata, SigningKey, TOKEN_EXCHANGE, Verifier};
use secrecy::SecretString;
use serde_json::Value;
use url::Url;
use world::World;

use codes::Codes;

/// How sure this provider says to be of a person.
pub(crate) const ASSURANCE: &str = "http://eidas.europa.eu/LoA/substantial";
/// The claim that holds a citizen number.
pub(crate) const BSN_CLAIM: &str = "bsn";

/// Who may log in and who may ask for tokens.
pub(crate) struct IdpConfig {
    /// Its own name: the address under which its router is mounted.
    pub(crate) issuer: IssuerUrl,
    /// What it signs with.
    pub(crate) key: SigningKey,
    /// The people to choose from.
    pub(crate) patients: Vec<TestPatient>,
    /// The programs that may send people here and ask for tokens.
    pub(crate) clients: Vec<IdpClient>,
}

/// Someone to log in as.
pub(crate) struct TestPatient {
    /// The citizen number: in ID tokens, exchanged tokens and on the page, never in a URL or a log.
    pub(crate) bsn: String,
    /// First and last name.
    pub(crate) name: String,
}

/// A program that this provider knows.
pub(crate) struct IdpClient {
    /// Its id.
    pub(crate) id: String,
    /// Its secret.
    pub(crate) secret: SecretString,
    /// Where it may have people sent back to, compared letter by letter.
    pub(crate) redirect_uris: Vec<Url>,
    /// For whom it may ask tokens.
    pub(crate) audiences: Vec<String>,
}

/// The provider's pages and endpoints, to be mounted at the issuer's path.
pub(crate) fn router(config: IdpConfig, world: World) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", routing::get(configuration))
        .route("/jwks", routing::get(keys))
        .route("/authorize", routing::get(authorize::choose).post(authorize::chosen))
        .route("/token", routing::post(token::answer))
        .route("/style.css", routing::get(super::style))
        .with_state(Arc::new(Provider::new(config, world)))
}

/// The running provider.
struct Provider {
    issuer: Issuer,
    own_tokens: Verifier,
    patients: Vec<TestPatient>,
    clients: Vec<KnownClient>,
    codes: Codes,
    world: World,
}

struct KnownClient {
    id: String,
    secret: ClientSecretHash,
    redirect_uris: Vec<Url>,
    audiences: Vec<String>,
}

impl Provider {
    fn new(config: IdpConfig, world: World) -> Self {
        let IdpConfig { issuer, key, patients, clients } = config;
        let clients = clients.into_iter().map(|client| known(client, &world)).collect();
        let issuer = Issuer { issuer, key };
        let own_tokens = Verifier::local(issuer.issuer.clone(), issuer.issuer.as_str(), issuer.public_keys());
        Self { issuer, own_tokens, patients, clients, codes: Codes::default(), world }
    }

    fn client(&self, id: &str) -> Option<&KnownClient> {
        self.clients.iter().find(|client| client.id == id)
    }
}

fn known(client: IdpClient, world: &World) -> KnownClient {
    let IdpClient { id, secret, redirect_uris, audiences } = client;
    let secret = ClientSecretHash::new(&secret, world.chance.as_ref());
    KnownClient { id, secret, redirect_uris, audiences }
}

/// The `sub` of the patient at this place in the list: stable for as long as the list is.
fn subject(place: usize) -> String {
    format!("test-patient-{}", place + 1)
}

async fn configuration(State(provider): State<Arc<Provider>>) -> Json<ServerMetadata> {
    let grants = ["authorization_code", "client_credentials", TOKEN_EXCHANGE];
    let metadata = ServerMetadata::new(&provider.issuer.issuer, "/token", "/jwks", &grants)
        .with_scopes(&["openid", "profile", "fhir"])
        .with_login("/authorize", &["sub", "name", "acr", "auth_time", BSN_CLAIM], &[ASSURANCE]);
    Json(metadata)
}

async fn keys(State(provider): State<Arc<Provider>>) -> Json<Value> {
    Json(provider.issuer.jwks())
}

impl fmt::Debug for TestPatient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TestPatient").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
