use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Response},
};
use jiff::Timestamp;
use oauth::{Claims, ClientProof, Grant, KeyError, TokenError, TokenRequest, TokenResponse, code_challenge};
use secrecy::ExposeSecret as _;

use super::{KnownClient, Provider, TestPerson, codes::Granted};

/// A person's token lasts as long as the longest session at the platform, so that nobody logs in twice: there is no refresh.
const PERSONS_TOKEN: Duration = Duration::from_hours(8);
/// A token for a program's own use.
pub(super) const PROGRAM_TOKEN: Duration = Duration::from_mins(5);

/// Answers a token request.
pub(super) async fn answer(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let now = provider.world.now();
    let outcome = match TokenRequest::read(&headers, &body) {
        Ok(request) => provider.grant(request, now).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(token) => token.response(),
        Err(error) => error.response(),
    }
    .map(Body::from)
}

impl Provider {
    async fn grant(&self, request: TokenRequest, now: Timestamp) -> Result<TokenResponse, TokenError> {
        let client = self
            .client(&request.client_id)
            .filter(|client| client.is_proved_by(&request.proof))
            .ok_or(TokenError::InvalidClient)?;
        match request.grant {
            Grant::AuthorizationCode { code, redirect_uri, code_verifier } => {
                let granted = self.codes.take(code.expose_secret(), now);
                let granted =
                    granted.ok_or(TokenError::InvalidGrant("the code is unknown, used or too old"))?;
                check_code(&granted, client, &redirect_uri, code_verifier.expose_secret())?;
                self.log_in(&granted, now)
            }
            Grant::ClientCredentials { scope, audience } => {
                self.for_program(client, audience.as_deref(), scope, now)
            }
            Grant::TokenExchange {
                subject_token,
                subject_token_type,
                audience,
                scope,
                requested_token_type,
            } => {
                super::exchange::check_types(&subject_token_type, requested_token_type.as_deref())?;
                self.exchange(client, &subject_token, audience.as_deref(), scope, now).await
            }
            _ => Err(TokenError::UnsupportedGrantType),
        }
    }

    /// The tokens of a login: an access token that only this provider accepts, to exchange for others, and an
    /// ID token that says who it is.
    fn log_in(&self, granted: &Granted, now: Timestamp) -> Result<TokenResponse, TokenError> {
        let person = self.people.get(granted.person).ok_or(TokenError::TemporarilyUnavailable)?;
        let access_token = self
            .issuer
            .mint(&Claims {
                scope: Some(granted.scope.clone()),
                client_id: Some(granted.client_id.clone()),
                acr: Some(granted.assurance.to_owned()),
                ..self.claims(person.subject.clone(), self.issuer.issuer.as_str(), now, PERSONS_TOKEN)
            })
            .map_err(|error| unsigned(&error))?;
        let id_token =
            self.id_token(granted, person, &access_token, now).map_err(|error| unsigned(&error))?;
        Ok(TokenResponse::bearer(access_token, PERSONS_TOKEN)
            .with_scope(Some(granted.scope.clone()))
            .with_id_token(id_token))
    }

    fn id_token(
        &self,
        granted: &Granted,
        person: &TestPerson,
        access_token: &str,
        now: Timestamp,
    ) -> Result<String, KeyError> {
        let claims = self
            .claims(person.subject.clone(), &granted.client_id, now, PROGRAM_TOKEN)
            .with("auth_time", granted.at.as_second())
            .with("name", person.name.as_str())
            .with(person.claim.0, person.claim.1.clone());
        let claims = match &granted.nonce {
            Some(nonce) => claims.with("nonce", nonce.as_str()),
            None => claims,
        };
        self.issuer.mint_id_token(&Claims { acr: Some(granted.assurance.to_owned()), ..claims }, access_token)
    }

    fn for_program(
        &self,
        client: &KnownClient,
        audience: Option<&str>,
        scope: Option<String>,
        now: Timestamp,
    ) -> Result<TokenResponse, TokenError> {
        let audience = client.allowed(audience)?;
        let claims = Claims {
            scope: scope.clone(),
            client_id: Some(client.id.clone()),
            ..self.claims(client.id.clone(), audience, now, PROGRAM_TOKEN)
        };
        let token = self.issuer.mint(&claims).map_err(|error| unsigned(&error))?;
        Ok(TokenResponse::bearer(token, PROGRAM_TOKEN).with_scope(scope))
    }

    /// Claims with a new id of their own.
    pub(super) fn claims(
        &self,
        subject: String,
        audience: &str,
        now: Timestamp,
        lifetime: Duration,
    ) -> Claims {
        Claims::new(subject, audience, self.world.chance.uuid().to_string(), now, lifetime)
    }
}

impl KnownClient {
    fn is_proved_by(&self, proof: &ClientProof) -> bool {
        matches!(proof, ClientProof::Secret(secret) if self.secret.verify(secret))
    }

    /// The audience asked for, when this client may have it.
    pub(super) fn allowed<'a>(&self, audience: Option<&'a str>) -> Result<&'a str, TokenError> {
        let audience = audience.ok_or(TokenError::InvalidRequest("audience is missing"))?;
        let is_allowed = self.audiences.iter().any(|allowed| allowed == audience);
        if is_allowed { Ok(audience) } else { Err(TokenError::InvalidTarget) }
    }
}

fn check_code(
    granted: &Granted,
    client: &KnownClient,
    redirect_uri: &str,
    code_verifier: &str,
) -> Result<(), TokenError> {
    if granted.client_id != client.id {
        return Err(TokenError::InvalidGrant("the code was given to another client"));
    }
    if granted.redirect_uri != redirect_uri {
        return Err(TokenError::InvalidGrant("redirect_uri is not that of the login"));
    }
    if code_challenge(code_verifier) != granted.code_challenge {
        return Err(TokenError::InvalidGrant("code_verifier does not fit the login"));
    }
    Ok(())
}

pub(super) fn unsigned(error: &KeyError) -> TokenError {
    tracing::error!(%error, "the demo's identity provider cannot sign");
    TokenError::TemporarilyUnavailable
}
