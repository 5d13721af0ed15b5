use std::{fmt, sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{
    HeaderValue, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::{Url, form_urlencoded};
use world::{Chance, Http, HttpError, Request, Response};

use super::AccessToken;
use crate::{KeyError, SigningKey, assertion, remote::LIMITS, token_endpoint::TOKEN_EXCHANGE, token_type};

/// What a token is worth whose issuer does not say how long it lives.
const UNSAID_LIFETIME: Duration = Duration::from_secs(60);

/// Asks one token endpoint for tokens, as one client.
#[derive(Clone)]
pub struct TokenClient {
    /// How to reach it.
    pub http: Arc<dyn Http>,
    /// The token endpoint.
    pub endpoint: Url,
    /// Who we are there.
    pub client_id: String,
    /// How we prove it.
    pub credential: Credential,
}

/// What we prove with who we are.
#[derive(Clone)]
pub enum Credential {
    /// A secret, which the endpoint then knows as well (`client_secret_basic`).
    Secret(SecretString),
    /// A key, of which the endpoint knows the public part alone (`private_key_jwt`, RFC 7523).
    Key(Box<SigningKey>, Arc<dyn Chance>),
}

/// Why we have no token.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum TokenUnavailable {
    /// The endpoint said no; asking again the same way is of no use.
    #[error("the token endpoint refuses with {status}: {error}")]
    Refused {
        /// The answer's status.
        status: StatusCode,
        /// The protocol's word, or "no reason".
        error: String,
    },
    /// The endpoint is in trouble; later may be better.
    #[error("the token endpoint answers {0}")]
    Troubled(StatusCode),
    /// The endpoint's answer is not a bearer token.
    #[error("the token endpoint's answer holds no bearer token")]
    Unreadable,
    /// The endpoint did not answer.
    #[error(transparent)]
    Unreachable(#[from] HttpError),
    /// Our own key did not sign.
    #[error(transparent)]
    Unsigned(#[from] KeyError),
}

impl TokenClient {
    /// A token for ourselves (RFC 6749, 4.4).
    ///
    /// # Errors
    /// When the endpoint gives none.
    pub async fn client_credentials(
        &self,
        scope: Option<&str>,
        audience: Option<&str>,
        now: Timestamp,
    ) -> Result<AccessToken, TokenUnavailable> {
        let form = [("grant_type", Some("client_credentials")), ("scope", scope), ("audience", audience)];
        self.ask(&form, now).await
    }

    /// A token for `audience` in exchange for a person's access token (RFC 8693).
    ///
    /// # Errors
    /// When the endpoint gives none.
    pub async fn exchange(
        &self,
        subject_token: &SecretString,
        audience: &str,
        scope: Option<&str>,
        now: Timestamp,
    ) -> Result<AccessToken, TokenUnavailable> {
        let form = [
            ("grant_type", Some(TOKEN_EXCHANGE)),
            ("subject_token", Some(subject_token.expose_secret())),
            ("subject_token_type", Some(token_type::ACCESS_TOKEN)),
            ("requested_token_type", Some(token_type::ACCESS_TOKEN)),
            ("audience", Some(audience)),
            ("scope", scope),
        ];
        self.ask(&form, now).await
    }

    async fn ask(
        &self,
        form: &[(&str, Option<&str>)],
        now: Timestamp,
    ) -> Result<AccessToken, TokenUnavailable> {
        let request = self.request(form, now)?;
        read(&self.http.send(request, LIMITS).await?, now)
    }

    fn request(&self, form: &[(&str, Option<&str>)], now: Timestamp) -> Result<Request, KeyError> {
        let given = form.iter().filter_map(|(name, value)| Some((name, (*value)?)));
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(given);
        let mut authorization = None;
        match &self.credential {
            Credential::Secret(secret) => authorization = Some(self.authorization(secret)),
            Credential::Key(key, chance) => {
                let assertion =
                    assertion::mint(key, &self.client_id, self.endpoint.as_str(), &**chance, now)?;
                body.append_pair("client_assertion_type", assertion::TYPE);
                body.append_pair("client_assertion", &assertion);
            }
        }
        Ok(self.post(body.finish(), authorization))
    }

    fn post(&self, body: String, authorization: Option<HeaderValue>) -> Request {
        let mut request = Request::new(Bytes::from(body));
        *request.method_mut() = http::Method::POST;
        // A URL is a URI; should it ever not be, the request goes nowhere.
        *request.uri_mut() = self.endpoint.as_str().parse().unwrap_or_default();
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(authorization) = authorization {
            headers.insert(AUTHORIZATION, authorization);
        }
        request
    }

    fn authorization(&self, secret: &SecretString) -> HeaderValue {
        let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", encode(&self.client_id), encode(secret.expose_secret()));
        let mut value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(pair)))
            .unwrap_or(HeaderValue::from_static("Basic"));
        value.set_sensitive(true);
        value
    }
}

#[derive(Deserialize)]
struct Given {
    access_token: SecretString,
    token_type: String,
    expires_in: Option<u64>,
    scope: Option<String>,
}

#[derive(Deserialize)]
struct NotGiven {
    error: String,
}

fn read(answer: &Response, now: Timestamp) -> Result<AccessToken, TokenUnavailable> {
    match answer.status() {
        StatusCode::OK => {}
        status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
            return Err(TokenUnavailable::Troubled(status));
        }
        status => {
            let error = serde_json::from_slice(answer.body())
                .map_or_else(|_| "no reason".to_owned(), |NotGiven { error }| printable(&error));
            return Err(TokenUnavailable::Refused { status, error });
        }
    }
    let given: Given = serde_json::from_slice(answer.body()).map_err(|_| TokenUnavailable::Unreadable)?;
    if !given.token_type.eq_ignore_ascii_case("bearer") {
        return Err(TokenUnavailable::Unreadable);
    }
    let lifetime = given.expires_in.map_or(UNSAID_LIFETIME, Duration::from_secs);
    let expires_at = now.saturating_add(lifetime).unwrap_or(Timestamp::MAX);
    Ok(AccessToken { secret: given.access_token, expires_at, scope: given.scope })
}

/// An error code as the protocol allows it, so that a log shows no surprise.
pub(crate) fn printable(code: &str) -> String {
    code.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '_').take(64).collect()
}

impl fmt::Debug for TokenClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenClient")
            .field("endpoint", &self.endpoint.as_str())
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}
