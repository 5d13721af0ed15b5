//! How `balie serve` stops while others hang, and what the next one finds.

use std::{sync::Arc, time::Duration};

use agenda::Bsn;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, redirect::Policy};
use serde_json::json;
use store::{AccountId, Db, Keys, Language, NewAccount, SCHEMA, Session, SessionTokens, Store, Vault};
use testkit::{Answer, Caller, JAN, appointment};
use world::{Chance as _, Clock as _, SystemChance, SystemClock};

use crate::{
    operator::Operator,
    serving::{Hanging, Serving, free_port},
};

const AGB: &str = "01000001";

/// A platform whose practice's system and mail server hang, with Jan, who is logged in.
struct Scene {
    operator: Operator,
    base: String,
    store: Store,
    xis: Hanging,
    mail: Hanging,
    http: Client,
    cookie: String,
    secret: String,
}

impl Scene {
    async fn new() -> Self {
        let (operator, xis, mail, port) =
            (Operator::new(), Hanging::listen(), Hanging::listen(), free_port());
        let text = std::fs::read_to_string(operator.file()).unwrap();
        let text = text
            .replace("'127.0.0.1:0'", &format!("'127.0.0.1:{port}'"))
            .replace("'https://login.example/token'", &format!("'http://127.0.0.1:{}/token'", xis.port))
            .replace("host = 'smtp.example'\nport = 587\nsecurity = 'starttls'\nuser = 'balie'\n", "")
            .replace("password = { file = 'mail-password' }\n", "")
            .replace(
                "[mail]\n",
                &format!("[mail]\nhost = '127.0.0.1'\nport = {}\nsecurity = 'none'\n", mail.port),
            );
        std::fs::write(operator.file(), &text).unwrap();
        let secret = operator.succeeds(&["xis-client", "add", "my-xis"]);
        let secret =
            secret.lines().find_map(|line| line.strip_prefix("client_secret = ")).unwrap().to_owned();
        let address = format!("xis_base_url=http://127.0.0.1:{}/fhir/r4", xis.port);
        operator.succeeds(&["practice", "add", AGB, "--name", "De Linde", "--client", "my-xis", &address]);
        let db = Db::connect(&operator.database(), SCHEMA).await.unwrap();
        let store = Store::new(db, Arc::new(Vault::new(&keys(&text)).unwrap()));
        let cookie = log_in(&store, SystemClock.now()).await;
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { operator, base: format!("http://127.0.0.1:{port}"), store, xis, mail, http, cookie, secret }
    }

    /// A visit next week, as the practice tells it. A mail about it is on its way then.
    async fn is_planned(&mut self) {
        let caller = Caller::new(&self.base, &self.http, "my-xis", &self.secret).await;
        let mut visit = appointment("a", JAN);
        let start = SystemClock.now() + SignedDuration::from_hours(7 * 24);
        visit["start"] = json!(start.to_string());
        visit["end"] = json!((start + SignedDuration::from_mins(10)).to_string());
        let answer = caller.put(AGB, "a", &visit).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        self.mail.is_called();
    }

    /// Jan cancels it: the practice's system is being asked then, and does not answer.
    async fn is_cancelled(&mut self) -> tokio::task::JoinHandle<Answer> {
        let (store, bsn) = (&self.store, &Bsn::parse(JAN.bsn).unwrap());
        let visits = store.read("visits", |mut tx| async move {
            let account = store.account_of(&mut tx, bsn).await?.unwrap();
            store.appointments_of(&mut tx, account.id).await
        });
        let visits: Result<_, store::Error> = visits.await;
        let request = self
            .http
            .post(format!("{}/appointments/{}/cancel", self.base, visits.unwrap()[0].id))
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body("words=");
        let page = tokio::spawn(Answer::to(request));
        self.xis.is_called();
        page
    }
}

/// The keys of the configuration.
fn keys(text: &str) -> Keys {
    let keys = text.parse::<toml::Table>().unwrap()["keys"].clone();
    let key = |text: &toml::Value| -> [u8; 32] {
        STANDARD.decode(text.as_str().unwrap()).unwrap().try_into().unwrap()
    };
    Keys {
        current: 1,
        sealing: [(1, key(&keys["sealing"]["1"]))].into(),
        index: key(&keys["index"]),
        audit: key(&keys["audit"]).into(),
    }
}

/// Jan's cookie, once he has an account.
async fn log_in(store: &Store, now: Timestamp) -> String {
    let (bsn, cookie) = (&Bsn::parse(JAN.bsn).unwrap(), &SystemChance.uuid().to_string());
    let id = AccountId::new(SystemChance.uuid());
    let account = &NewAccount { id, bsn, name: JAN.name, mail: Some(JAN.mail), language: Language::Dutch };
    let tokens = &SessionTokens {
        access_token: "of Jan".to_owned(),
        access_expires_at: now + SignedDuration::from_hours(1),
    };
    let logged_in: Result<(), store::Error> = store
        .tx("log in", |mut tx| async move {
            store.add_account(&mut tx, account, now).await?;
            store.add_membership(&mut tx, id, &AGB.parse().unwrap()).await?;
            let session = Session { account: id, tokens: tokens.clone(), started_at: now, used_at: now };
            store.add_session(&mut tx, cookie, &session).await
        })
        .await;
    logged_in.unwrap();
    format!("__Host-balie_session={cookie}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_stops_within_ten_seconds_while_others_hang_and_the_next_one_goes_on_at_once() {
    let mut scene = Scene::new().await;
    let serving = Serving::start(&scene.operator);
    scene.is_planned().await;
    let page = scene.is_cancelled().await;

    let (ended, took) = serving.stop();
    assert!(ended.success() && took < Duration::from_secs(10), "{ended} after {took:?}");
    let page = page.await.unwrap();
    assert_eq!(page.status, 303, "what was asked is answered: {}", page.text);
    assert_eq!(testkit::leased(scene.store.db(), "mail").await, 0, "what did not end was given back");

    let (serving, started_at) = (Serving::start(&scene.operator), std::time::Instant::now());
    scene.mail.is_called();
    scene.xis.is_called();
    assert!(started_at.elapsed() < Duration::from_secs(20), "sooner than by any lease");
    serving.kill();

    // Nor does it need to have been told to stop.
    let (serving, started_at) = (Serving::start(&scene.operator), std::time::Instant::now());
    scene.mail.is_called();
    scene.xis.is_called();
    assert!(started_at.elapsed() < Duration::from_secs(20), "sooner than by any lease");
    drop(serving);
}

#[tokio::test]
async fn one_process_serves_a_file_and_commands_work_beside_it() {
    let scene = Scene::new().await;
    let serving = Serving::start(&scene.operator);
    let refused = scene.operator.types(&["serve"]);
    assert!(!refused.ok);
    let last = refused.err.lines().last().unwrap_or_default().to_owned();
    assert!(last.ends_with("platform.db is in use by another balie process"), "{}", refused.err);
    assert_eq!(refused.err.lines().count(), 1, "{}", refused.err);
    scene.operator.succeeds(&["practice", "set", AGB, "name=De Eik"]);
    assert_eq!(scene.operator.succeeds(&["outbox", "stuck"]), "nothing is stuck\n");
    let (ended, took) = serving.stop();
    assert!(ended.success() && took < Duration::from_secs(3), "{ended} after {took:?}");
    let wal = scene.operator.0.path().join("platform.db-wal");
    assert_eq!(wal.metadata().map_or(0, |wal| wal.len()), 0, "all of it is in the file itself");
}
