//! The platform of a practice: how it is called.

mod call;

use std::sync::Arc;

use http::StatusCode;
use oauth::{Credential, TokenClient, TokenUnavailable};
use world::{HttpError, Limits, Response};

pub(crate) use call::Call;

use crate::{config::Platform, practice::Practice, service::Service};

/// Why the platform gave no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoAnswer {
    /// There is no token to call it with.
    #[error("no token for the platform: {0}")]
    Token(#[from] TokenUnavailable),
    /// It was not reached, or said nothing whole in time.
    #[error(transparent)]
    Http(#[from] HttpError),
}

/// Sends the call of this practice, once more with a new token when the first was refused.
///
/// # Errors
/// When there is no answer.
pub(crate) async fn send(
    service: &Service,
    practice: &Practice,
    call: &Call,
    request_id: &str,
) -> Result<Response, NoAnswer> {
    let answer = send_once(service, practice, call, request_id).await?;
    if answer.status() != StatusCode::UNAUTHORIZED {
        return Ok(answer);
    }
    service.tokens.forget(practice.id());
    send_once(service, practice, call, request_id).await
}

/// Asks what everybody may know.
///
/// # Errors
/// When there is no answer.
pub(crate) async fn send_without_token(
    service: &Service,
    practice: &Practice,
    call: &Call,
) -> Result<Response, NoAnswer> {
    let request = call.request(&practice.settings, None, &service.new_id());
    Ok(service.world.http.send(request, Limits::default()).await?)
}

async fn send_once(
    service: &Service,
    practice: &Practice,
    call: &Call,
    request_id: &str,
) -> Result<Response, NoAnswer> {
    let now = service.world.now();
    let platform = &practice.settings.platform;
    let client = token_client(service, platform);
    let ask = client.client_credentials(platform.scope.as_deref(), platform.audience.as_deref(), now);
    let token = service.tokens.get(practice.id(), now, ask).await?;
    let request = call.request(&practice.settings, Some(&token.secret), request_id);
    Ok(service.world.http.send(request, Limits::default()).await?)
}

fn token_client(service: &Service, platform: &Platform) -> TokenClient {
    TokenClient {
        http: Arc::clone(&service.world.http),
        endpoint: platform.token_endpoint.clone(),
        client_id: platform.client_id.clone(),
        credential: Credential::Secret(platform.client_secret.clone()),
    }
}
