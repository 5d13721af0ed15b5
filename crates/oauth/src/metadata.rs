use serde::Serialize;

use crate::IssuerUrl;

/// What an authorization server publishes about itself (RFC 8414); with a login page also what an OpenID
/// provider must (OpenID Connect Discovery, 3).
#[derive(Debug, Clone, Serialize)]
pub struct ServerMetadata {
    /// The `iss` of its tokens.
    pub issuer: IssuerUrl,
    /// Where tokens are asked for.
    pub token_endpoint: String,
    /// Where its public keys are.
    pub jwks_uri: String,
    /// Which signatures of clients are believed; left out where none is.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub token_endpoint_auth_signing_alg_values_supported: &'static [&'static str],
    /// What a token is given for.
    pub grant_types_supported: Vec<String>,
    /// How a client proves who it is.
    pub token_endpoint_auth_methods_supported: &'static [&'static str],
    /// Required by RFC 8414; empty without a login page.
    pub response_types_supported: &'static [&'static str],
    /// The scopes that a client may ask for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes_supported: Vec<String>,
    /// A page for builders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_documentation: Option<String>,
    #[serde(flatten)]
    login: Option<LoginMetadata>,
}

#[derive(Debug, Clone, Serialize)]
struct LoginMetadata {
    authorization_endpoint: String,
    code_challenge_methods_supported: [&'static str; 1],
    response_modes_supported: [&'static str; 1],
    subject_types_supported: [&'static str; 1],
    id_token_signing_alg_values_supported: [&'static str; 1],
    claims_supported: Vec<String>,
    acr_values_supported: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_session_endpoint: Option<String>,
    authorization_response_iss_parameter_supported: bool,
}

impl ServerMetadata {
    /// A server with a token endpoint and keys at these paths below its issuer.
    #[must_use]
    pub fn new(issuer: &IssuerUrl, token_path: &str, keys_path: &str, grant_types: &[&str]) -> Self {
        Self {
            issuer: issuer.clone(),
            token_endpoint: issuer.below(token_path),
            jwks_uri: issuer.below(keys_path),
            grant_types_supported: owned(grant_types),
            token_endpoint_auth_methods_supported: &["client_secret_basic", "client_secret_post"],
            token_endpoint_auth_signing_alg_values_supported: &[],
            response_types_supported: &[],
            scopes_supported: Vec::new(),
            service_documentation: None,
            login: None,
        }
    }

    /// The same server, to which clients can prove by a signature who they are (RFC 7523).
    #[must_use]
    pub fn with_signing_clients(mut self) -> Self {
        self.token_endpoint_auth_methods_supported =
            &["client_secret_basic", "client_secret_post", "private_key_jwt"];
        self.token_endpoint_auth_signing_alg_values_supported = &["RS256", "PS256", "ES256"];
        self
    }

    /// The same server with these scopes to ask for.
    #[must_use]
    pub fn with_scopes(mut self, scopes: &[&str]) -> Self {
        self.scopes_supported = owned(scopes);
        self
    }

    /// The same server as an OpenID provider: code flow with PKCE, ID tokens signed with ES256.
    #[must_use]
    pub fn with_login(mut self, authorize_path: &str, claims: &[&str], acr_values: &[&str]) -> Self {
        self.response_types_supported = &["code"];
        self.login = Some(LoginMetadata {
            authorization_endpoint: self.issuer.below(authorize_path),
            code_challenge_methods_supported: ["S256"],
            response_modes_supported: ["query"],
            subject_types_supported: ["public"],
            id_token_signing_alg_values_supported: ["ES256"],
            claims_supported: owned(claims),
            acr_values_supported: owned(acr_values),
            end_session_endpoint: None,
            authorization_response_iss_parameter_supported: true,
        });
        self
    }

    /// The same OpenID provider with a page to log out at (OpenID Connect RP-Initiated Logout, 2.1).
    #[must_use]
    pub fn with_logout(mut self, path: &str) -> Self {
        if let Some(login) = &mut self.login {
            login.end_session_endpoint = Some(self.issuer.below(path));
        }
        self
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{json, to_value};

    use super::*;

    #[test]
    fn an_authorization_server_without_a_login_page() {
        let issuer = "http://127.0.0.1:8080".parse().unwrap();
        let metadata = ServerMetadata::new(&issuer, "/oauth2/token", "/oauth2/jwks", &["client_credentials"]);
        assert_eq!(
            to_value(metadata).unwrap(),
            json!({
                "issuer": "http://127.0.0.1:8080",
                "token_endpoint": "http://127.0.0.1:8080/oauth2/token",
                "jwks_uri": "http://127.0.0.1:8080/oauth2/jwks",
                "grant_types_supported": ["client_credentials"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "response_types_supported": [],
            })
        );
    }

    #[test]
    fn an_openid_provider_has_what_discovery_requires() {
        let issuer = "http://127.0.0.1:8080/dev/idp".parse().unwrap();
        let metadata = ServerMetadata::new(&issuer, "/token", "/jwks", &["authorization_code"]).with_login(
            "/authorize",
            &["sub", "name"],
            &["low"],
        );
        let metadata = to_value(metadata).unwrap();
        assert_eq!(metadata["authorization_endpoint"], "http://127.0.0.1:8080/dev/idp/authorize");
        assert_eq!(metadata["code_challenge_methods_supported"], json!(["S256"]));
        for name in ["subject_types_supported", "id_token_signing_alg_values_supported"] {
            assert!(metadata[name].is_array(), "{name}");
        }
    }
}
