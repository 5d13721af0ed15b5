//! `/oauth2/token` and what is published about it: XIS clients ask for tokens (RFC 6749, 4.4).

use std::time::Duration;

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{HeaderMap, Response},
};
use bytes::Bytes;
use oauth::{
    Claims, ClientSecretHash, Grant, IssuerUrl, ServerMetadata, TokenError, TokenRequest, TokenResponse,
};
use serde_json::Value;
use store::Actor;

use crate::{app::App, audit::Audit};

/// How long a XIS's token is valid.
const LIFETIME: Duration = Duration::from_secs(10 * 60);
/// What a XIS's token allows: everything that the contract lets a XIS do.
const SCOPE: &str = "system/*.*";

/// The token endpoint.
pub(crate) async fn token(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let response = match grant(&app, &headers, &body).await {
        Ok(response) => response.response(),
        Err(error) => error.response(),
    };
    response.map(Body::from)
}

async fn grant(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<TokenResponse, TokenError> {
    let request = TokenRequest::read(headers, body)?;
    authenticate(app, &request).await?;
    let Grant::ClientCredentials { scope, audience } = &request.grant else {
        return Err(TokenError::UnauthorizedClient);
    };
    if scope.as_deref().is_some_and(|scope| scope != SCOPE) {
        return Err(TokenError::InvalidScope);
    }
    let ours = app.config.address("/fhir/r4");
    if audience.as_deref().is_some_and(|audience| audience != ours) {
        return Err(TokenError::InvalidTarget);
    }
    let jti = app.new_id().to_string();
    let mut claims = Claims::new(&request.client_id, ours, jti, app.world.now(), LIFETIME);
    claims.client_id = Some(request.client_id.clone());
    claims.scope = Some(SCOPE.to_owned());
    let token = app.issuer.mint(&claims).map_err(|error| {
        tracing::error!(%error, "a token could not be signed");
        TokenError::TemporarilyUnavailable
    })?;
    Ok(TokenResponse::bearer(token, LIFETIME).with_scope(Some(SCOPE.to_owned())))
}

async fn authenticate(app: &App, request: &TokenRequest) -> Result<(), TokenError> {
    let id = request.client_id.as_str();
    let outcome = app
        .store
        .tx("authenticate a client", |mut tx| async move {
            let client = app.store.client(&mut tx, id).await?;
            let hash = client
                .filter(|client| client.revoked_at.is_none())
                .and_then(|client| client.secret_hash.parse::<ClientSecretHash>().ok());
            let known = hash.is_some_and(|hash| hash.verify(&request.client_secret));
            let actor = if known { Actor::Xis(id.to_owned()) } else { Actor::Unknown };
            let outcome = if known { "ok" } else { "refused: unknown client or wrong secret" };
            Audit::of(&actor, "token").write(app, &mut tx, outcome).await?;
            Ok::<_, store::Error>(known)
        })
        .await;
    match outcome {
        Ok(true) => Ok(()),
        Ok(false) => Err(TokenError::InvalidClient),
        Err(error) => {
            tracing::error!(%error, "a client could not be looked up");
            Err(TokenError::TemporarilyUnavailable)
        }
    }
}

/// What this authorization server offers (RFC 8414).
pub(crate) async fn metadata(State(app): State<App>) -> Json<Value> {
    let issuer: &IssuerUrl = &app.issuer.issuer;
    let metadata = ServerMetadata::new(issuer, "/oauth2/token", "/oauth2/jwks", &["client_credentials"])
        .with_scopes(&[SCOPE]);
    Json(serde_json::to_value(metadata).unwrap_or_default())
}

/// The keys that verify its tokens (RFC 7517).
pub(crate) async fn jwks(State(app): State<App>) -> Json<Value> {
    Json(app.issuer.jwks())
}
