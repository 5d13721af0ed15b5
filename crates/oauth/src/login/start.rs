use std::fmt;

use jiff::Timestamp;
use openidconnect::{
    AuthenticationContextClass, AuthenticationFlow, CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    Scope, core::CoreResponseType,
};
use serde::{Deserialize, Serialize};
use url::Url;
use world::Chance;

use super::Login;
use crate::{IssuerUnavailable, secret::random_text};

/// A login that has begun: the server keeps it, bound to the browser, until the browser comes back.
///
/// Holds secrets: store it on the server or encrypted, never in a plain cookie.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) pkce_verifier: String,
    pub(super) started_at: Timestamp,
}

impl Pending {
    fn new(chance: &dyn Chance, now: Timestamp) -> Self {
        let random = || random_text(chance);
        Self { state: random(), nonce: random(), pkce_verifier: random(), started_at: now }
    }

    /// The value that comes back with the browser: a key to store this login under.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pending").field("started_at", &self.started_at).finish_non_exhaustive()
    }
}

impl Login {
    /// Where to send the browser, and what to keep until it is back.
    ///
    /// # Errors
    /// When the provider cannot be asked where that is.
    pub async fn start(
        &self,
        chance: &dyn Chance,
        now: Timestamp,
    ) -> Result<(Url, Pending), IssuerUnavailable> {
        let provider = self.provider(now).await?;
        let client = self.client(&provider);
        let pending = Pending::new(chance, now);
        let verifier = PkceCodeVerifier::new(pending.pkce_verifier.clone());
        let (state, nonce) = (CsrfToken::new(pending.state.clone()), Nonce::new(pending.nonce.clone()));
        let request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || state,
                move || nonce,
            )
            .add_scopes(self.config.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        let levels = self.config.acr_values.iter().cloned().map(AuthenticationContextClass::new);
        let (url, ..) = levels.fold(request, |request, level| request.add_auth_context_value(level)).url();
        Ok((url, pending))
    }
}
