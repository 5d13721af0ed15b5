//! Access tokens of our own.

use serde_json::{Value, json};
use testkit::{JAN, Kit, RsaKey, Signer, changed, forged};

use super::{claims, plan, second};

const ONE: &str = "01000001";

/// What our token endpoint would say of client `demo-xis`, but for `change`.
fn ours(kit: &Kit, change: &Value) -> Value {
    let client = json!({ "sub": "demo-xis", "client_id": "demo-xis", "scope": "system/*.*" });
    let audience = format!("{}/fhir/r4", kit.base);
    changed(&changed(&claims(kit, &kit.base, &audience, &json!({})), &client), change)
}

/// ASVS: 9.1.1, 9.1.2, 9.1.3, 9.2.1, 9.2.2, 9.2.3, 10.3.1
#[tokio::test]
async fn a_token_with_one_thing_wrong_opens_nothing() {
    for kit in Kit::on_both().await {
        let (header, body, key) = (&header(&kit), &ours(&kit, &json!({})), Signer::Key(&kit.token_key));
        assert_eq!(plan(&kit, ONE, &forged(header, body, key)).await.status, 200);
        let before = kit.rows().await;
        for (what, token, words) in [signed_wrongly(&kit).await, saying_wrong(&kit)].concat() {
            let answer = plan(&kit, ONE, &token).await;
            assert_eq!(answer.refusal(), (401, "TOKEN".to_owned()), "{what}");
            let challenge = answer.header("www-authenticate");
            assert!(
                challenge.contains("error=\"invalid_token\"") && challenge.contains(words),
                "{what}: {challenge}"
            );
        }
        let grown = kit.grown(&before).await;
        assert!(grown.iter().all(|(table, _)| *table == "audit"), "{grown:?}");
        assert_eq!(kit.appointments(JAN).await.len(), 1);
    }
}

/// What is wrong, the token, and what the refusal says of it.
type Wrong = (&'static str, String, &'static str);

fn header(kit: &Kit) -> Value {
    json!({ "alg": "ES256", "typ": "at+jwt", "kid": kit.token_key.id() })
}

/// Good claims under a header or a signature that is not.
async fn signed_wrongly(kit: &Kit) -> Vec<Wrong> {
    let (body, key) = (&ours(kit, &json!({})), Signer::Key(&kit.token_key));
    let (stranger, rsa) = (oauth::SigningKey::generate().unwrap(), RsaKey::generate());
    let published = kit.http.get(format!("{}/oauth2/jwks", kit.base)).send().await.unwrap();
    let published = published.text().await.unwrap();
    let (public, strangers) = (Signer::Hmac(published.as_bytes()), Signer::Key(&stranger));
    let rows = [
        ("alg none", json!({ "alg": "none" }), Signer::Nobody, "cannot be read"),
        ("alg None", json!({ "alg": "None" }), Signer::Nobody, "cannot be read"),
        ("no signature", json!({}), Signer::Nobody, "signature is wrong"),
        ("HS256 by the public key", json!({ "alg": "HS256" }), public, "not signed with"),
        ("RS256 under our kid", json!({ "alg": "RS256" }), Signer::Rsa(&rsa), "does not publish"),
        ("PS256 under our kid", json!({ "alg": "PS256" }), Signer::RsaPss(&rsa), "does not publish"),
        ("ES384", json!({ "alg": "ES384" }), key, "not signed with"),
        ("a stranger's key", json!({}), strangers, "signature is wrong"),
        (
            "a key of its own",
            json!({ "jwk": rsa.jwk("x"), "jku": "https://evil.example" }),
            strangers,
            "signature is wrong",
        ),
        ("another kid", json!({ "kid": "other" }), key, "does not publish"),
        ("a kid that is a path", json!({ "kid": "../../dev/null" }), Signer::Hmac(&[]), "does not publish"),
        ("a crit that nobody knows", json!({ "crit": ["b64"], "b64": false }), key, "cannot be read"),
        ("typ of an ID token", json!({ "typ": "JWT" }), key, "not an access token"),
        ("typ of a logout token", json!({ "typ": "logout+jwt" }), key, "not an access token"),
        ("no typ", json!({ "typ": null }), key, "not an access token"),
    ];
    let forge =
        |(what, change, signer, words)| (what, forged(&changed(&header(kit), &change), body, signer), words);
    rows.map(forge).into()
}

/// Claims that are not good, well signed; and texts that are no token.
fn saying_wrong(kit: &Kit) -> Vec<Wrong> {
    let at = |from_now| second(kit, from_now);
    let rows = [
        ("expired", json!({ "exp": at(-61) }), "has expired"),
        ("without an end", json!({ "exp": null }), "cannot be read"),
        ("not yet", json!({ "nbf": at(61) }), "not valid yet"),
        ("issued tomorrow", json!({ "iat": at(86_400) }), "not valid yet"),
        ("for a XIS", json!({ "aud": "https://xis.example/fhir/r4" }), "another audience"),
        ("for the token endpoint", json!({ "aud": kit.base }), "another audience"),
        ("for nobody", json!({ "aud": null }), "cannot be read"),
        ("of another issuer", json!({ "iss": "https://evil.example" }), "another issuer"),
        ("of an issuer that looks like ours", json!({ "iss": format!("{}/", kit.base) }), "another issuer"),
        ("of nobody", json!({ "iss": null }), "cannot be read"),
        ("of a client that is not there", json!({ "client_id": "nobody" }), "has been revoked"),
    ];
    let sign = |body: &Value| forged(&header(kit), body, Signer::Key(&kit.token_key));
    let whole = sign(&ours(kit, &json!({})));
    let [head, _, signature] = whole.split('.').collect::<Vec<_>>().try_into().unwrap();
    let other = sign(&ours(kit, &json!({ "client_id": "other-xis" })));
    let swapped = format!("{head}.{}.{signature}", other.split('.').nth(1).unwrap());
    let mut all: Vec<Wrong> =
        rows.map(|(what, change, words)| (what, sign(&ours(kit, &change)), words)).into();
    all.extend([
        ("another payload under the signature", swapped, "signature is wrong"),
        ("one token after another", format!("{whole}.{whole}"), ""),
        ("no token", "x".to_owned(), "cannot be read"),
    ]);
    all
}
