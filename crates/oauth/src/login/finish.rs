use std::{fmt, sync::Arc, time::Duration};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AuthorizationCode, OAuth2TokenResponse as _, PkceCodeVerifier, RequestTokenError,
    core::{CoreRequestTokenError, CoreTokenResponse},
};
use serde::Deserialize;
use world::HttpError;

use super::{
    Identity, Login, LoginRefused, Pending,
    id_token::{self, Unaccepted},
    provider::{Outgoing, Provider},
};
use crate::obtain::printable;

/// A login must be finished this soon.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// What an access token is worth whose issuer does not say how long it lives.
const UNSAID_LIFETIME: Duration = Duration::from_secs(60);

/// What the browser brings back from the provider, as it stands in the query.
#[derive(Clone, Default, Deserialize)]
pub struct Callback {
    /// The code to exchange for tokens.
    pub code: Option<String>,
    /// Which login this is.
    pub state: Option<String>,
    /// Which provider answers (RFC 9207).
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

impl Login {
    /// Exchanges the code for the person's identity.
    ///
    /// Checked: `state`, the answering issuer, age, PKCE; of the ID token the signature (RS256, PS256 or
    /// ES256), `iss`, `aud`, `azp`, `exp`, `nbf`, `iat`, `nonce` and `at_hash`. How sure the provider is of
    /// the person (`acr`) is the caller's to judge. `pending` must have been removed from the store first: a
    /// login is finished once.
    ///
    /// # Errors
    /// When the provider did not say yes, or any check fails.
    pub async fn finish(
        &self,
        callback: &Callback,
        pending: &Pending,
        now: Timestamp,
    ) -> Result<Identity, LoginRefused> {
        let code = self.check_callback(callback, pending, now)?;
        let provider = self.provider(now).await?;
        let tokens = self.exchange(&provider, code, pending).await?;
        let claims = self.accepted_claims(&tokens, provider, pending, now).await?;
        let lifetime = tokens.expires_in().unwrap_or(UNSAID_LIFETIME);
        let expires_at = now.saturating_add(lifetime).unwrap_or(Timestamp::MAX);
        Ok(Identity::new(claims, &tokens, expires_at))
    }

    fn check_callback(
        &self,
        callback: &Callback,
        pending: &Pending,
        now: Timestamp,
    ) -> Result<AuthorizationCode, LoginRefused> {
        let state = callback.state.as_deref().unwrap_or_default();
        if verify_slices_are_equal(state.as_bytes(), pending.state.as_bytes()).is_err() {
            return Err(LoginRefused::OtherLogin);
        }
        if now.duration_since(pending.started_at) > PATIENCE {
            return Err(LoginRefused::TooLate);
        }
        if callback.iss.as_deref().is_some_and(|issuer| issuer != self.config.issuer.as_str()) {
            return Err(LoginRefused::OtherLogin);
        }
        match (&callback.error, &callback.code) {
            (Some(error), _) => Err(LoginRefused::Denied(printable(error))),
            (None, Some(code)) => Ok(AuthorizationCode::new(code.clone())),
            (None, None) => Err(LoginRefused::OtherLogin),
        }
    }

    async fn exchange(
        &self,
        provider: &Provider,
        code: AuthorizationCode,
        pending: &Pending,
    ) -> Result<CoreTokenResponse, LoginRefused> {
        let client = self.client(provider);
        let request = client
            .exchange_code(code)
            .map_err(|_| LoginRefused::Unanswered("it has no token endpoint".to_owned()))?
            .set_pkce_verifier(PkceCodeVerifier::new(pending.pkce_verifier.clone()));
        request.request_async(&Outgoing(self.http.as_ref())).await.map_err(|error| refusal(&error))
    }

    /// The claims of the ID token; a key that we do not know yet makes us read the provider's keys again.
    async fn accepted_claims(
        &self,
        tokens: &CoreTokenResponse,
        provider: Arc<Provider>,
        pending: &Pending,
        now: Timestamp,
    ) -> Result<id_token::Claims, LoginRefused> {
        let accept = |provider: &Provider| id_token::accept(&self.client(provider), tokens, pending, now);
        let outcome = match accept(&provider) {
            Err(Unaccepted::UnknownKey) => match self.newer_provider(&provider, now).await? {
                Some(newer) => accept(&newer),
                None => Err(Unaccepted::UnknownKey),
            },
            outcome => outcome,
        };
        outcome.map_err(|unaccepted| LoginRefused::IdToken(unaccepted.to_string()))
    }
}

fn refusal(error: &CoreRequestTokenError<HttpError>) -> LoginRefused {
    match error {
        RequestTokenError::ServerResponse(_) => LoginRefused::CodeRefused,
        RequestTokenError::Request(error) => LoginRefused::Unanswered(error.to_string()),
        // The library's own words could hold parts of the answer, and so claims.
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            LoginRefused::Unanswered("its answer holds no tokens".to_owned())
        }
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Callback")
            .field("iss", &self.iss)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}
