use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};
use oauth::{Callback, Credential, Identity, Login, LoginConfig, Pending, TokenClient, TokenUnavailable};
use world::{Client, Clock, Limits, Response, SystemChance};

use super::*;

mod refusals;

const XIS: &str = "http://127.0.0.1:8081/fhir/r4";
const CALLBACK: &str = "http://127.0.0.1:8080/login/callback";
const FATIMA: &str = "999990020";

/// A clock that stands still until it is turned.
struct TurnedClock(Mutex<Timestamp>);

#[async_trait]
impl Clock for TurnedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    async fn sleep(&self, _: Duration) {}
}

/// The provider, served on loopback, and a program that logs people in there.
struct Running {
    issuer: IssuerUrl,
    clock: Arc<TurnedClock>,
    world: World,
    login: Login,
}

async fn running() -> Running {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer: IssuerUrl = format!("http://{}/dev/idp", listener.local_addr().unwrap()).parse().unwrap();
    let clock = Arc::new(TurnedClock(Mutex::new(Timestamp::from_second(1_500_000_000).unwrap())));
    let http = Arc::new(Client::new().unwrap());
    let world = World { clock: clock.clone(), http, ..World::system().unwrap() };
    let router = Router::new().nest("/dev/idp", router(config(issuer.clone()), world.clone()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let login = Login::new(
        LoginConfig {
            issuer: issuer.clone(),
            client_id: "platform".to_owned(),
            client_secret: "platform-secret".to_owned().into(),
            redirect_uri: CALLBACK.parse().unwrap(),
            scopes: vec!["profile".to_owned()],
            acr_values: vec![ASSURANCE.to_owned()],
        },
        world.http.clone(),
    );
    Running { issuer, clock, world, login }
}

fn config(issuer: IssuerUrl) -> IdpConfig {
    let client = |id: &str, audience: &str| IdpClient {
        id: id.to_owned(),
        secret: format!("{id}-secret").into(),
        redirect_uris: vec![CALLBACK.parse().unwrap()],
        home: "http://127.0.0.1:8080/".parse().unwrap(),
        audiences: vec![audience.to_owned()],
    };
    IdpConfig {
        issuer,
        key: SigningKey::generate().unwrap(),
        people: vec![
            TestPerson::patient(0, "999990019", "Jan Jansen"),
            TestPerson::patient(1, FATIMA, "Fatima <el> Amrani"),
        ],
        clients: vec![client("platform", XIS), client("other", "http://other.example")],
    }
}

impl Running {
    fn turn(&self, seconds: i64) {
        *self.clock.0.lock().unwrap() += SignedDuration::from_secs(seconds);
    }

    async fn get(&self, url: &str) -> Response {
        self.send("GET", url, "").await
    }

    async fn send(&self, method: &str, url: &str, form: &'static str) -> Response {
        let request = http::Request::builder()
            .method(method)
            .uri(url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Bytes::from(form))
            .unwrap();
        self.world.http.send(request, Limits::default()).await.unwrap()
    }

    /// Begins a login and presses a button: where the browser is sent, and the login.
    async fn press(&self, button: &'static str) -> (Url, Pending) {
        let (url, pending) = self.login.start(&SystemChance, self.world.now()).await.unwrap();
        let answer = self.send("POST", url.as_str(), button).await;
        assert_eq!(answer.status(), 303);
        (location(&answer), pending)
    }

    async fn log_in(&self, button: &'static str) -> Identity {
        let (url, pending) = self.press(button).await;
        self.login.finish(&callback(&url), &pending, self.world.now()).await.unwrap()
    }

    fn token_client(&self, id: &str) -> TokenClient {
        TokenClient {
            http: self.world.http.clone(),
            endpoint: self.issuer.below("/token").parse().unwrap(),
            client_id: id.to_owned(),
            credential: Credential::Secret(format!("{id}-secret").into()),
        }
    }

    /// What the XIS reads in a token meant for it.
    async fn read_at_xis(&self, token: &oauth::AccessToken) -> oauth::Claims {
        use secrecy::ExposeSecret as _;
        let verifier = Verifier::remote(self.issuer.clone(), XIS, self.world.http.clone());
        verifier.verify(token.secret.expose_secret(), self.world.now()).await.unwrap()
    }
}

fn location(answer: &Response) -> Url {
    answer.headers()["location"].to_str().unwrap().parse().unwrap()
}

fn callback(url: &Url) -> Callback {
    let mut query: HashMap<String, String> = url.query_pairs().into_owned().collect();
    let mut take = |name: &str| query.remove(name);
    Callback { code: take("code"), state: take("state"), iss: take("iss"), error: take("error") }
}

#[tokio::test]
async fn a_chosen_patient_is_logged_in() {
    let running = running().await;
    let identity = running.log_in("person=1").await;
    assert_eq!(identity.subject, "test-patient-2");
    assert_eq!(identity.text("bsn"), Some(FATIMA));
    assert_eq!(identity.text("name"), Some("Fatima <el> Amrani"));
    assert_eq!(identity.acr.as_deref(), Some(ASSURANCE));
    assert_eq!(identity.expires_at, running.world.now() + SignedDuration::from_hours(8));
}

/// ASVS: 10.1.1
#[tokio::test]
async fn the_patients_token_is_exchanged_for_one_that_carries_the_bsn_to_that_xis_alone() {
    let running = running().await;
    let identity = running.log_in("person=1").await;
    let client = running.token_client("platform");
    let token =
        client.exchange(&identity.access_token, XIS, Some("fhir"), running.world.now()).await.unwrap();
    let claims = running.read_at_xis(&token).await;
    assert_eq!(claims.text("bsn"), Some(FATIMA));
    assert_eq!(claims.aud, [XIS]);
    assert_eq!(claims.sub, identity.subject);
    assert_eq!(claims.act.map(|actor| actor.sub).as_deref(), Some("platform"));
    assert!(claims.scope.as_deref() == Some("fhir") && token.scope.as_deref() == Some("fhir"));
}

#[tokio::test]
async fn a_program_gets_a_token_of_its_own_without_a_bsn() {
    let running = running().await;
    let client = running.token_client("platform");
    let token = client.client_credentials(None, Some(XIS), running.world.now()).await.unwrap();
    let claims = running.read_at_xis(&token).await;
    assert_eq!((claims.sub.as_str(), claims.text("bsn"), &claims.act), ("platform", None, &None));
}

#[tokio::test]
async fn no_url_names_the_patient() {
    let running = running().await;
    let (url, pending) = running.press("person=1").await;
    let shown = format!("{url} {pending:?}");
    assert!(!shown.contains(FATIMA) && !shown.contains("Fatima"), "{shown}");
}

#[tokio::test]
async fn the_page_says_in_two_languages_that_it_is_a_demo_and_holds_nothing_inline() {
    let running = running().await;
    let (url, _) = running.login.start(&SystemChance, running.world.now()).await.unwrap();
    let answer = running.get(url.as_str()).await;
    let page = String::from_utf8(answer.body().to_vec()).unwrap();
    assert!(page.contains("Dit is geen echte inlogdienst") && page.contains("not a real login service"));
    assert!(page.contains("Jan Jansen") && !page.contains("<el>"), "names are escaped");
    assert!(!page.contains("<script") && !page.contains("<style") && !page.contains("style=\""));
    let policy = answer.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("form-action 'self' http://127.0.0.1:8080;"), "{policy}");
    let stylesheet = running.get(&running.issuer.below("/style.css")).await;
    assert_eq!(stylesheet.headers()["content-type"], "text/css; charset=utf-8");
}

#[tokio::test]
async fn who_is_not_sure_enough_says_so() {
    let running = running().await;
    let (url, pending) = running.press("person=1&unsure=1").await;
    let refused = running.login.finish(&callback(&url), &pending, running.world.now()).await.unwrap_err();
    assert!(matches!(refused, oauth::LoginRefused::Assurance), "{refused}");
}

#[tokio::test]
async fn logging_out_leads_back_to_the_program_and_nowhere_else() {
    let running = running().await;
    for (home, is_known) in [("http://127.0.0.1:8080/", true), ("http://evil.example/", false)] {
        let home: Url = home.parse().unwrap();
        let out = running.login.end_session(Some(home.clone()), running.world.now()).await.unwrap().unwrap();
        let answer = running.get(out.as_str()).await;
        let page = String::from_utf8(answer.body().to_vec()).unwrap();
        assert!(page.contains("U bent hier uitgelogd"));
        assert_eq!(page.contains(home.as_str()), is_known, "{page}");
    }
}
