use std::{fmt, sync::Arc, time::Duration};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AuthorizationCode, OAuth2TokenResponse as _, PkceCodeVerifier, RequestTokenError,
    core::{CoreRequestTokenError, CoreTokenResponse, CoreTokenType},
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
/// What a provider answers that cannot be as sure as it was asked to be (OpenID Connect Core Error Code
/// unmet_authentication_requirements).
const NOT_SURE_ENOUGH: &str = "unmet_authentication_requirements";
/// How long an access token is taken to last whose issuer does not say: a day. Where it is over sooner, it is refused.
const UNSAID_LIFETIME: Duration = Duration::from_hours(24);

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
    /// ES256), `iss`, `aud`, `azp`, `exp`, `nbf`, `iat`, `nonce`, `at_hash` and `acr`. `pending` must have been
    /// removed from the store first: a login is finished once.
    ///
    /// # Errors
    /// When the provider did not say yes, or any check fails.
    pub async fn finish(
        &self,
        callback: &Callback,
        pending: &Pending,
        now: Timestamp,
    ) -> Result<Identity, LoginRefused> {
        check_browser(callback, pending, now)?;
        let provider = self.provider(now).await?;
        self.check_issuer(callback, &provider)?;
        let tokens = self.exchange(&provider, code(callback)?, pending).await?;
        let claims = self.accepted_claims(&tokens, provider, pending, now).await?;
        self.check_assurance(&claims)?;
        let lifetime = tokens.expires_in().unwrap_or(UNSAID_LIFETIME);
        let expires_at = now.saturating_add(lifetime).unwrap_or(Timestamp::MAX);
        Ok(Identity::new(claims, &tokens, expires_at))
    }

    /// Who answers is who was asked (RFC 9207): a provider that says so in each answer must say so in this one.
    fn check_issuer(&self, callback: &Callback, provider: &Provider) -> Result<(), LoginRefused> {
        let says_so = provider.additional_metadata().additional_metadata.names_issuer;
        match callback.iss.as_deref() {
            Some(issuer) if issuer == self.config.issuer.as_str() => Ok(()),
            None if !says_so => Ok(()),
            Some(_) | None => Err(LoginRefused::OtherProvider),
        }
    }

    fn check_assurance(&self, claims: &id_token::Claims) -> Result<(), LoginRefused> {
        let enough = &self.config.acr_values;
        let said = claims.standard.auth_context_ref();
        if enough.is_empty() || said.is_some_and(|acr| enough.iter().any(|level| level == acr.as_str())) {
            Ok(())
        } else {
            Err(LoginRefused::Assurance)
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
        let tokens =
            request.request_async(&Outgoing(self.http.as_ref())).await.map_err(|error| refusal(&error))?;
        // Another type would have to be used in a way that we do not know (RFC 6749, 7.1).
        match tokens.token_type() {
            CoreTokenType::Bearer => Ok(tokens),
            _ => Err(LoginRefused::Unanswered("its token is of a type that is not known here".to_owned())),
        }
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

/// The browser that comes back is the one that left, and not too late.
fn check_browser(callback: &Callback, pending: &Pending, now: Timestamp) -> Result<(), LoginRefused> {
    let state = callback.state.as_deref().unwrap_or_default();
    if verify_slices_are_equal(state.as_bytes(), pending.state.as_bytes()).is_err() {
        return Err(LoginRefused::OtherLogin);
    }
    if now.duration_since(pending.started_at) > PATIENCE {
        return Err(LoginRefused::TooLate);
    }
    Ok(())
}

fn code(callback: &Callback) -> Result<AuthorizationCode, LoginRefused> {
    match (&callback.error, &callback.code) {
        (Some(error), _) if error == NOT_SURE_ENOUGH => Err(LoginRefused::Assurance),
        (Some(error), _) => Err(LoginRefused::Denied(printable(error))),
        (None, Some(code)) => Ok(AuthorizationCode::new(code.clone())),
        (None, None) => Err(LoginRefused::OtherLogin),
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
