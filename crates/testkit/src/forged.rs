//! Tokens that no honest library makes.

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
        RsaPublicKeyComponents,
    },
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use oauth::SigningKey;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

/// Who signs a token, whatever its header says.
#[derive(Clone, Copy)]
pub enum Signer<'a> {
    /// Nobody.
    Nobody,
    /// HMAC-SHA256 with this as the shared secret.
    Hmac(&'a [u8]),
    /// ES256.
    Key(&'a SigningKey),
    /// RS256.
    Rsa(&'a RsaKey),
    /// PS256.
    RsaPss(&'a RsaKey),
}

/// An RSA key of 2048 bits.
pub struct RsaKey(KeyPair);

impl RsaKey {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        Self(KeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    /// Its public part (RFC 7517), with this id.
    #[must_use]
    pub fn jwk(&self, id: &str) -> Value {
        let parts = RsaPublicKeyComponents::<Vec<u8>>::from(self.0.public_key());
        let (n, e) = (URL_SAFE_NO_PAD.encode(&parts.n), URL_SAFE_NO_PAD.encode(&parts.e));
        json!({ "kty": "RSA", "kid": id, "n": n, "e": e })
    }

    fn sign(&self, encoding: &'static dyn aws_lc_rs::signature::RsaEncoding, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0.sign(encoding, &SystemRandom::new(), message, &mut signature).unwrap();
        signature
    }
}

/// A JWT of any header and any claims.
#[must_use]
pub fn forged(header: &Value, claims: &Value, signer: Signer<'_>) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = match signer {
        Signer::Nobody => Vec::new(),
        Signer::Hmac(secret) => {
            hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message.as_bytes()).as_ref().to_vec()
        }
        Signer::Key(key) => sign(key, message.as_bytes()),
        Signer::Rsa(key) => key.sign(&RSA_PKCS1_SHA256, message.as_bytes()),
        Signer::RsaPss(key) => key.sign(&RSA_PSS_SHA256, message.as_bytes()),
    };
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The value with these fields changed; those that are null are left out.
#[must_use]
pub fn changed(value: &Value, change: &Value) -> Value {
    let mut value = value.clone();
    for (name, new) in change.as_object().unwrap() {
        match new {
            Value::Null => value.as_object_mut().unwrap().remove(name),
            new => value.as_object_mut().unwrap().insert(name.clone(), new.clone()),
        };
    }
    value
}

fn sign(key: &SigningKey, message: &[u8]) -> Vec<u8> {
    let pem = key.to_pem();
    let lines = pem.expose_secret().lines().filter(|line| !line.starts_with("-----"));
    let pkcs8 = STANDARD.decode(lines.collect::<String>()).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8).unwrap();
    pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec()
}
