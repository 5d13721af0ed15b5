use super::*;

struct There {
    published: Published,
    verifier: Verifier,
    old: SigningKey,
    new: SigningKey,
}

async fn there() -> There {
    let (old, new) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
    let published = Published::start(jwks(&[&old])).await;
    let verifier = Verifier::remote(published.issuer.clone(), AUDIENCE, http());
    There { published, verifier, old, new }
}

impl There {
    async fn verify(&self, key: &SigningKey, seconds_later: i64) -> Result<(), TokenRefused> {
        let at = now() + jiff::SignedDuration::from_secs(seconds_later);
        let mut claims = good_json(self.published.issuer.as_str());
        claims["exp"] = json!(at.as_second() + 300);
        let token = token(&json!({ "alg": "ES256", "kid": key.id() }), &claims, es256(key));
        self.verifier.verify(&token, at).await.map(|_| ())
    }

    fn readings(&self) -> usize {
        self.published.answers().key_readings
    }
}

#[tokio::test]
async fn keys_are_read_once_for_many_tokens() {
    let there = there().await;
    let verify = || there.verify(&there.old, 0);
    let (first, second, third) = tokio::join!(verify(), verify(), verify());
    assert_eq!((first, second, third), (Ok(()), Ok(()), Ok(())));
    assert_eq!(there.readings(), 1);
}

#[tokio::test]
async fn a_new_key_is_found_and_a_dropped_one_forgotten() {
    let there = there().await;
    there.verify(&there.old, 0).await.unwrap();
    there.published.answers().keys = jwks(&[&there.new]);
    there.verify(&there.new, 31).await.unwrap();
    assert_eq!(there.verify(&there.old, 32).await, Err(TokenRefused::UnknownKey));
    assert_eq!(there.readings(), 2);
}

#[tokio::test]
async fn unknown_keys_cause_one_reading_in_thirty_seconds() {
    let there = there().await;
    there.verify(&there.old, 0).await.unwrap();
    for second in 0..60 {
        assert_eq!(there.verify(&there.new, second).await, Err(TokenRefused::UnknownKey));
    }
    assert_eq!(there.readings(), 2);
}

#[tokio::test]
async fn a_withdrawn_key_is_refused_after_an_hour() {
    let there = there().await;
    there.verify(&there.old, 0).await.unwrap();
    there.published.answers().keys = jwks(&[&there.new]);
    assert_eq!(there.verify(&there.old, 3599).await, Ok(()));
    assert_eq!(there.verify(&there.old, 3600).await, Err(TokenRefused::UnknownKey));
}

#[tokio::test]
async fn an_issuer_that_falls_silent_is_believed_for_a_day() {
    let there = there().await;
    there.verify(&there.old, 0).await.unwrap();
    there.published.answers().metadata = json!({});
    assert_eq!(there.verify(&there.old, 7200).await, Ok(()));
    let after_a_day = there.verify(&there.old, 86_400).await;
    assert!(matches!(after_a_day, Err(TokenRefused::IssuerUnavailable(_))), "{after_a_day:?}");
}

#[tokio::test]
async fn another_issuers_metadata_and_a_silent_issuer_are_no_refusal_of_the_token() {
    let there = there().await;
    there.published.answers().metadata["issuer"] = json!("https://evil.example");
    let outcome = there.verify(&there.old, 0).await;
    assert!(matches!(outcome, Err(TokenRefused::IssuerUnavailable(_))), "{outcome:?}");

    let nowhere = Verifier::remote("http://127.0.0.1:1".parse().unwrap(), AUDIENCE, http());
    let token = token(&json!({ "alg": "ES256" }), &good_json("http://127.0.0.1:1"), es256(&there.old));
    let outcome = nowhere.verify(&token, now()).await;
    assert!(matches!(outcome, Err(TokenRefused::IssuerUnavailable(_))), "{outcome:?}");
}

#[tokio::test]
async fn an_issuer_that_was_down_is_tried_again_soon() {
    let there = there().await;
    let good = there.published.answers().metadata.take();
    assert!(there.verify(&there.old, 0).await.is_err());
    there.published.answers().metadata = good;
    assert!(there.verify(&there.old, 1).await.is_err());
    there.verify(&there.old, 2).await.unwrap();
}

#[tokio::test]
async fn a_signature_that_was_right_is_believed_for_a_minute_and_no_other_token_with_it() {
    let there = there().await;
    let claims = good_json(there.published.issuer.as_str());
    let signed_by =
        |key: &SigningKey| token(&json!({ "alg": "ES256", "kid": there.old.id() }), &claims, es256(key));
    let good = signed_by(&there.old);
    let verify = async |token: &str, second| {
        let at = now() + jiff::SignedDuration::from_secs(second);
        there.verifier.verify(token, at).await.map(|claims| claims.sub)
    };
    verify(&good, 0).await.unwrap();
    // The same claims under the same name of a key, signed by another.
    assert_eq!(verify(&signed_by(&there.new), 1).await, Err(TokenRefused::Signature));
    there.published.answers().keys = jwks(&[&there.new]);
    assert_eq!(there.verify(&there.new, 31).await, Ok(()), "the keys have been read again");
    assert_eq!(verify(&good, 59).await.as_deref(), Ok("demo-xis"));
    assert_eq!(verify(&good, 60).await, Err(TokenRefused::UnknownKey));
}

#[tokio::test]
async fn what_is_believed_still_expires() {
    let Here { issuer, verifier } = here();
    let minted = issuer.mint(&good_claims()).unwrap();
    for (second, expected) in [(0, None), (359, None), (360, Some(TokenRefused::Expired))] {
        let at = now() + jiff::SignedDuration::from_secs(second);
        assert_eq!(verifier.verify(&minted, at).await.err(), expected, "after {second} s");
    }
}
