//! A XIS on a loopback port, with demonstration data, a token issuer and a clock that the test turns.
#![allow(dead_code, reason = "each test uses its part of these helpers")]

mod api;
mod booking;
mod clock;
mod desk;
mod issuer;
mod pages;
mod platform;

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::Router;
use jiff::civil::{Date, date};
use serde_json::json;
use world::{Outgoing, World};
use xis::{
    Config, Xis,
    config::Agb,
    seed::{Demo, Person},
};

pub(crate) use api::{Answer, Call};
pub(crate) use booking::{NUMBERS, appointment, patient_id};
pub(crate) use clock::TestClock;
pub(crate) use desk::{cookie, jansen};
pub(crate) use issuer::Tokens;
pub(crate) use pages::{MEHMET, place};
pub(crate) use platform::{Heard, Notices, Platform};

/// Books at once.
pub(crate) const PLAIN: &str = "01000001";
/// Approves what patients book.
pub(crate) const APPROVING: &str = "01000002";
/// Has nothing to book.
pub(crate) const EMPTY: &str = "01000003";

pub(crate) const JAN: &str = "999990019";
pub(crate) const FATIMA: &str = "999990020";

/// A Monday. It is six in the morning in Amsterdam when a test begins.
pub(crate) const MONDAY: Date = date(2026, 5, 11);

/// A running XIS and what is around it.
pub(crate) struct Bench {
    pub(crate) xis: Xis,
    pub(crate) base: String,
    pub(crate) world: World,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) tokens: Tokens,
    pub(crate) platform: Platform,
    pub(crate) database: &'static str,
    /// Of who is logged in.
    cookie: Mutex<String>,
    /// Address and schema of its tables.
    tables: (String, String),
    _folder: tempfile::TempDir,
}

/// A bench on each database, each with its own data of a little more than a week.
pub(crate) async fn benches() -> [Bench; 2] {
    benches_of(8).await
}

/// The same with times offered this many days ahead.
pub(crate) async fn benches_of(days: u16) -> [Bench; 2] {
    let (sqlite, postgres) = tokio::join!(Bench::open("SQLite", days), Bench::open("PostgreSQL", days));
    [sqlite, postgres]
}

impl Bench {
    async fn open(database: &'static str, days: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match database {
            "SQLite" => format!("sqlite:{}/xis.db", folder.path().display()),
            _ => std::env::var("BALIE_TEST_POSTGRES")
                .expect("run this through scripts/with-postgres (make quick)"),
        };
        let clock = Arc::new(TestClock::at("2026-05-11T04:00:00Z"));
        let world = World { clock: clock.clone(), ..World::reaching(&Outgoing::to_this_machine()).unwrap() };
        let tokens = Tokens::start(clock.clone()).await;
        let platform = Platform::start().await;
        let (address, listener) = listen().await;
        let base = format!("http://{address}");
        let tables = (url, schema());
        let config = config(&base, &tables, &tokens, &platform);
        let xis = Xis::open(config, world.clone()).await.unwrap();
        xis::seed::demo(&xis, &demo(MONDAY, days)).await.unwrap();
        serve(listener, xis.router());
        let cookie = Mutex::default();
        let bench =
            Self { xis, base, world, clock, tokens, platform, database, cookie, tables, _folder: folder };
        bench.log_in(&jansen()).await;
        bench
    }

    /// The same with a XIS that may be asked to misbehave.
    pub(crate) async fn misbehaving(self) -> Self {
        self.opened_with(|config| config.faults.allow = true).await
    }

    /// The same with another configuration.
    pub(crate) async fn opened_with(self, change: impl FnOnce(&mut Config)) -> Self {
        let (address, listener) = listen().await;
        let base = format!("http://{address}");
        let mut config = config(&base, &self.tables, &self.tokens, &self.platform);
        change(&mut config);
        let xis = Xis::open(config, self.world.clone()).await.unwrap();
        serve(listener, xis.router());
        Self { xis, base, ..self }
    }

    /// Its database, behind its back.
    pub(crate) async fn tables(&self) -> db::Db {
        db::Db::connect(&self.tables.0, &self.tables.1).await.unwrap()
    }

    /// A call to the FHIR server for practice 01000001.
    pub(crate) fn fhir(&self, method: &str, path: &str) -> Call<'_> {
        Call::new(self, method, &format!("/fhir/r4/{path}")).header("x-organization-identifier", PLAIN)
    }
}

/// The demonstration data of these tests.
pub(crate) fn demo(today: Date, days_ahead: u16) -> Demo {
    let person = |bsn: &str, name: &str| Person {
        bsn: bsn.parse().unwrap(),
        name: name.to_owned(),
        birth_date: None,
        phone: Some("06 1234 5699".to_owned()),
        practices: [PLAIN, APPROVING, EMPTY].map(|agb| agb.parse().unwrap()).to_vec(),
    };
    let people = vec![person(JAN, "Jan Jansen"), person(FATIMA, "Fatima el Amrani")];
    let without_types: Vec<Agb> = vec![EMPTY.parse().unwrap()];
    Demo { people, without_types, seed: 7, today, days_ahead }
}

/// A schema of its own for each bench on PostgreSQL.
fn schema() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("xis_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn config(base: &str, (database, schema): &(String, String), tokens: &Tokens, platform: &Platform) -> Config {
    let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let practice = |agb: &str, name: &str, approval: bool| {
        json!({
            "agb": agb, "name": name, "city": "Utrecht", "phone": "030 123 45 67", "approval": approval,
            "platform": {
                "fhir_base": format!("{}/fhir/r4", platform.base), "token_endpoint": format!("{}/token", platform.base),
                "client_id": "xis", "client_secret": "secret"
            }
        })
    };
    serde_json::from_value(json!({
        "public_url": base, "database": database, "schema": schema, "issuer": tokens.issuer(), "audience": "xis",
        "login": { "issuer": tokens.issuer(), "client_id": "pages", "client_secret": "secret" },
        "keys": { "current": 1, "sealing": { "1": key }, "index": key, "audit": key },
        "practices": [
            practice(PLAIN, "De Linde", false), practice(APPROVING, "De Eik", true), practice(EMPTY, "De Es", false),
        ],
    }))
    .unwrap()
}

/// A free port of this machine, listened to.
pub(crate) async fn listen() -> (SocketAddr, tokio::net::TcpListener) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    (listener.local_addr().unwrap(), listener)
}

/// Serves until the test ends.
pub(crate) fn serve(listener: tokio::net::TcpListener, router: Router) {
    tokio::spawn(async move { axum::serve(listener, router).await });
}
