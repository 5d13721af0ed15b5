//! Logging a person in at an OpenID provider: the relying party's side of the code flow.

mod finish;
mod id_token;
mod identity;
mod provider;
mod start;

use std::{fmt, sync::Arc};

use http::StatusCode;
use jiff::Timestamp;
use openidconnect::{ClientId, LogoutRequest, PostLogoutRedirectUrl};
use secrecy::SecretString;
use url::Url;
use world::Http;

use crate::{IssuerUnavailable, IssuerUrl, remembered::Remembered};

pub use finish::Callback;
pub use identity::Identity;
pub use start::Pending;

use provider::Provider;

/// Logs people in at one OpenID provider, as one client.
pub struct Login {
    config: LoginConfig,
    http: Arc<dyn Http>,
    provider: Remembered<Provider>,
}

/// Where people log in and who we are there.
#[derive(Debug, Clone)]
pub struct LoginConfig {
    /// The provider.
    pub issuer: IssuerUrl,
    /// Our id there.
    pub client_id: String,
    /// How we prove it (`client_secret_basic`).
    pub client_secret: SecretString,
    /// Where the provider sends people back to.
    pub redirect_uri: Url,
    /// What we ask for; `openid` is always asked.
    pub scopes: Vec<String>,
    /// How sure the provider must be of a person: the values of `acr` that are enough, in the order in which we
    /// ask for them. Empty: any is enough.
    pub acr_values: Vec<String>,
}

/// Why someone is not logged in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoginRefused {
    /// The provider cannot be asked now.
    #[error(transparent)]
    ProviderUnavailable(#[from] IssuerUnavailable),
    /// The provider did not answer when asked for the tokens.
    #[error("the identity provider did not answer: {0}")]
    Unanswered(String),
    /// The provider or the person said no.
    #[error("the identity provider answers {0}")]
    Denied(String),
    /// The browser came back from a login that it did not begin here, or brought half an answer.
    #[error("this answer belongs to another login")]
    OtherLogin,
    /// Another provider answers than the one that was asked (RFC 9207).
    #[error("another identity provider answers")]
    OtherProvider,
    /// The browser took too long.
    #[error("the login took longer than ten minutes")]
    TooLate,
    /// The code was used before, too old or not ours.
    #[error("the identity provider does not accept the code")]
    CodeRefused,
    /// The ID token is not the one that this login must give.
    #[error("the ID token is not accepted: {0}")]
    IdToken(String),
    /// The person is known to the provider with less assurance than we ask for.
    #[error("the identity provider is not sure enough who it is")]
    Assurance,
}

impl LoginRefused {
    /// What to answer the browser with: 400 for its own doing, 403 for less assurance than is asked for, 502 or
    /// 503 for the provider's doing.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::ProviderUnavailable(_) | Self::Unanswered(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::IdToken(_) => StatusCode::BAD_GATEWAY,
            Self::Assurance => StatusCode::FORBIDDEN,
            Self::Denied(_) | Self::OtherLogin | Self::OtherProvider | Self::TooLate | Self::CodeRefused => {
                StatusCode::BAD_REQUEST
            }
        }
    }

    /// What an audit trail says came of the login. It names nobody and repeats nothing that was sent.
    #[must_use]
    pub fn outcome(&self) -> &'static str {
        match self {
            Self::ProviderUnavailable(_) | Self::Unanswered(_) => "failed: provider",
            Self::Denied(_) => "refused: by the provider or the person",
            Self::OtherLogin => "refused: answer to another login",
            Self::OtherProvider => "refused: answer of another provider",
            Self::TooLate => "refused: too late",
            Self::CodeRefused => "refused: code not accepted",
            Self::IdToken(_) => "refused: ID token not accepted",
            Self::Assurance => "refused: low assurance",
        }
    }
}

impl Login {
    /// Asks nothing of the provider yet.
    #[must_use]
    pub fn new(config: LoginConfig, http: Arc<dyn Http>) -> Self {
        Self { config, http, provider: Remembered::new() }
    }

    /// Where a browser goes to end the provider's own session, when the provider has such a place.
    ///
    /// Says which client asks, never who the person is: an `id_token_hint` would put claims in a URL.
    ///
    /// # Errors
    /// When the provider cannot be asked.
    pub async fn end_session(
        &self,
        come_back_to: Option<Url>,
        now: Timestamp,
    ) -> Result<Option<Url>, IssuerUnavailable> {
        let provider = self.provider(now).await?;
        let Some(endpoint) = provider.additional_metadata().end_session_endpoint.clone() else {
            return Ok(None);
        };
        let request = LogoutRequest::from(endpoint).set_client_id(self.client_id());
        Ok(Some(
            match come_back_to {
                Some(url) => request.set_post_logout_redirect_uri(PostLogoutRedirectUrl::from_url(url)),
                None => request,
            }
            .http_get_url(),
        ))
    }

    fn client_id(&self) -> ClientId {
        ClientId::new(self.config.client_id.clone())
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Login").field("config", &self.config).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
