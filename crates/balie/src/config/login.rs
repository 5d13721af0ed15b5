//! The `[login]` table.

use anyhow::bail;
use oauth::IssuerUrl;
use platform::{Assurance, Login};
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

/// Where patients log in, and who the platform is there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoginTable {
    /// The OpenID provider: the `iss` of its tokens, to the letter.
    issuer: IssuerUrl,
    /// The platform's id there.
    client_id: String,
    /// The platform's secret there.
    client_secret: SecretString,
    /// Where tokens for practice systems are asked for.
    token_endpoint: Url,
    /// What is asked of it beside `openid` (default: `profile`).
    #[serde(default = "scopes")]
    scopes: Vec<String>,
    /// Its values of `acr`, the least sure first.
    #[serde(default)]
    acr_values: Vec<String>,
    /// The least of them that is enough. Without it any way to log in there is.
    least_acr: Option<String>,
    /// Claim of the ID token that holds the BSN.
    #[serde(default = "bsn_claim")]
    bsn_claim: String,
    /// Claim of the ID token that holds the patient's name.
    #[serde(default = "name_claim")]
    name_claim: String,
}

impl LoginTable {
    /// What the platform must be told of it.
    pub(super) fn login(&self) -> anyhow::Result<Login> {
        let levels = self.acr_values.clone();
        let assurance = self.least_acr.clone().map(|least| Assurance { levels, least });
        if assurance.is_none() && !self.acr_values.is_empty() {
            bail!(
                "login.acr_values says how sure the provider can be: login.least_acr must say what is enough"
            );
        }
        Ok(Login {
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
            scopes: self.scopes.clone(),
            assurance,
            bsn_claim: self.bsn_claim.clone(),
            name_claim: self.name_claim.clone(),
            token_endpoint: self.token_endpoint.clone(),
        })
    }
}

fn scopes() -> Vec<String> {
    vec!["profile".to_owned()]
}

fn bsn_claim() -> String {
    "bsn".to_owned()
}

fn name_claim() -> String {
    "name".to_owned()
}
