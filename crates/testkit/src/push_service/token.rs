use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// What a sender's token says, when it is signed by the key beside it and meant for this origin (RFC 8292).
pub(super) fn claims(authorization: &str, origin: &str) -> Option<Value> {
    let (token, key) = authorization.strip_prefix("vapid t=")?.split_once(", k=")?;
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let read = |text: &str| serde_json::from_slice::<Value>(&bytes(text)?).ok();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, bytes(key)?)
        .verify(signed.as_bytes(), &bytes(signature)?)
        .ok()?;
    let claims = read(claims)?;
    let is_right = read(header)? == json!({ "typ": "JWT", "alg": "ES256" }) && claims["aud"] == origin;
    is_right.then_some(claims)
}
