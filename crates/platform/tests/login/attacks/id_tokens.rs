//! ID tokens that must not be believed.

use serde_json::{Value, json};

use super::{Attack, BAD_ID_TOKEN, FAILED, PROVIDER, UNAVAILABLE, try_all};
use crate::login::evil::{Evil, Key, SECRET, Said, Sign};

/// An ID token that can be read, and is refused.
fn refused(name: &'static str, twist: fn(&mut Said, &Evil)) -> Attack {
    Attack { name, twist, page: FAILED, outcome: BAD_ID_TOKEN }
}

/// One that lacks what every ID token has: then there is none.
fn unreadable(name: &'static str, twist: fn(&mut Said, &Evil)) -> Attack {
    Attack { name, twist, page: UNAVAILABLE, outcome: PROVIDER }
}

fn without(said: &mut Said, claim: &str) {
    said.claims.as_object_mut().unwrap().remove(claim);
}

fn later(said: &Said, seconds: i64) -> Value {
    json!(said.claims["iat"].as_i64().unwrap() + seconds)
}

/// ASVS: 9.1.1, 9.1.2, 9.1.3, 9.2.2
#[tokio::test]
async fn signatures_that_prove_nothing() {
    try_all(&[
        refused("alg none", |said, _| {
            said.header["alg"] = json!("none");
            said.sign = Sign::Not;
        }),
        refused("alg none, with a signature", |said, _| said.header["alg"] = json!("none")),
        refused("HS256 with the public key", |said, evil| {
            said.header["alg"] = json!("HS256");
            said.sign = Sign::Hmac(evil.answers().jwks["keys"][0].to_string().into_bytes());
        }),
        refused("HS256 with the client's secret", |said, _| {
            said.header["alg"] = json!("HS256");
            said.sign = Sign::Hmac(SECRET.as_bytes().to_vec());
        }),
        refused("another algorithm than the key's", |said, _| said.header["alg"] = json!("ES384")),
        refused("no signature", |said, _| said.sign = Sign::Not),
        refused("the key of another provider", |said, _| said.sign = Sign::With(Key::new("one"))),
        refused("an unknown key", |said, _| {
            said.header["kid"] = json!("another");
            said.sign = Sign::With(Key::new("another"));
        }),
        refused("a key that the token brings along", |said, _| {
            let own = Key::new("one");
            said.header["jwk"] = own.public();
            said.sign = Sign::With(own);
        }),
        refused("a key set that the token points to", |said, _| {
            said.header["jku"] = json!("https://evil.example/jwks");
            said.header["x5u"] = json!("https://evil.example/certificate");
            said.sign = Sign::With(Key::new("one"));
        }),
        refused("a critical extension that nobody knows", |said, _| said.header["crit"] = json!(["exp"])),
        refused("a person put in after signing", |said, _| {
            let mut claims = said.claims.clone();
            claims["bsn"] = json!("999990020");
            said.tampered = Some(claims);
        }),
        refused("a token of another kind", |said, _| said.header["typ"] = json!("logout+jwt")),
    ])
    .await;
}

/// ASVS: 9.2.1, 9.2.3, 10.5.1, 10.5.4
#[tokio::test]
async fn claims_that_are_not_meant_for_this_login() {
    try_all(&[
        refused("another issuer", |said, _| said.claims["iss"] = json!("https://evil.example")),
        refused("the issuer with a slash", |said, evil| {
            said.claims["iss"] = json!(format!("{}/", evil.issuer));
        }),
        unreadable("no issuer", |said, _| without(said, "iss")),
        refused("another audience", |said, _| said.claims["aud"] = json!("other")),
        refused("a further audience, without azp", |said, _| said.claims["aud"] = json!(["balie", "other"])),
        refused("a further audience, with azp", |said, _| {
            said.claims["aud"] = json!(["balie", "other"]);
            said.claims["azp"] = json!("balie");
        }),
        refused("another authorized party", |said, _| said.claims["azp"] = json!("other")),
        refused("the nonce of another login", |said, _| said.claims["nonce"] = json!("replayed")),
        refused("no nonce", |said, _| without(said, "nonce")),
        refused("expired", |said, _| said.claims["exp"] = later(said, -60)),
        unreadable("without an end", |said, _| without(said, "exp")),
        refused("issued in the future", |said, _| said.claims["iat"] = later(said, 300)),
        refused("not valid yet", |said, _| said.claims["nbf"] = later(said, 300)),
        unreadable("about nobody", |said, _| without(said, "sub")),
        refused("of another access token", |said, _| {
            said.claims["at_hash"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
        }),
    ])
    .await;
}
