//! Clients that prove who they are by a signature at the token endpoint (`private_key_jwt`, RFC 7523).

use oauth::{PublicKeys, SigningKey};
use serde_json::{Value, json};
use testkit::{Answer, Kit, RsaKey, Signer, changed, forged};

use super::{claims, second};

const FORM: &str = "application/x-www-form-urlencoded";
const JWT: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A client that signs, and nothing else.
const CLIENT: &str = "signing-xis";

/// Its two keys: one signs ES256, the other RS256 and PS256.
struct Client<'a> {
    kit: &'a Kit,
    key: SigningKey,
    rsa: RsaKey,
}

impl<'a> Client<'a> {
    async fn of(kit: &'a Kit) -> Self {
        let client = Self { kit, key: SigningKey::generate().unwrap(), rsa: RsaKey::generate() };
        let public = oauth::Issuer { issuer: "https://x.example".parse().unwrap(), key: client.key.clone() };
        let keys = json!({ "keys": [public.jwks()["keys"][0], client.rsa.jwk("rsa")] });
        let keys = &PublicKeys::of_client(&keys.to_string()).unwrap().to_json().to_string();
        let now = world::Clock::now(&kit.clock);
        let saved: Result<(), store::Error> = kit
            .store
            .tx("keys", |mut tx| async move { kit.store.save_client_keys(&mut tx, CLIENT, keys, now).await })
            .await;
        saved.unwrap();
        client
    }

    /// An assertion with these things other than they should be.
    fn assertion(&self, header: &Value, body: &Value, signer: Option<Signer<'_>>) -> String {
        let good = json!({ "alg": "ES256", "typ": "JWT", "kid": self.key.id() });
        let endpoint = format!("{}/oauth2/token", self.kit.base);
        let own = changed(&claims(self.kit, CLIENT, &endpoint, &json!({ "sub": CLIENT })), body);
        forged(&changed(&good, header), &own, signer.unwrap_or(Signer::Key(&self.key)))
    }

    async fn ask(&self, assertion: &str) -> Answer {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", JWT),
            ("client_assertion", assertion),
        ];
        send(self.kit, &form).await
    }
}

async fn send(kit: &Kit, form: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let call = kit.http.post(format!("{}/oauth2/token", kit.base)).header("content-type", FORM);
    Answer::to(call.body(body)).await
}

fn error(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json()["error"].as_str().unwrap_or_default().to_owned())
}

/// ASVS: 10.4.16
#[tokio::test]
async fn es256_rs256_and_ps256_of_a_registered_key_are_believed() {
    for kit in Kit::on_both().await {
        let client = Client::of(&kit).await;
        let (rsa, pss) = (Signer::Rsa(&client.rsa), Signer::RsaPss(&client.rsa));
        for (what, header, body, signer) in [
            ("ES256", json!({}), json!({}), None),
            ("RS256", json!({ "alg": "RS256", "kid": "rsa" }), json!({}), Some(rsa)),
            ("PS256", json!({ "alg": "PS256", "kid": "rsa" }), json!({}), Some(pss)),
            ("no kid", json!({ "kid": null }), json!({}), None),
            ("no typ", json!({ "typ": null }), json!({}), None),
            ("its own typ", json!({ "typ": "client-authentication+jwt" }), json!({}), None),
            ("for our issuer", json!({}), json!({ "aud": kit.base }), None),
            ("for us and others", json!({}), json!({ "aud": ["https://x.example", kit.base] }), None),
        ] {
            let body = changed(&body, &json!({ "jti": what }));
            let answer = client.ask(&client.assertion(&header, &body, signer)).await;
            assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"), "{what}");
            let token = answer.json()["access_token"].as_str().unwrap().to_owned();
            // Of no practice: but the token is good.
            let refused = super::plan(&kit, "01000001", &token).await.refusal();
            assert_eq!(refused, (403, "ORGANIZATION_FORBIDDEN".to_owned()), "{what}");
        }
    }
}

/// ASVS: 9.1.1, 9.1.2, 9.2.1, 9.2.3, 10.4.16
#[tokio::test]
async fn an_assertion_with_one_thing_wrong_proves_nothing() {
    for kit in Kit::on_both().await {
        let client = Client::of(&kit).await;
        let (stranger, at) = (SigningKey::generate().unwrap(), |from_now| second(&kit, from_now));
        let public = serde_json::to_vec(&client.rsa.jwk("rsa")).unwrap();
        let (hmac, strangers) = (Some(Signer::Hmac(&public)), Some(Signer::Key(&stranger)));
        let nobody = Some(Signer::Nobody);
        for (what, header, body, signer) in [
            ("alg none", json!({ "alg": "none" }), json!({}), nobody),
            ("no signature", json!({}), json!({}), nobody),
            ("HS256 by the public key", json!({ "alg": "HS256", "kid": "rsa" }), json!({}), hmac),
            ("a stranger's key", json!({}), json!({}), strangers),
            ("a stranger's key without a kid", json!({ "kid": null }), json!({}), strangers),
            ("another kid", json!({ "kid": "other" }), json!({}), None),
            ("the other key's kid", json!({ "kid": "rsa" }), json!({}), None),
            ("an access token", json!({ "typ": "at+jwt" }), json!({}), None),
            ("another issuer", json!({}), json!({ "iss": "demo-xis" }), None),
            ("another subject", json!({}), json!({ "sub": "demo-xis" }), None),
            ("another client", json!({}), json!({ "iss": "demo-xis", "sub": "demo-xis" }), None),
            ("a client that is not there", json!({}), json!({ "iss": "nobody", "sub": "nobody" }), None),
            ("for the FHIR server", json!({}), json!({ "aud": format!("{}/fhir/r4", kit.base) }), None),
            ("for another server", json!({}), json!({ "aud": "https://x.example/token" }), None),
            ("for nobody", json!({}), json!({ "aud": null }), None),
            ("expired", json!({}), json!({ "exp": at(-61) }), None),
            ("good for too long", json!({}), json!({ "exp": at(361) }), None),
            ("without an end", json!({}), json!({ "exp": null }), None),
            ("not yet", json!({}), json!({ "nbf": at(61) }), None),
            ("issued tomorrow", json!({}), json!({ "iat": at(86_400) }), None),
            ("without an id", json!({}), json!({ "jti": null }), None),
            ("with an empty id", json!({}), json!({ "jti": "" }), None),
            ("with an id without end", json!({}), json!({ "jti": "x".repeat(257) }), None),
        ] {
            let answer = client.ask(&client.assertion(&header, &body, signer)).await;
            assert_eq!(error(&answer), (401, "invalid_client".to_owned()), "{what}");
        }
        assert!(kit.audited("token").await.iter().all(|outcome| outcome.starts_with("refused")));
        assert_eq!(client.ask(&client.assertion(&json!({}), &json!({}), None)).await.status, 200);
    }
}

