use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use openidconnect::{
    AccessTokenHash, ClaimsVerificationError, Nonce, OAuth2TokenResponse as _, SignatureVerificationError,
    TokenResponse as _,
    core::{CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm, CoreTokenResponse},
};
use serde_json::{Map, Value};

use super::{Pending, provider::ProviderClient};
use crate::verifier::LEEWAY;

/// The claims of an accepted ID token, with its text.
pub(super) struct Claims {
    pub(super) all: Map<String, Value>,
    pub(super) standard: CoreIdTokenClaims,
    pub(super) text: String,
}

/// Why an ID token is not the one that the login must give. Never holds a claim about the person.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unaccepted {
    #[error("there is none")]
    Absent,
    #[error("its key is not the provider's")]
    UnknownKey,
    #[error("its signature is not believed")]
    Signature,
    #[error("it has another issuer")]
    Issuer,
    #[error("it is meant for another client")]
    Audience,
    #[error("it was given to another client")]
    AuthorizedParty,
    #[error("it belongs to another login")]
    Nonce,
    #[error("it has expired, or is not valid yet")]
    Time,
    #[error("it belongs to another access token")]
    AccessToken,
    #[error("it cannot be read")]
    Unreadable,
}

/// The claims of the ID token among `tokens`, when it is right in every respect.
pub(super) fn accept(
    client: &ProviderClient,
    tokens: &CoreTokenResponse,
    pending: &Pending,
    now: Timestamp,
) -> Result<Claims, Unaccepted> {
    let token = tokens.id_token().ok_or(Unaccepted::Absent)?;
    let verifier = verifier(client, now)?;
    let nonce = Nonce::new(pending.nonce.clone());
    let standard = token.claims(&verifier, &nonce).map_err(|error| from_library(&error))?.clone();
    check_authorized_party(&standard, client.client_id())?;
    check_access_token(tokens, token, &standard, &verifier)?;
    let text = token.to_string();
    let all = payload(&text).ok_or(Unaccepted::Unreadable)?;
    check_not_before(&all, now)?;
    Ok(Claims { all, standard, text })
}

fn verifier(client: &ProviderClient, now: Timestamp) -> Result<CoreIdTokenVerifier<'_>, Unaccepted> {
    let earliest = chrono(now.saturating_sub(LEEWAY).unwrap_or(now))?;
    let latest = chrono(now.saturating_add(LEEWAY).unwrap_or(now))?;
    Ok(client
        .id_token_verifier()
        .set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::RsaSsaPssSha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        ])
        .set_time_fn(move || earliest)
        .set_issue_time_verifier_fn(move |issued| {
            if issued <= latest { Ok(()) } else { Err("issued in the future".to_owned()) }
        }))
}

fn chrono(time: Timestamp) -> Result<chrono::DateTime<chrono::Utc>, Unaccepted> {
    chrono::DateTime::from_timestamp(time.as_second(), 0).ok_or(Unaccepted::Time)
}

/// OpenID Connect Core, 3.1.3.7, step 5, which the library leaves to us; it refuses further audiences itself.
fn check_authorized_party(
    claims: &CoreIdTokenClaims,
    client_id: &openidconnect::ClientId,
) -> Result<(), Unaccepted> {
    if claims.authorized_party().is_none_or(|party| party == client_id) {
        Ok(())
    } else {
        Err(Unaccepted::AuthorizedParty)
    }
}

/// The access token that came along is the one that the ID token was issued with (3.1.3.8).
fn check_access_token(
    tokens: &CoreTokenResponse,
    token: &CoreIdToken,
    claims: &CoreIdTokenClaims,
    verifier: &CoreIdTokenVerifier<'_>,
) -> Result<(), Unaccepted> {
    let Some(expected) = claims.access_token_hash() else { return Ok(()) };
    let algorithm = token.signing_alg().map_err(|_| Unaccepted::Signature)?;
    let key = token.signing_key(verifier).map_err(|_| Unaccepted::UnknownKey)?;
    let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
        .map_err(|_| Unaccepted::AccessToken)?;
    if actual == *expected { Ok(()) } else { Err(Unaccepted::AccessToken) }
}

fn check_not_before(claims: &Map<String, Value>, now: Timestamp) -> Result<(), Unaccepted> {
    let latest = now.saturating_add(LEEWAY).unwrap_or(now).as_second();
    match claims.get("nbf").map(|value| value.as_f64()) {
        Some(Some(from)) if from <= latest as f64 => Ok(()),
        None => Ok(()),
        Some(_) => Err(Unaccepted::Time),
    }
}

/// All claims, those unknown to the library too. Only for a token that has been verified.
fn payload(token: &str) -> Option<Map<String, Value>> {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn from_library(error: &ClaimsVerificationError) -> Unaccepted {
    match error {
        ClaimsVerificationError::Expired(_) => Unaccepted::Time,
        ClaimsVerificationError::InvalidAudience(_) => Unaccepted::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => Unaccepted::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => Unaccepted::Nonce,
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
            Unaccepted::UnknownKey
        }
        ClaimsVerificationError::SignatureVerification(_) => Unaccepted::Signature,
        _ => Unaccepted::Unreadable,
    }
}
