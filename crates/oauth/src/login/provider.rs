use std::{future::Future, pin::Pin, sync::Arc};

use bytes::Bytes;
use jiff::Timestamp;
use openidconnect::{
    AdditionalProviderMetadata, AsyncHttpClient, ClientSecret, DiscoveryError, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, LogoutProviderMetadata, ProviderMetadata,
    RedirectUrl,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod, CoreGrantType,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode,
        CoreResponseType, CoreSubjectIdentifierType,
    },
};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use world::{Http, HttpError};

use super::Login;
use crate::{IssuerUnavailable, IssuerUrl, remote::LIMITS};

/// What the provider publishes: its endpoints and its keys.
pub(super) type Provider = ProviderMetadata<
    LogoutProviderMetadata<Answering>,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// How the provider answers, as far as the library does not read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Answering {
    /// Whether each answer says whose it is (RFC 9207, 3).
    #[serde(default, rename = "authorization_response_iss_parameter_supported")]
    pub(super) names_issuer: bool,
}

impl AdditionalProviderMetadata for Answering {}

/// A client that knows where to send people; the token endpoint is optional in the metadata.
pub(super) type ProviderClient = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

impl Login {
    pub(super) async fn provider(&self, now: Timestamp) -> Result<Arc<Provider>, IssuerUnavailable> {
        self.provider.current(now, discover(&self.config.issuer, self.http.as_ref())).await
    }

    /// The provider as it is now, for one who found `seen` without the key of an ID token.
    pub(super) async fn newer_provider(
        &self,
        seen: &Arc<Provider>,
        now: Timestamp,
    ) -> Result<Option<Arc<Provider>>, IssuerUnavailable> {
        self.provider.newer_than(seen, now, discover(&self.config.issuer, self.http.as_ref())).await
    }

    pub(super) fn client(&self, provider: &Provider) -> ProviderClient {
        let secret = ClientSecret::new(self.config.client_secret.expose_secret().to_owned());
        CoreClient::from_provider_metadata(provider.clone(), self.client_id(), Some(secret))
            .set_redirect_uri(RedirectUrl::from_url(self.config.redirect_uri.clone()))
    }
}

async fn discover(issuer: &IssuerUrl, http: &dyn Http) -> Result<Provider, IssuerUnavailable> {
    let unavailable = |reason: String| IssuerUnavailable { issuer: issuer.clone(), reason };
    let url = openidconnect::IssuerUrl::new(issuer.as_str().to_owned())
        .map_err(|error| unavailable(error.to_string()))?;
    let provider =
        Provider::discover_async(url, &Outgoing(http)).await.map_err(|error| unavailable(reason(error)))?;
    if is_safe(issuer, &provider) {
        Ok(provider)
    } else {
        Err(unavailable("its endpoints are not served over https".to_owned()))
    }
}

/// The address to log out at becomes a link on a page: with another scheme it could be a script.
fn is_safe(issuer: &IssuerUrl, provider: &Provider) -> bool {
    let end_session = &provider.additional_metadata().end_session_endpoint;
    issuer.vouches_for(provider.authorization_endpoint().url())
        && issuer.vouches_for(provider.jwks_uri().url())
        && provider.token_endpoint().is_none_or(|endpoint| issuer.vouches_for(endpoint.url()))
        && end_session.as_ref().is_none_or(|endpoint| issuer.vouches_for(endpoint.url()))
}

fn reason(error: DiscoveryError<HttpError>) -> String {
    match error {
        DiscoveryError::Request(error) => error.to_string(),
        DiscoveryError::Response(status, ..) => format!("its metadata is answered with {status}"),
        DiscoveryError::Parse(error) => format!("its metadata is not one: {error}"),
        other => other.to_string(),
    }
}

/// Our outgoing HTTP in the shape that the OpenID library asks for.
pub(super) struct Outgoing<'a>(pub(super) &'a dyn Http);

impl<'c> AsyncHttpClient<'c> for Outgoing<'_> {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let answer = self.0.send(request.map(Bytes::from), LIMITS).await?;
            Ok(answer.map(|body| body.to_vec()))
        })
    }
}
