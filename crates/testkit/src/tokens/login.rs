use std::{collections::HashMap, time::Duration};

use axum::{Json, extract::State};
use oauth::{Claims, Grant, ServerMetadata, TokenError, TokenResponse, code_challenge};
use platform::Login;
use secrecy::ExposeSecret as _;
use serde_json::Value;
use url::Url;
use world::{Chance as _, SystemChance};

use super::Tokens;
use crate::Patient;

/// A login that its person has said yes to.
pub(super) struct SaidYes {
    bsn: String,
    name: String,
    nonce: String,
    code_challenge: String,
}

impl Tokens {
    /// The same tokens, for a platform whose patients log in with another provider.
    #[must_use]
    pub fn with_login_elsewhere(&self, login: Login) -> Self {
        Self { elsewhere: Some(login), ..self.clone() }
    }

    /// What the platform must be told to log patients in.
    pub(crate) fn login_config(&self) -> Login {
        self.elsewhere.clone().unwrap_or_else(|| Login {
            issuer: self.issuer().as_str().parse().unwrap(),
            client_id: "balie".to_owned(),
            client_secret: "secret".into(),
            scopes: vec!["profile".to_owned()],
            assurance: None,
            bsn_claim: "bsn".to_owned(),
            name_claim: "name".to_owned(),
            token_endpoint: self.issuer().below("/token").parse().unwrap(),
        })
    }

    /// Does what the login page at `address` does when this person says yes, and gives the address that the
    /// browser is sent back to.
    #[must_use]
    pub fn say_yes(&self, address: &str, patient: Patient) -> String {
        let address: Url = address.parse().unwrap();
        let asked: HashMap<_, _> = address.query_pairs().into_owned().collect();
        assert_eq!(
            (asked["response_type"].as_str(), asked["code_challenge_method"].as_str()),
            ("code", "S256")
        );
        let code = SystemChance.uuid().to_string();
        let login = SaidYes {
            bsn: patient.bsn.to_owned(),
            name: patient.name.to_owned(),
            nonce: asked["nonce"].clone(),
            code_challenge: asked["code_challenge"].clone(),
        };
        self.logins.lock().unwrap().insert(code.clone(), login);
        let mut back: Url = asked["redirect_uri"].parse().unwrap();
        back.query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("state", &asked["state"])
            .append_pair("iss", self.issuer().as_str());
        back.to_string()
    }

    /// The tokens of a login; a code is good for once.
    pub(super) fn log_in(&self, grant: &Grant) -> Result<TokenResponse, TokenError> {
        let Grant::AuthorizationCode { code, code_verifier, .. } = grant else {
            return Err(TokenError::UnsupportedGrantType);
        };
        let login = self.logins.lock().unwrap().remove(code.expose_secret());
        let login = login.ok_or(TokenError::InvalidGrant("the code is unknown or used"))?;
        assert_eq!(code_challenge(code_verifier.expose_secret()), login.code_challenge);
        let lifetime = Duration::from_secs(8 * 3600);
        let claims = Claims::new("subject", "balie", "jti", self.clock.now(), lifetime)
            .with("nonce", login.nonce)
            .with("bsn", login.bsn.as_str())
            .with("name", login.name);
        let id_token = self.issuer.mint_id_token(&claims, &login.bsn).unwrap();
        Ok(TokenResponse::bearer(login.bsn, lifetime).with_id_token(id_token))
    }
}

pub(super) async fn metadata(State(tokens): State<Tokens>) -> Json<ServerMetadata> {
    let metadata = ServerMetadata::new(tokens.issuer(), "/token", "/jwks", &["authorization_code"]);
    Json(metadata.with_login("/authorize", &["sub", "name", "bsn"], &[]))
}

pub(super) async fn jwks(State(tokens): State<Tokens>) -> Json<Value> {
    Json(tokens.issuer.jwks())
}
