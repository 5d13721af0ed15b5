use jiff::Timestamp;
use oauth::{Actor, Claims, TokenError, TokenResponse, token_type};
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    KnownClient, Provider, TestPerson,
    token::{PROGRAM_TOKEN, unsigned},
};

/// Only access tokens are taken and only access tokens are given; a JWT is the form that ours have.
pub(super) fn check_types(subject_token: &str, requested: Option<&str>) -> Result<(), TokenError> {
    let fits = |name: &str| name == token_type::ACCESS_TOKEN || name == token_type::JWT;
    if !fits(subject_token) {
        return Err(TokenError::InvalidRequest("the subject token must be an access token"));
    }
    if requested.is_some_and(|name| !fits(name)) {
        return Err(TokenError::InvalidRequest("only access tokens are given"));
    }
    Ok(())
}

impl Provider {
    /// A token for one audience that says who the patient is and which program acts for them (RFC 8693).
    pub(super) async fn exchange(
        &self,
        client: &KnownClient,
        subject_token: &SecretString,
        audience: Option<&str>,
        scope: Option<String>,
        now: Timestamp,
    ) -> Result<TokenResponse, TokenError> {
        let audience = client.allowed(audience)?;
        let (person, acr) = self.person_of(client, subject_token, now).await?;
        let claims = Claims {
            scope: scope.clone(),
            client_id: Some(client.id.clone()),
            act: Some(Actor { sub: client.id.clone(), act: None }),
            acr,
            ..self.claims(person.subject.clone(), audience, now, PROGRAM_TOKEN)
        }
        .with(person.claim.0, person.claim.1.clone());
        let token = self.issuer.mint(&claims).map_err(|error| unsigned(&error))?;
        Ok(TokenResponse::bearer(token, PROGRAM_TOKEN).with_scope(scope).exchanged())
    }

    /// Whose token it is, and how sure that is: one of ours, from a login at this same client.
    async fn person_of(
        &self,
        client: &KnownClient,
        subject_token: &SecretString,
        now: Timestamp,
    ) -> Result<(&TestPerson, Option<String>), TokenError> {
        let refused = TokenError::InvalidRequest("the subject token is not accepted");
        let claims = self.own_tokens.verify(subject_token.expose_secret(), now).await.map_err(|_| refused)?;
        if claims.client_id.as_deref() != Some(client.id.as_str()) {
            return Err(refused);
        }
        let person = self.people.iter().find(|person| person.subject == claims.sub).ok_or(refused)?;
        Ok((person, claims.acr))
    }
}
