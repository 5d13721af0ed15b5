use std::collections::HashMap;

use axum::http::StatusCode as Status;
use jiff::SignedDuration;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use world::SystemChance;

use super::*;
use crate::{
    Claims, Issuer, SigningKey,
    secret::code_challenge,
    test_support::{Published, es256, http, jwks, now, token},
};

mod attacks;

/// A provider, and a login that was begun there.
struct Begun {
    published: Published,
    login: Login,
    key: SigningKey,
    url: Url,
    pending: Pending,
}

async fn begun() -> Begun {
    let key = SigningKey::generate().unwrap();
    let published = Published::start(jwks(&[&key])).await;
    let config = LoginConfig {
        issuer: published.issuer.clone(),
        client_id: "balie".to_owned(),
        client_secret: "a secret/".to_owned().into(),
        redirect_uri: "https://platform.example/login/callback".parse().unwrap(),
        scopes: vec!["profile".to_owned()],
        acr_values: vec!["substantial".to_owned(), "high".to_owned()],
    };
    let login = Login::new(config, http());
    let (url, pending) = login.start(&SystemChance, now()).await.unwrap();
    Begun { published, login, key, url, pending }
}

impl Begun {
    fn good_claims(&self) -> Value {
        let second = now().as_second();
        json!({
            "iss": self.published.issuer, "aud": "balie", "sub": "jan", "exp": second + 300, "iat": second,
            "nonce": self.pending.nonce, "acr": "substantial", "name": "Jan Jansen", "bsn": "999990019",
        })
    }

    /// The token endpoint answers with this ID token from now on.
    fn give(&self, id_token: &str) {
        let answer = json!({
            "access_token": "patients-token", "token_type": "Bearer", "expires_in": 120, "id_token": id_token,
        });
        self.published.answers().token = (Status::OK, answer);
    }

    fn give_claims(&self, claims: &Value) {
        let header = json!({ "alg": "ES256", "typ": "JWT", "kid": self.key.id() });
        self.give(&token(&header, claims, es256(&self.key)));
    }

    fn callback(&self) -> Callback {
        let state = Some(self.pending.state.clone());
        Callback { code: Some("the-code".to_owned()), state, ..Callback::default() }
    }

    async fn finish(&self) -> Result<Identity, LoginRefused> {
        self.login.finish(&self.callback(), &self.pending, now()).await
    }
}

#[tokio::test]
async fn the_browser_is_sent_with_pkce_state_and_nonce() {
    let begun = begun().await;
    let query: HashMap<_, _> = begun.url.query_pairs().into_owned().collect();
    assert!(begun.url.as_str().starts_with(&begun.published.issuer.below("/authorize?")));
    let expected = [
        ("response_type", "code"),
        ("client_id", "balie"),
        ("redirect_uri", "https://platform.example/login/callback"),
        ("scope", "openid profile"),
        ("acr_values", "substantial high"),
        ("code_challenge_method", "S256"),
        ("code_challenge", &code_challenge(&begun.pending.pkce_verifier)),
        ("state", &begun.pending.state),
        ("nonce", &begun.pending.nonce),
    ];
    for (name, value) in expected {
        assert_eq!(query[name], value, "{name}");
    }
    assert_eq!(query.len(), expected.len());
}

#[tokio::test]
async fn a_finished_login_gives_the_identity() {
    let begun = begun().await;
    begun.give_claims(&begun.good_claims());
    let identity = begun.finish().await.unwrap();
    assert_eq!(identity.subject, "jan");
    assert_eq!(identity.issuer, begun.published.issuer.as_str());
    assert_eq!(identity.acr.as_deref(), Some("substantial"));
    assert_eq!(identity.text("bsn"), Some("999990019"));
    assert_eq!(identity.access_token.expose_secret(), "patients-token");
    assert_eq!(identity.expires_at, now() + SignedDuration::from_secs(120));
    let shown = format!("{identity:?} {:?} {:?} {:?}", begun.login, begun.pending, begun.callback());
    for hidden in ["999990019", "Jansen", "patients-token", "a secret", &begun.pending.state, "the-code"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
}

#[tokio::test]
async fn our_own_issuers_id_token_is_accepted_with_its_access_token_only() {
    let begun = begun().await;
    let issuer = Issuer { issuer: begun.published.issuer.clone(), key: begun.key.clone() };
    let lifetime = std::time::Duration::from_secs(300);
    let claims =
        Claims::new("jan", "balie", "id-1", now(), lifetime).with("nonce", begun.pending.nonce.as_str());
    let claims = Claims { acr: Some("substantial".to_owned()), ..claims };
    begun.give(&issuer.mint_id_token(&claims, "patients-token").unwrap());
    begun.finish().await.unwrap();
    begun.give(&issuer.mint_id_token(&claims, "another-token").unwrap());
    let refused = begun.finish().await.unwrap_err().to_string();
    assert!(refused.contains("it belongs to another access token"), "{refused}");
}

#[tokio::test]
async fn the_code_is_exchanged_with_the_verifier_and_the_clients_secret() {
    let begun = begun().await;
    begun.give_claims(&begun.good_claims());
    begun.finish().await.unwrap();
    let (authorization, form) = begun.published.answers().token_requests[0].clone();
    // balie:a+secret%2F
    assert_eq!(authorization.as_deref(), Some("Basic YmFsaWU6YStzZWNyZXQlMkY="));
    assert!(form.contains(&format!("code_verifier={}", begun.pending.pkce_verifier)));
    assert!(form.contains("code=the-code") && form.contains("grant_type=authorization_code"));
}

#[tokio::test]
async fn a_pending_login_survives_storage() {
    let pending = begun().await.pending;
    let stored = serde_json::to_string(&pending).unwrap();
    assert_eq!(serde_json::from_str::<Pending>(&stored).unwrap(), pending);
}

#[tokio::test]
async fn a_provider_that_changed_its_key_is_asked_again_once() {
    let mut begun = begun().await;
    begun.key = SigningKey::generate().unwrap();
    begun.published.answers().keys = jwks(&[&begun.key]);
    begun.give_claims(&begun.good_claims());
    let later = now() + SignedDuration::from_secs(31);
    begun.login.finish(&begun.callback(), &begun.pending, later).await.unwrap();
    assert_eq!(begun.published.answers().key_readings, 2);
}

#[tokio::test]
async fn the_way_out_names_the_client_and_no_person() {
    let begun = begun().await;
    assert_eq!(begun.login.end_session(None, now()).await.unwrap(), None);
    let later = now() + SignedDuration::from_hours(2);
    begun.published.answers().metadata["end_session_endpoint"] = json!("http://127.0.0.1/bye");
    let home = Some("https://platform.example/".parse().unwrap());
    let url = begun.login.end_session(home, later).await.unwrap().unwrap();
    let expected =
        "http://127.0.0.1/bye?client_id=balie&post_logout_redirect_uri=https%3A%2F%2Fplatform.example%2F";
    assert_eq!(url.as_str(), expected);
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_no_refusal() {
    let begun = begun().await;
    begun.published.answers().metadata = json!({});
    let login = Login::new(begun.login.config.clone(), http());
    assert!(login.start(&SystemChance, now()).await.is_err());
    begun.published.answers().token = (Status::INTERNAL_SERVER_ERROR, json!("oops"));
    let refused = begun.finish().await.unwrap_err();
    assert_eq!(refused.status(), 503, "{refused}");
}
