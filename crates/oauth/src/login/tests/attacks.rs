use super::*;

use aws_lc_rs::hmac;

fn changed(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

/// ASVS: 10.5.1, 10.5.4
#[tokio::test]
async fn id_tokens_with_wrong_claims_are_refused() {
    let begun = begun().await;
    let second = now().as_second();
    for (name, value, reason) in [
        ("iss", json!("https://evil.example"), "it has another issuer"),
        ("iss", Value::Null, "holds no tokens"),
        ("aud", json!("other"), "it is meant for another client"),
        ("aud", json!(["balie", "other"]), "it is meant for another client"),
        ("aud", json!([]), "it is meant for another client"),
        ("azp", json!("other"), "it was given to another client"),
        ("exp", json!(second - 60), "it has expired, or is not valid yet"),
        ("exp", Value::Null, "holds no tokens"),
        ("iat", json!(second + 61), "it has expired, or is not valid yet"),
        ("iat", Value::Null, "holds no tokens"),
        ("nbf", json!(second + 61), "it has expired, or is not valid yet"),
        ("nbf", json!("soon"), "it has expired, or is not valid yet"),
        ("nonce", json!("replayed"), "it belongs to another login"),
        ("nonce", Value::Null, "it belongs to another login"),
        ("sub", Value::Null, "holds no tokens"),
        ("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA"), "it belongs to another access token"),
    ] {
        begun.give_claims(&changed(&begun.good_claims(), name, value.clone()));
        let refused = begun.finish().await.unwrap_err().to_string();
        assert!(refused.contains(reason), "{name} {value}: {refused}");
    }
}

/// ASVS: 6.8.2, 9.1.2
#[tokio::test]
async fn id_tokens_whose_signature_proves_nothing_are_refused() {
    let begun = begun().await;
    let (id, claims) = (begun.key.id(), begun.good_claims());
    let header = |algorithm: &str| json!({ "alg": algorithm, "typ": "JWT", "kid": id });
    let stranger = SigningKey::generate().unwrap();
    let hmac_with = |key: Vec<u8>| {
        move |message: &[u8]| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), message).as_ref().to_vec()
    };
    let public_key = serde_json::to_vec(begun.key.public()).unwrap();
    let client_secret = begun.login.config.client_secret.expose_secret().as_bytes().to_vec();
    let unknown = json!({ "alg": "ES256", "kid": "another" });
    let own_key =
        json!({ "alg": "ES256", "kid": id, "jwk": stranger.public(), "jku": "https://evil.example" });
    let critical = json!({ "alg": "ES256", "kid": id, "crit": ["exp"] });
    for (name, id_token) in [
        ("none", token(&header("none"), &claims, |_| Vec::new())),
        ("HS256, public key", token(&header("HS256"), &claims, hmac_with(public_key))),
        ("HS256, client secret", token(&header("HS256"), &claims, hmac_with(client_secret))),
        ("ES384", token(&header("ES384"), &claims, es256(&begun.key))),
        ("stranger", token(&header("ES256"), &claims, es256(&stranger))),
        ("unknown key", token(&unknown, &claims, es256(&stranger))),
        ("own key inside", token(&own_key, &claims, es256(&stranger))),
        ("critical extension", token(&critical, &claims, es256(&begun.key))),
        ("logout token", token(&json!({ "alg": "ES256", "typ": "logout+jwt" }), &claims, es256(&begun.key))),
        ("no signature", token(&header("ES256"), &claims, |_| Vec::new())),
        ("no token", "garbage".to_owned()),
    ] {
        begun.give(&id_token);
        let refused = begun.finish().await.unwrap_err();
        assert!(
            matches!(refused, LoginRefused::IdToken(_) | LoginRefused::Unanswered(_)),
            "{name}: {refused}"
        );
    }
    begun.published.answers().token =
        (Status::OK, json!({ "access_token": "patients-token", "token_type": "Bearer" }));
    assert!(begun.finish().await.unwrap_err().to_string().contains("there is none"));
}