/// ASVS: 10.4.16
#[tokio::test]
async fn an_assertion_is_good_for_once_however_it_is_tried_again() {
    for kit in Kit::on_both().await {
        let client = Client::of(&kit).await;
        let one = client.assertion(&json!({}), &json!({ "exp": second(&kit, 300) }), None);
        let (first, second_time) = tokio::join!(client.ask(&one), client.ask(&one));
        let mut both = [first.status, second_time.status];
        both.sort_unstable();
        assert_eq!(both, [200, 401]);
        for seconds in [0, 299, 60] {
            kit.clock.turn(std::time::Duration::from_secs(seconds));
            assert_eq!(
                error(&client.ask(&one).await),
                (401, "invalid_client".to_owned()),
                "{seconds} s later"
            );
        }
        // The same id in another assertion is a replay as long as the first is remembered, and no longer.
        let again = client.assertion(&json!({}), &json!({ "exp": second(&kit, 200) }), None);
        assert_eq!(client.ask(&again).await.status, 401);
        kit.clock.turn(std::time::Duration::from_secs(60));
        assert_eq!(client.ask(&again).await.status, 401, "another process may be a minute behind");
        kit.clock.turn(std::time::Duration::from_secs(2));
        assert_eq!(client.ask(&again).await.status, 200);
        assert_eq!(kit.rows().await["client_assertion"], 1, "what is too old anyway is forgotten");
        let outcomes = kit.audited("token").await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.contains("used before")).count(), 6);
    }
}

#[tokio::test]
async fn two_ways_at_once_and_secrets_in_the_address_are_refused() {
    for kit in Kit::on_both().await {
        let client = Client::of(&kit).await;
        let assertion = &*client.assertion(&json!({}), &json!({}), None);
        let asking = ("grant_type", "client_credentials");
        let (kind, signed) = (("client_assertion_type", JWT), ("client_assertion", assertion));
        let secret = [("client_id", CLIENT), ("client_secret", "x")];
        for form in [
            &[asking, kind, signed, secret[0], secret[1]][..],
            &[asking, kind, signed, ("client_id", "demo-xis")],
            &[asking, kind],
            &[asking, signed],
            &[
                asking,
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
                signed,
            ],
            &[asking, kind, signed, signed],
        ] {
            assert_eq!(error(&send(&kit, form).await), (400, "invalid_request".to_owned()), "{form:?}");
        }
        let endpoint = format!("{}/oauth2/token", kit.base);
        let with_basic = kit.http.post(&endpoint).basic_auth("demo-xis", Some("demo-secret"));
        let form =
            format!("grant_type=client_credentials&client_assertion_type={JWT}&client_assertion={assertion}");
        let both = Answer::to(with_basic.header("content-type", FORM).body(form)).await;
        assert_eq!(error(&both), (400, "invalid_request".to_owned()));
        let in_address = "grant_type=client_credentials&client_id=demo-xis&client_secret=demo-secret";
        for body in ["", "grant_type=client_credentials"] {
            let call = kit.http.post(format!("{endpoint}?{in_address}")).header("content-type", FORM);
            let answer = Answer::to(call.body(body)).await;
            assert_eq!(error(&answer), (400, "invalid_request".to_owned()));
            assert!(!answer.text.contains("demo-secret"));
        }
        assert_eq!(kit.audited("token").await, [""; 0], "nobody got as far as a client");
    }
}

#[tokio::test]
async fn a_client_without_a_secret_has_none_and_a_revoked_one_no_key() {
    for kit in Kit::on_both().await {
        let client = Client::of(&kit).await;
        for secret in ["x", "none"] {
            let form =
                [("grant_type", "client_credentials"), ("client_id", CLIENT), ("client_secret", secret)];
            assert_eq!(error(&send(&kit, &form).await), (401, "invalid_client".to_owned()));
        }
        let (store, now) = (&kit.store, world::Clock::now(&kit.clock));
        let revoked: Result<bool, store::Error> =
            store.tx("revoke", |mut tx| async move { store.revoke_client(&mut tx, CLIENT, now).await }).await;
        assert!(revoked.unwrap());
        let answer = client.ask(&client.assertion(&json!({}), &json!({}), None)).await;
        assert_eq!(error(&answer), (401, "invalid_client".to_owned()));
    }
}
