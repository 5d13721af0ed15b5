//! `POST /oauth2/token` (RFC 6749, 4.4), its metadata (RFC 8414) and its keys (RFC 7517).

use testkit::{Answer, Kit};

const FORM: &str = "application/x-www-form-urlencoded";

async fn ask(kit: &Kit, secret: Option<&str>, form: &str) -> Answer {
    let call = kit.http.post(format!("{}/oauth2/token", kit.base)).header("content-type", FORM);
    let call = match secret {
        Some(secret) => call.basic_auth("demo-xis", Some(secret)),
        None => call,
    };
    Answer::to(call.body(form.to_owned())).await
}

fn error(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json()["error"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_client_gets_a_token_that_nobody_may_keep() {
    for kit in Kit::on_both().await {
        let in_the_body = "grant_type=client_credentials&client_id=demo-xis&client_secret=demo-secret";
        for (secret, form) in [(Some("demo-secret"), "grant_type=client_credentials"), (None, in_the_body)] {
            let answer = ask(&kit, secret, form).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            assert_eq!(answer.header("cache-control"), "no-store");
            let said = answer.json();
            assert_eq!((&said["token_type"], &said["expires_in"]), (&"Bearer".into(), &600.into()));
            assert_eq!(said["scope"], "system/*.*");
        }
        assert_eq!(kit.audited("token").await, ["ok", "ok"]);
    }
}

/// ASVS: 10.4.10
#[tokio::test]
async fn an_unknown_client_and_a_wrong_secret_look_the_same() {
    for kit in Kit::on_both().await {
        let wrong = ask(&kit, Some("wrong"), "grant_type=client_credentials").await;
        let form = "grant_type=client_credentials&client_id=nobody&client_secret=demo-secret";
        let unknown = ask(&kit, None, form).await;
        assert_eq!(error(&wrong), (401, "invalid_client".to_owned()));
        assert_eq!((wrong.status, &wrong.text), (unknown.status, &unknown.text));
        assert!(wrong.header("www-authenticate").starts_with("Basic "));
        for id in ["%00", "demo-xis%00", "demo%0Axis"] {
            let form = format!("grant_type=client_credentials&client_id={id}&client_secret=demo-secret");
            let strange = ask(&kit, None, &form).await;
            assert_eq!((strange.status, &strange.text), (wrong.status, &wrong.text), "{id}");
        }
        assert_eq!(kit.audited("token").await.len(), 5);
    }
}

#[tokio::test]
async fn a_revoked_client_gets_none() {
    for kit in Kit::on_both().await {
        let (store, now) = (&kit.store, "2026-05-04T08:00:00Z".parse().unwrap());
        let revoked: Result<bool, store::Error> = store
            .tx("revoke", |mut tx| async move { store.revoke_client(&mut tx, "demo-xis", now).await })
            .await;
        assert!(revoked.unwrap());
        let answer = ask(&kit, Some("demo-secret"), "grant_type=client_credentials").await;
        assert_eq!(error(&answer), (401, "invalid_client".to_owned()));
    }
}

/// ASVS: 10.4.4, 10.4.11
#[tokio::test]
async fn what_is_not_offered_is_refused_in_the_protocols_words() {
    for kit in Kit::on_both().await {
        for (form, code) in [
            ("", "invalid_request"),
            ("grant_type=password&username=a&password=b", "unsupported_grant_type"),
            ("grant_type=authorization_code&code=a&redirect_uri=b&code_verifier=c", "unauthorized_client"),
            ("grant_type=client_credentials&scope=patient/*.read", "invalid_scope"),
            ("grant_type=client_credentials&audience=https://xis.example", "invalid_target"),
            ("grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
        ] {
            assert_eq!(error(&ask(&kit, Some("demo-secret"), form).await), (400, code.to_owned()), "{form}");
        }
    }
}

#[tokio::test]
async fn its_metadata_says_where_and_how() {
    for kit in Kit::on_both().await {
        let get = async |path: &str| Answer::to(kit.http.get(format!("{}{path}", kit.base))).await.json();
        let metadata = get("/.well-known/oauth-authorization-server").await;
        assert_eq!(metadata["issuer"], kit.base);
        assert_eq!(metadata["token_endpoint"], format!("{}/oauth2/token", kit.base));
        assert_eq!(metadata["grant_types_supported"], serde_json::json!(["client_credentials"]));
        let jwks = get(metadata["jwks_uri"].as_str().unwrap().strip_prefix(&kit.base).unwrap()).await;
        let key = &jwks["keys"][0];
        assert_eq!((&key["kty"], &key["crv"]), (&"EC".into(), &"P-256".into()));
        assert!(key.get("d").is_none(), "the private part stays here");
    }
}
