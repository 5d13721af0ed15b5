use std::time::Duration;

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaPublicKeyComponents},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::*;
use crate::{
    Issuer, SigningKey,
    test_support::{Published, es256, http, jwks, now, token},
};

const AUDIENCE: &str = "https://platform.example/fhir/r4";

struct Here {
    issuer: Issuer,
    verifier: Verifier,
}

fn here() -> Here {
    let issuer =
        Issuer { issuer: "https://platform.example".parse().unwrap(), key: SigningKey::generate().unwrap() };
    let verifier = Verifier::local(issuer.issuer.clone(), AUDIENCE, issuer.public_keys());
    Here { issuer, verifier }
}

fn good_claims() -> Claims {
    Claims::new("demo-xis", AUDIENCE, "id-1", now(), Duration::from_secs(300))
}

fn good_json(issuer: &str) -> Value {
    let second = now().as_second();
    json!({ "iss": issuer, "aud": AUDIENCE, "sub": "demo-xis", "exp": second + 300, "iat": second })
}

#[tokio::test]
async fn a_minted_token_is_accepted_with_all_its_claims() {
    let Here { issuer, verifier } = here();
    let claims =
        Claims { scope: Some("fhir".to_owned()), ..good_claims() }.with("practices", json!(["01000001"]));
    let read = verifier.verify(&issuer.mint(&claims).unwrap(), now()).await.unwrap();
    assert_eq!(read, Claims { iss: "https://platform.example".to_owned(), ..claims });
}

/// ASVS: 9.2.1
#[tokio::test]
async fn time_is_judged_by_the_callers_clock_with_a_minute_of_leeway() {
    let Here { issuer, verifier } = here();
    let later = |seconds| now() + jiff::SignedDuration::from_secs(seconds);
    let minted = issuer.mint(&good_claims()).unwrap();
    let not_before = Claims { nbf: Some(later(100)), ..good_claims() };
    let delayed = issuer.mint(&not_before).unwrap();
    for (token, at, expected) in [
        (&minted, 0, None),
        (&minted, 359, None),
        (&minted, 360, Some(TokenRefused::Expired)),
        (&minted, -60, None),
        (&minted, -61, Some(TokenRefused::NotYetValid)),
        (&delayed, 39, Some(TokenRefused::NotYetValid)),
        (&delayed, 40, None),
    ] {
        assert_eq!(verifier.verify(token, later(at)).await.err(), expected, "after {at} s");
    }
}

/// ASVS: 9.2.2, 9.2.3
#[tokio::test]
async fn tokens_with_wrong_claims_or_headers_are_refused() {
    use TokenRefused::{Audience, Expired, Issuer as WrongIssuer, Malformed, NotYetValid, Type, UnknownKey};
    let Here { issuer, verifier } = here();
    let header = json!({ "alg": "ES256", "typ": "at+jwt", "kid": issuer.key.id() });
    let claims = good_json("https://platform.example");
    let second = now().as_second();
    for (header_change, claims_change, expected) in [
        (json!({}), json!({ "iss": "https://evil.example" }), WrongIssuer),
        (json!({}), json!({ "iss": "https://platform.example/" }), WrongIssuer),
        (json!({}), json!({ "iss": null }), Malformed),
        (json!({}), json!({ "aud": "https://other.example" }), Audience),
        (json!({}), json!({ "aud": [] }), Audience),
        (json!({}), json!({ "aud": ["https://other.example", "x"] }), Audience),
        (json!({}), json!({ "aud": null }), Malformed),
        (json!({}), json!({ "sub": null }), Malformed),
        (json!({}), json!({ "exp": null }), Malformed),
        (json!({}), json!({ "exp": "tomorrow" }), Malformed),
        (json!({}), json!({ "exp": 1e300 }), Malformed),
        (json!({}), json!({ "exp": second - 60 }), Expired),
        (json!({}), json!({ "exp": -1 }), Expired),
        (json!({}), json!({ "nbf": second + 61 }), NotYetValid),
        (json!({}), json!({ "iat": second + 61 }), NotYetValid),
        (json!({ "typ": "JWT" }), json!({}), Type),
        (json!({ "typ": "logout+jwt" }), json!({}), Type),
        (json!({ "typ": null }), json!({}), Type),
        (json!({ "kid": "another" }), json!({}), UnknownKey),
        (json!({ "crit": ["b64"], "b64": false }), json!({}), Malformed),
    ] {
        let (header, claims) = (changed(&header, &header_change), changed(&claims, &claims_change));
        let token = token(&header, &claims, es256(&issuer.key));
        let outcome = verifier.verify(&token, now()).await;
        assert_eq!(outcome.unwrap_err(), expected, "{header_change} {claims_change}");
    }
    let unchanged = token(&header, &claims, es256(&issuer.key));
    verifier.verify(&unchanged, now()).await.unwrap();
}

