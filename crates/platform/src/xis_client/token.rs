use oauth::{AccessToken, Credential, TokenClient, TokenUnavailable};
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
        let Sought { endpoint, client_id, audience, scope } = self.sought();
        let http = Arc::clone(&self.app.world.http);
        let credential = self.credential(&endpoint);
        let client = TokenClient { http, credential, endpoint, client_id: client_id.to_owned() };
        match self.behalf {
            OnBehalfOf::Patient(_, tokens) => {
                client.exchange(&tokens.access_token.clone().into(), audience, scope, now).await
            }
            OnBehalfOf::Platform => client.client_credentials(scope, Some(audience), now).await,
        }
    }

    /// As the practice is set now.
    fn sought(&self) -> Sought<'_> {
        let settings = &self.practice.settings;
        let login = &self.app.config.login;
        let own = settings.xis_token_endpoint.as_deref().and_then(|text| Url::parse(text).ok());
        Sought {
            endpoint: own.unwrap_or_else(|| login.token_endpoint.clone()),
            client_id: settings.xis_client_id.as_deref().unwrap_or(&login.client_id),
            audience: settings
                .xis_audience
                .as_deref()
                .unwrap_or_else(|| self.base.as_str().trim_end_matches('/')),
            scope: settings.xis_scope.as_deref(),
        }
    }

    /// The login provider's secret is for the login provider: whoever else has the token endpoint sees a signature.
    fn credential(&self, endpoint: &Url) -> Credential {
        let login = &self.app.config.login;
        let is_the_providers = endpoint.origin() == login.token_endpoint.origin();
        if is_the_providers && !self.practice.settings.xis_signed_requests {
            Credential::Secret(login.client_secret.clone())
        } else {
            Credential::Key(Box::new(self.app.issuer.key.clone()), Arc::clone(&self.app.world.chance))
        }
    }

    /// A token serves its own system alone: once the practice is set otherwise, another is asked for.
    fn token_key(&self) -> String {
        let Sought { endpoint, client_id, audience, scope } = self.sought();
        let whose = match self.behalf {
            OnBehalfOf::Patient(account, tokens) => Some((account.to_string(), tokens.access_expires_at)),
            OnBehalfOf::Platform => None,
        };
        let (agb, base) = (self.agb().as_str(), self.base.as_str());
        // Each text in quotes, so that no two of them run together.
        format!("{:?}", (agb, whose, base, endpoint.as_str(), client_id, audience, scope))
    }
}

/// What a token is asked for: where, as whom, for whom and to do what (D4).
struct Sought<'a> {
    endpoint: Url,
    client_id: &'a str,
    audience: &'a str,
    scope: Option<&'a str>,
}
