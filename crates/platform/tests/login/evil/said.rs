use std::collections::HashMap;

use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Evil, Key, TokenAnswer, hmac};

/// Everything that the provider says in one login. It begins as the truth, and a test makes one thing of it a lie.
pub(crate) struct Said {
    /// The query that the browser is sent back with.
    pub(crate) callback: Vec<(&'static str, String)>,
    pub(crate) header: Value,
    pub(crate) claims: Value,
    pub(crate) sign: Sign,
    /// Claims that are put in place of those that were signed.
    pub(crate) tampered: Option<Value>,
    /// The token endpoint's answer, without the ID token.
    pub(crate) answer: Value,
    pub(crate) has_id_token: bool,
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    /// What stands there instead of the answer.
    pub(crate) body: Option<String>,
}

/// How the ID token is signed.
pub(crate) enum Sign {
    With(Key),
    /// With HMAC, under whatever serves as its key.
    Hmac(Vec<u8>),
    Not,
}

impl Said {
    /// The truth, for the login that was asked for.
    pub(crate) fn truth(evil: &Evil, asked: &HashMap<String, String>, bsn: &str, now: Timestamp) -> Self {
        let (key, second) = (evil.answers().key.clone(), now.as_second());
        let callback = vec![
            ("code", "the-code".to_owned()),
            ("state", asked["state"].clone()),
            ("iss", evil.issuer.clone()),
        ];
        Self {
            callback,
            header: json!({ "alg": "ES256", "typ": "JWT", "kid": key.id }),
            claims: json!({
                "iss": evil.issuer, "aud": "balie", "sub": "a-person", "nonce": asked["nonce"], "iat": second,
                "exp": second + 300, "acr": "substantial", "name": "Jan Jansen", "bsn": bsn,
            }),
            sign: Sign::With(key),
            tampered: None,
            answer: json!({ "access_token": bsn, "token_type": "Bearer", "expires_in": 3600 }),
            has_id_token: true,
            status: StatusCode::OK,
            location: None,
            body: None,
        }
    }

    /// Puts another value in the query that the browser is sent back with; none takes it away.
    pub(crate) fn send_back(&mut self, name: &'static str, value: Option<&str>) {
        self.callback.retain(|(known, _)| *known != name);
        self.callback.extend(value.map(|value| (name, value.to_owned())));
    }

    fn id_token(&self) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(&self.header), part(&self.claims));
        let signature = match &self.sign {
            Sign::With(key) => key.sign(message.as_bytes()),
            Sign::Hmac(key) => hmac(key, message.as_bytes()),
            Sign::Not => Vec::new(),
        };
        let shown = self.tampered.as_ref().unwrap_or(&self.claims);
        format!("{}.{}.{}", part(&self.header), part(shown), URL_SAFE_NO_PAD.encode(signature))
    }

    pub(super) fn token_answer(&self) -> TokenAnswer {
        let mut answer = self.answer.clone();
        if self.has_id_token {
            answer["id_token"] = json!(self.id_token());
        }
        let body = self.body.clone().unwrap_or_else(|| answer.to_string());
        TokenAnswer { status: self.status, location: self.location.clone(), body }
    }
}
