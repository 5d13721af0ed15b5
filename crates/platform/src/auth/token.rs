//! `/oauth2/token` and what is published about it: XIS clients ask for tokens (RFC 6749, 4.4).

use std::time::Duration;

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{Extensions, HeaderMap, Response, Uri},
};
use bytes::Bytes;
use oauth::{Claims, Grant, IssuerUrl, ServerMetadata, TokenError, TokenRequest, TokenResponse};
use serde_json::Value;

use super::client::authenticate;
use crate::{app::App, fhir_api::docs};

/// How long a XIS's token is valid.
const LIFETIME: Duration = Duration::from_secs(10 * 60);
/// What a XIS's token allows: everything that the contract lets a XIS do.
const SCOPE: &str = "system/*.*";

/// The token endpoint.
#[utoipa::path(
    post,
    path = "/oauth2/token",
    operation_id = "token",
    summary = "Ask a token",
    description = "Client credentials (RFC 6749, 4.4). The client proves who it is by `client_secret_basic`, by \
                   `client_secret_post`, or by `private_key_jwt` (RFC 7523).",
    request_body(content = docs::TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(docs::TokenAnswer),
    security((), ("client" = []))
)]
pub(crate) async fn token(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    extensions: Extensions,
    body: Bytes,
) -> Response<Body> {
    // An address ends up in logs, and a secret in it with it (RFC 6749, 2.3.1).
    let answer = match uri.query() {
        Some(_) => Err(TokenError::InvalidRequest("parameters belong in the body, never in the address")),
        None => grant(&app, &headers, &extensions, &body).await,
    };
    let response = match answer {
        Ok(response) => response.response(),
        Err(error) => error.response(),
    };
    response.map(Body::from)
}

async fn grant(
    app: &App,
    headers: &HeaderMap,
    extensions: &Extensions,
    body: &[u8],
) -> Result<TokenResponse, TokenError> {
    let request = TokenRequest::read(headers, body)?;
    authenticate(app, &request, extensions).await?;
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

/// What this authorization server offers (RFC 8414).
#[utoipa::path(
    get,
    path = "/.well-known/oauth-authorization-server",
    operation_id = "authorizationServer",
    summary = "Ask what the authorization server offers (RFC 8414)",
    responses(docs::AuthorizationServer)
)]
pub(crate) async fn metadata(State(app): State<App>) -> Json<Value> {
    let issuer: &IssuerUrl = &app.issuer.issuer;
    let metadata = ServerMetadata::new(issuer, "/oauth2/token", "/oauth2/jwks", &["client_credentials"])
        .with_signing_clients()
        .with_scopes(&[SCOPE]);
    Json(serde_json::to_value(metadata).unwrap_or_default())
}

/// The keys that verify its tokens (RFC 7517).
#[utoipa::path(
    get,
    path = "/oauth2/jwks",
    operation_id = "keys",
    summary = "Ask for the keys that verify tokens (RFC 7517)",
    responses(docs::Keys)
)]
pub(crate) async fn jwks(State(app): State<App>) -> Json<Value> {
    Json(app.issuer.jwks())
}
