use oauth::{AccessToken, TokenClient, TokenUnavailable};
use secrecy::SecretString;
use std::sync::Arc;
use url::Url;

use super::{OnBehalfOf, Trouble, XisClient};

impl XisClient<'_> {
    /// The token for this call: exchanged for the patient's, or the platform's own (D4).
    pub(super) async fn token(&self) -> Result<SecretString, Trouble> {
        let now = self.app.world.now();
        let token = self.app.tokens.get(&self.token_key(), now, self.ask(now)).await?;
        Ok(token.secret)
    }

    /// The token was refused: the next call asks for a new one.
    pub(super) fn forget_token(&self) {
        self.app.tokens.forget(&self.token_key());
    }

    async fn ask(&self, now: jiff::Timestamp) -> Result<AccessToken, TokenUnavailable> {
        let settings = &self.practice.settings;
        let login = &self.app.config.login;
        let own = settings.xis_token_endpoint.as_deref().and_then(|text| Url::parse(text).ok());
        let client = TokenClient {
            http: Arc::clone(&self.app.world.http),
            endpoint: own.unwrap_or_else(|| login.token_endpoint.clone()),
            client_id: login.client_id.clone(),
            client_secret: login.client_secret.clone(),
        };
        let scope = settings.xis_scope.as_deref();
        let audience =
            settings.xis_audience.as_deref().unwrap_or_else(|| self.base.as_str().trim_end_matches('/'));
        match self.behalf {
            OnBehalfOf::Patient(_, tokens) => {
                client.exchange(&tokens.access_token.clone().into(), audience, scope, now).await
            }
            OnBehalfOf::Platform => client.client_credentials(scope, Some(audience), now).await,
        }
    }

    fn token_key(&self) -> String {
        match self.behalf {
            OnBehalfOf::Patient(account, tokens) => {
                format!("{}:{account}:{}", self.agb(), tokens.access_expires_at)
            }
            OnBehalfOf::Platform => format!("{}:platform", self.agb()),
        }
    }
}
