//! A platform and a practice system that can misbehave, on one database each and with one clock.

use std::{sync::Arc, time::Duration};

use db::Db;
use jiff::civil::date;
use serde_json::{Value, json};
use testkit::{Database, FATIMA, JAN, Kit, Patient};
use tokio::net::TcpListener;
use world::{Outgoing, World};
use xis::{
    Xis,
    faults::Fault,
    seed::{Demo, Person},
};

/// Books at once.
pub(crate) const PLAIN: &str = "01000001";
/// Approves what patients book.
pub(crate) const APPROVING: &str = "01000002";

/// Both systems, the practice's with an agenda from Monday 4 to Thursday 7 May 2026.
pub(crate) struct Town {
    pub(crate) kit: Kit,
    pub(crate) xis: Xis,
    /// Where the practice system is.
    pub(crate) base: String,
    /// Its tables, behind its back.
    pub(crate) agenda: Db,
    _database: Database,
}

impl Town {
    pub(crate) async fn sqlite() -> Vec<Self> {
        vec![Self::on(Database::sqlite(), Database::sqlite()).await]
    }

    /// One on each database.
    pub(crate) async fn both() -> Vec<Self> {
        let postgres = Self::on(Database::postgres().await, Database::postgres().await).await;
        vec![Self::on(Database::sqlite(), Database::sqlite()).await, postgres]
    }

    async fn on(platforms: Database, own: Database) -> Self {
        let kit = Kit::start(platforms).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (url, schema) = own.of("xis");
        let config = serde_json::from_value(config(&kit, &base, (&url, &schema))).unwrap();
        let world = World {
            clock: Arc::new(kit.clock.clone()),
            ..World::reaching(&Outgoing::to_this_machine()).unwrap()
        };
        let xis = Xis::open(config, world).await.unwrap();
        xis::seed::demo(&xis, &demo()).await.unwrap();
        let router = xis.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        for agb in [PLAIN, APPROVING] {
            kit.set(agb, "xis_base_url", &format!("{base}/fhir/r4")).await;
        }
        let agenda = Db::connect(&url, &schema).await.unwrap();
        Self { kit, xis, base, agenda, _database: own }
    }

    /// From now on the practice system does this, until it [behaves](Xis::disarm).
    pub(crate) fn arm(&self, rules: &str) {
        for rule in rules.split_whitespace() {
            self.xis.arm(rule.parse().unwrap()).unwrap();
        }
    }

    /// Waits until this fault has struck once more than `before`.
    pub(crate) async fn struck(&self, fault: Fault, before: usize) {
        while self.xis.times_struck(fault) <= before {
            tokio::task::yield_now().await;
        }
    }

    pub(crate) fn turn(&self, seconds: u64) {
        self.kit.clock.turn(Duration::from_secs(seconds));
    }
}

fn config(kit: &Kit, base: &str, (database, schema): (&str, &str)) -> Value {
    let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let practice = |agb: &str, approval: bool| {
        json!({
            "agb": agb, "name": format!("Praktijk {agb}"), "city": "Utrecht", "approval": approval,
            "platform": {
                "fhir_base": format!("{}/fhir/r4", kit.base), "token_endpoint": format!("{}/oauth2/token", kit.base),
                "client_id": "demo-xis", "client_secret": "demo-secret"
            }
        })
    };
    json!({
        "public_url": base, "database": database, "schema": schema, "issuer": kit.tokens.issuer().as_str(),
        "audience": format!("{base}/fhir/r4"), "without_login": true, "faults": { "allow": true },
        "keys": { "current": 1, "sealing": { "1": key }, "index": key, "audit": key },
        "practices": [practice(PLAIN, false), practice(APPROVING, true)],
    })
}

fn demo() -> Demo {
    let person = |patient: Patient| Person {
        bsn: patient.bsn.parse().unwrap(),
        name: patient.name.to_owned(),
        birth_date: None,
        phone: None,
        practices: [PLAIN, APPROVING].map(|agb| agb.parse().unwrap()).to_vec(),
    };
    let people = vec![person(JAN), person(FATIMA)];
    Demo { people, without_types: Vec::new(), seed: 7, today: date(2026, 5, 4), days_ahead: 3 }
}

/// The patient's id at a practice.
pub(crate) fn id_at(agb: &str, patient: Patient) -> String {
    format!("{agb}-given-{}", if patient.bsn == JAN.bsn { 0 } else { 1 })
}
