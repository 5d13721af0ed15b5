use super::*;

#[tokio::test]
async fn who_does_not_choose_is_sent_back_without_a_code() {
    let running = running().await;
    for button in ["", "person=2"] {
        let (url, pending) = running.press(button).await;
        let refused = running.login.finish(&callback(&url), &pending, running.world.now()).await.unwrap_err();
        assert_eq!(refused.to_string(), "the identity provider answers access_denied");
    }
}

#[tokio::test]
async fn a_code_works_once() {
    let running = running().await;
    let (url, pending) = running.press("person=0").await;
    let finish = || async { running.login.finish(&callback(&url), &pending, running.world.now()).await };
    finish().await.unwrap();
    assert!(matches!(finish().await, Err(oauth::LoginRefused::CodeRefused)));
}

#[tokio::test]
async fn a_code_works_for_a_minute() {
    let running = running().await;
    for (seconds, works) in [(59, true), (60, false)] {
        let (url, pending) = running.press("person=0").await;
        running.turn(seconds);
        let finished = running.login.finish(&callback(&url), &pending, running.world.now()).await;
        assert_eq!(finished.is_ok(), works, "after {seconds} s");
    }
}

#[tokio::test]
async fn a_code_works_with_the_verifier_of_its_own_login_only() {
    let running = running().await;
    let (stolen, _) = running.press("person=0").await;
    let (own, pending) = running.press("person=1").await;
    let mixed = Callback { code: callback(&stolen).code, ..callback(&own) };
    let finished = running.login.finish(&mixed, &pending, running.world.now()).await;
    assert!(matches!(finished, Err(oauth::LoginRefused::CodeRefused)), "{finished:?}");
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let running = running().await;
    let (url, _) = running.login.start(&SystemChance, running.world.now()).await.unwrap();
    let callback = "redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Flogin%2Fcallback";
    assert!(url.as_str().contains(callback));
    for (from, to) in [
        (callback, "redirect_uri=http%3A%2F%2Fevil.example%2F"),
        (callback, "redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Flogin%2Fcallback%2F"),
        (callback, ""),
        ("client_id=platform", "client_id=stranger"),
        ("client_id=platform", "client_id=platform&client_id=other"),
    ] {
        let answer = running.get(&url.as_str().replace(from, to)).await;
        assert_eq!(answer.status(), 400, "{to}");
        assert!(!answer.headers().contains_key("location"), "{to}");
    }
}

#[tokio::test]
async fn other_mistakes_are_told_to_the_program() {
    let running = running().await;
    let (url, _) = running.login.start(&SystemChance, running.world.now()).await.unwrap();
    for (from, to, error) in [
        ("response_type=code", "response_type=token", "unsupported_response_type"),
        ("response_type=code", "", "invalid_request"),
        ("scope=openid", "scope=email", "invalid_scope"),
        ("code_challenge_method=S256", "code_challenge_method=plain", "invalid_request"),
        ("code_challenge=", "other=", "invalid_request"),
        ("client_id=", "prompt=none&client_id=", "login_required"),
    ] {
        let answer = running.get(&url.as_str().replacen(from, to, 1)).await;
        assert_eq!(answer.status(), 303, "{to}");
        assert_eq!(callback(&location(&answer)).error.as_deref(), Some(error), "{to}");
    }
}

#[tokio::test]
async fn a_token_is_exchanged_by_its_own_client_for_an_allowed_audience_while_it_lasts() {
    let running = running().await;
    let patients_token = running.log_in("person=0").await.access_token;
    let exchange = |id, audience| {
        let client = running.token_client(id);
        let (token, now) = (patients_token.clone(), running.world.now());
        async move { client.exchange(&token, audience, None, now).await }
    };
    assert_eq!(refusal(exchange("platform", "http://other.example").await), "invalid_target");
    assert_eq!(refusal(exchange("other", "http://other.example").await), "invalid_request");
    assert_eq!(refusal(exchange("stranger", XIS).await), "invalid_client");
    exchange("platform", XIS).await.unwrap();
    running.turn(8 * 3600 + 61);
    assert_eq!(refusal(exchange("platform", XIS).await), "invalid_request");
}

#[tokio::test]
async fn an_exchanged_token_an_id_token_and_a_programs_token_are_not_exchanged() {
    let running = running().await;
    let (identity, now) = (running.log_in("person=0").await, running.world.now());
    let client = running.token_client("platform");
    let exchanged = client.exchange(&identity.access_token, XIS, None, now).await.unwrap();
    let own = client.client_credentials(None, Some(XIS), now).await.unwrap();
    for token in [&exchanged.secret, &own.secret, &identity.id_token, &"garbage".to_owned().into()] {
        assert_eq!(refusal(client.exchange(token, XIS, None, now).await), "invalid_request");
    }
}

#[tokio::test]
async fn a_program_needs_its_secret_and_an_audience_that_it_may_have() {
    let running = running().await;
    let now = running.world.now();
    let client = running.token_client("platform");
    assert_eq!(refusal(client.client_credentials(None, None, now).await), "invalid_request");
    assert_eq!(
        refusal(client.client_credentials(None, Some("http://other.example"), now).await),
        "invalid_target"
    );
    let guesser = TokenClient { credential: Credential::Secret("guess".to_owned().into()), ..client };
    assert_eq!(refusal(guesser.client_credentials(None, Some(XIS), now).await), "invalid_client");
}

fn refusal(outcome: Result<oauth::AccessToken, TokenUnavailable>) -> String {
    match outcome {
        Err(TokenUnavailable::Refused { error, .. }) => error,
        other => panic!("not refused: {other:?}"),
    }
}
