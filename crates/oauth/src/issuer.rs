use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, Header};
use serde_json::Value;

use crate::{Claims, IssuerUrl, KeyError, PublicKeys, SigningKey};

/// Issues tokens under one name with one key.
#[derive(Debug, Clone)]
pub struct Issuer {
    /// The `iss` of its tokens.
    pub issuer: IssuerUrl,
    /// What it signs with.
    pub key: SigningKey,
}

impl Issuer {
    /// An access token (RFC 9068: type `at+jwt`) with these claims; `iss` is set to this issuer.
    ///
    /// # Errors
    /// [`KeyError::NotSigned`] when the cryptographic library refuses.
    pub fn mint(&self, claims: &Claims) -> Result<String, KeyError> {
        self.sign("at+jwt", claims)
    }

    /// An ID token (type `JWT`) with these claims, tied to the access token that goes along (`at_hash`);
    /// `iss` is set to this issuer.
    ///
    /// # Errors
    /// [`KeyError::NotSigned`] when the cryptographic library refuses.
    pub fn mint_id_token(&self, claims: &Claims, access_token: &str) -> Result<String, KeyError> {
        self.sign("JWT", &claims.clone().with("at_hash", access_token_hash(access_token)))
    }

    /// The public keys that verify its tokens.
    #[must_use]
    pub fn public_keys(&self) -> PublicKeys {
        PublicKeys::of(&self.key)
    }

    /// The public keys as the document that `jwks_uri` serves.
    #[must_use]
    pub fn jwks(&self) -> Value {
        self.public_keys().to_json()
    }

    fn sign(&self, token_type: &str, claims: &Claims) -> Result<String, KeyError> {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some(token_type.to_owned());
        header.kid = Some(self.key.id().to_owned());
        let claims = Claims { iss: self.issuer.as_str().to_owned(), ..claims.clone() };
        jsonwebtoken::encode(&header, &claims, self.key.encoding())
            .map_err(|error| KeyError::NotSigned(error.to_string()))
    }
}

/// The left half of the token's hash (OpenID Connect Core, 3.1.3.6).
fn access_token_hash(access_token: &str) -> String {
    let hash = digest::digest(&digest::SHA256, access_token.as_bytes());
    URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16])
}
