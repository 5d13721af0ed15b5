//! Tokens of a XIS vendor's own authorization server, which the operator trusts for one client.

use serde_json::{Value, json};
use testkit::{Kit, SILENT_ISSUER, Signer, changed, forged};

use super::{claims, plan, second};

/// The practice of the client that the vendor stands for, and one of another client.
const ITS_OWN: &str = "01000004";
const ANOTHERS: &str = "01000001";

fn token(kit: &Kit, header: &Value, body: &Value) -> String {
    let own = json!({ "alg": "ES256", "typ": "at+jwt", "kid": kit.tokens.key().id() });
    let audience = format!("{}/fhir/r4", kit.base);
    let said = claims(kit, kit.tokens.issuer().as_str(), &audience, &json!({ "sub": "vendor" }));
    forged(&changed(&own, header), &changed(&said, body), Signer::Key(kit.tokens.key()))
}

/// ASVS: 9.1.3, 10.3.1
#[tokio::test]
async fn a_vendors_token_opens_the_practices_of_its_client_and_no_others() {
    for kit in Kit::on_both().await {
        for (header, body) in [
            (json!({}), json!({})),
            (json!({ "typ": "JWT" }), json!({})),
            (json!({ "typ": null, "kid": null }), json!({ "sub": "robot-7", "client_id": "vendor" })),
        ] {
            let token = token(&kit, &header, &body);
            assert_eq!(plan(&kit, ITS_OWN, &token).await.status, 200, "{header} {body}");
            let refused = plan(&kit, ANOTHERS, &token).await;
            assert_eq!(refused.refusal(), (403, "ORGANIZATION_FORBIDDEN".to_owned()));
            assert_eq!(refused.text, plan(&kit, "09999999", &token).await.text, "foreign equals unknown");
        }
    }
}

/// ASVS: 9.2.1, 9.2.3, 10.3.1
#[tokio::test]
async fn a_vendors_token_with_one_thing_wrong_opens_nothing() {
    for kit in Kit::on_both().await {
        for (what, header, body, words) in [
            ("another program of the vendor", json!({}), json!({ "sub": "other" }), "another issuer"),
            ("a person at the vendor", json!({}), json!({ "client_id": "portal" }), "another issuer"),
            ("our own client's name", json!({}), json!({ "sub": "other-xis" }), "another issuer"),
            ("for somebody else", json!({}), json!({ "aud": "https://x.example" }), "another audience"),
            ("expired", json!({}), json!({ "exp": second(&kit, -61) }), "has expired"),
            ("not yet", json!({}), json!({ "nbf": second(&kit, 61) }), "not valid yet"),
            ("another kid", json!({ "kid": "other" }), json!({}), "does not publish"),
            ("of nobody we trust", json!({}), json!({ "iss": "https://evil.example" }), "does not publish"),
            (
                "signed for us, named as ours",
                json!({ "typ": "at+jwt" }),
                json!({ "iss": kit.base }),
                "does not publish",
            ),
        ] {
            let answer = plan(&kit, ITS_OWN, &token(&kit, &header, &body)).await;
            assert_eq!(answer.refusal(), (401, "TOKEN".to_owned()), "{what}");
            let challenge = answer.header("www-authenticate");
            assert!(challenge.contains(words), "{what}: {challenge}");
        }
    }
}

#[tokio::test]
async fn an_issuer_that_does_not_answer_is_no_refusal_for_good() {
    for kit in Kit::on_both().await {
        let answer = plan(&kit, ITS_OWN, &token(&kit, &json!({}), &json!({ "iss": SILENT_ISSUER }))).await;
        assert_eq!(answer.refusal(), (503, "TOKEN_UNCHECKED".to_owned()));
        assert!(!answer.header("retry-after").is_empty());
    }
}