/// ASVS: 10.1.2, 10.2.1
#[tokio::test]
async fn callbacks_of_another_login_are_refused_before_the_code_is_used() {
    let begun = begun().await;
    begun.give_claims(&begun.good_claims());
    let text = |text: &str| Some(text.to_owned());
    let good = begun.callback();
    for (callback, seconds_later, expected) in [
        (Callback { state: text("stolen"), ..good.clone() }, 0, "this answer belongs to another login"),
        (Callback { state: text(""), ..good.clone() }, 0, "this answer belongs to another login"),
        (Callback { state: None, ..good.clone() }, 0, "this answer belongs to another login"),
        (Callback { code: None, ..good.clone() }, 0, "this answer belongs to another login"),
        (
            Callback { iss: text("https://evil.example"), ..good.clone() },
            0,
            "another identity provider answers",
        ),
        (
            Callback { error: text("access_denied"), ..good.clone() },
            0,
            "the identity provider answers access_denied",
        ),
        (good.clone(), 601, "the login took longer than ten minutes"),
    ] {
        let at = now() + SignedDuration::from_secs(seconds_later);
        let refused = begun.login.finish(&callback, &begun.pending, at).await.unwrap_err();
        assert_eq!(refused.to_string(), expected);
        assert_eq!(refused.status(), 400);
    }
    assert!(begun.published.answers().token_requests.is_empty());
}

#[tokio::test]
async fn a_replayed_code_is_refused_by_the_provider() {
    let begun = begun().await;
    let refused = begun.finish().await.unwrap_err();
    assert!(matches!(refused, LoginRefused::CodeRefused), "{refused}");
}

#[tokio::test]
async fn an_audience_in_a_list_and_the_right_authorized_party_are_accepted() {
    let begun = begun().await;
    let one_in_a_list = changed(&begun.good_claims(), "aud", json!(["balie"]));
    begun.give_claims(&changed(&one_in_a_list, "azp", json!("balie")));
    begun.finish().await.unwrap();
}

/// ASVS: 6.8.1, 10.5.3
#[tokio::test]
async fn a_provider_of_another_name_is_not_believed() {
    let begun = begun().await;
    begun.published.answers().metadata["issuer"] = json!("https://evil.example");
    let login = Login::new(begun.login.config.clone(), http());
    assert!(login.start(&SystemChance, now()).await.is_err());
}

/// ASVS: 6.8.4
#[tokio::test]
async fn less_assurance_than_is_asked_for_is_not_enough() {
    let begun = begun().await;
    for acr in [json!("low"), json!("Substantial"), json!(""), Value::Null] {
        begun.give_claims(&changed(&begun.good_claims(), "acr", acr.clone()));
        let refused = begun.finish().await.unwrap_err();
        assert!(matches!(refused, LoginRefused::Assurance) && refused.status() == 403, "{acr}: {refused}");
    }
    let said = Callback { error: Some("unmet_authentication_requirements".to_owned()), ..begun.callback() };
    let refused = begun.login.finish(&said, &begun.pending, now()).await.unwrap_err();
    assert!(matches!(refused, LoginRefused::Assurance), "{refused}");
    begun.give_claims(&changed(&begun.good_claims(), "acr", json!("high")));
    assert_eq!(begun.finish().await.unwrap().acr.as_deref(), Some("high"));
}

/// ASVS: 10.2.2
#[tokio::test]
async fn a_provider_that_names_itself_in_each_answer_must_do_so_rfc_9207() {
    let begun = begun().await;
    begun.give_claims(&begun.good_claims());
    begun.published.answers().metadata["authorization_response_iss_parameter_supported"] = json!(true);
    let login = Login::new(begun.login.config.clone(), http());
    let refused = login.finish(&begun.callback(), &begun.pending, now()).await.unwrap_err();
    assert!(matches!(refused, LoginRefused::OtherProvider), "{refused}");
    let iss = Some(begun.published.issuer.as_str().to_owned());
    let named = Callback { iss, ..begun.callback() };
    login.finish(&named, &begun.pending, now()).await.unwrap();
}

#[tokio::test]
async fn a_token_of_an_unknown_type_is_not_used() {
    let begun = begun().await;
    begun.give_claims(&begun.good_claims());
    for kind in ["mac", "DPoP"] {
        begun.published.answers().token.1["token_type"] = json!(kind);
        let refused = begun.finish().await.unwrap_err();
        assert!(matches!(refused, LoginRefused::Unanswered(_)), "{kind}: {refused}");
    }
}

#[tokio::test]
async fn a_place_to_log_out_that_would_be_a_script_is_no_place() {
    let begun = begun().await;
    begun.published.answers().metadata["end_session_endpoint"] = json!("javascript:alert(1)");
    let login = Login::new(begun.login.config.clone(), http());
    assert!(login.end_session(None, now()).await.is_err());
}