/// ASVS: 9.1.1, 9.1.2, 9.1.3
#[tokio::test]
async fn signatures_that_prove_nothing_are_refused() {
    let Here { issuer, verifier } = here();
    let (id, claims) = (issuer.key.id(), good_json("https://platform.example"));
    let header = |algorithm: &str| json!({ "alg": algorithm, "typ": "at+jwt", "kid": id });
    let with_public_key = |message: &[u8]| {
        let public_key = serde_json::to_vec(issuer.key.public()).unwrap();
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &public_key), message).as_ref().to_vec()
    };
    let stranger = SigningKey::generate().unwrap();
    let own_key_inside = json!({ "alg": "ES256", "typ": "at+jwt", "kid": id, "jwk": stranger.public(), "jku": "https://evil" });
    for (name, token, expected) in [
        ("none", token(&header("none"), &claims, |_| Vec::new()), TokenRefused::Malformed),
        ("None", token(&header("None"), &claims, |_| Vec::new()), TokenRefused::Malformed),
        ("HS256", token(&header("HS256"), &claims, with_public_key), TokenRefused::Algorithm),
        ("ES384", token(&header("ES384"), &claims, es256(&issuer.key)), TokenRefused::Algorithm),
        ("RS256 on EC", token(&header("RS256"), &claims, es256(&issuer.key)), TokenRefused::UnknownKey),
        ("stranger", token(&header("ES256"), &claims, es256(&stranger)), TokenRefused::Signature),
        ("key inside", token(&own_key_inside, &claims, es256(&stranger)), TokenRefused::Signature),
        ("no signature", token(&header("ES256"), &claims, |_| Vec::new()), TokenRefused::Signature),
        ("zeros", token(&header("ES256"), &claims, |_| vec![0; 64]), TokenRefused::Signature),
    ] {
        assert_eq!(verifier.verify(&token, now()).await.unwrap_err(), expected, "{name}");
    }
}

/// ASVS: 9.1.1
#[tokio::test]
async fn a_changed_token_is_refused_whichever_letter_changed() {
    let Here { issuer, verifier } = here();
    let minted = issuer.mint(&good_claims()).unwrap();
    // The last letter of the signature has bits that carry nothing; some decoders read over them.
    for position in 0..minted.len() - 1 {
        let mut letters = minted.clone().into_bytes();
        letters[position] = if letters[position] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(letters).unwrap();
        assert!(verifier.verify(&changed, now()).await.is_err(), "letter {position}");
    }
    let long = "a".repeat(TOKEN_BYTES + 1);
    for text in ["", ".", "..", "a.b.c", "a.b.c.d", &format!("{minted}."), &minted[..20], &long] {
        assert_eq!(verifier.verify(text, now()).await.unwrap_err(), TokenRefused::Malformed);
    }
}

/// ASVS: 9.2.2
#[tokio::test]
async fn an_id_token_is_no_access_token() {
    let Here { issuer, verifier } = here();
    let id_token = issuer.mint_id_token(&good_claims(), "patients-token").unwrap();
    assert_eq!(verifier.verify(&id_token, now()).await.unwrap_err(), TokenRefused::Type);
}

/// ASVS: 9.1.2, 11.6.1
#[tokio::test]
async fn rs256_and_ps256_of_a_foreign_issuer_are_accepted_and_a_key_is_held_to_its_own_algorithm() {
    let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let parts = RsaPublicKeyComponents::<Vec<u8>>::from(key.public_key());
    let jwk = |id: &str, algorithm: Option<&str>| {
        let (n, e) = (URL_SAFE_NO_PAD.encode(&parts.n), URL_SAFE_NO_PAD.encode(&parts.e));
        changed(&json!({ "kty": "RSA", "kid": id, "n": n, "e": e }), &json!({ "alg": algorithm }))
    };
    let published = Published::start(json!({ "keys": [jwk("any", None), jwk("rs", Some("RS256"))] })).await;
    let verifier = Verifier::remote(published.issuer.clone(), AUDIENCE, http());
    let sign = |padding: &'static dyn aws_lc_rs::signature::RsaEncoding, message: &[u8]| {
        let mut signature = vec![0; key.public_modulus_len()];
        key.sign(padding, &SystemRandom::new(), message, &mut signature).unwrap();
        signature
    };
    let claims = good_json(published.issuer.as_str());
    for (algorithm, kid, expected) in [
        ("RS256", "any", None),
        ("PS256", "any", None),
        ("RS256", "rs", None),
        ("PS256", "rs", Some(TokenRefused::UnknownKey)),
        ("RS512", "any", Some(TokenRefused::Algorithm)),
    ] {
        let token = token(&json!({ "alg": algorithm, "kid": kid }), &claims, |message| match algorithm {
            "PS256" => sign(&RSA_PSS_SHA256, message),
            _ => sign(&RSA_PKCS1_SHA256, message),
        });
        assert_eq!(verifier.verify(&token, now()).await.err(), expected, "{algorithm} {kid}");
    }
}

mod rotation;

fn changed(value: &Value, change: &Value) -> Value {
    let mut value = value.clone();
    for (name, new) in change.as_object().unwrap() {
        match new {
            Value::Null => value.as_object_mut().unwrap().remove(name),
            new => value.as_object_mut().unwrap().insert(name.clone(), new.clone()),
        };
    }
    value
}
