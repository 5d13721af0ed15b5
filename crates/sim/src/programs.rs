//! The two programs: started as their real start does, crashed, and started again on what the disk kept.

use std::{collections::HashMap, sync::Arc, time::Duration};

use platform::{AuditTrail, Config, Limits, Login, Mail, Notices, Platform, SmtpSecurity};
use world::{Proxies, World};
use xis::Xis;

use crate::{
    clock, dice::Dice, jobs, keys::KEYS, login::PLATFORM_SECRET, party::Party, people::PRACTICES,
    postbox::Carrier, scheduler::Event, sim::Sim,
};

/// Starts one of them now, while everybody stands still.
pub(crate) async fn start(sim: Sim, party: Party, mut dice: Dice) {
    let world = clock::world(&sim, party, dice.apart());
    match party {
        Party::Platform => start_platform(&sim, world, &mut dice).await,
        Party::Xis => start_xis(&sim, world, &mut dice).await,
        Party::World => {}
    }
    sim.note(format!("{party} is up"));
}

/// Takes one of them down: its memory is gone, its files stay. It starts again after a while.
pub(crate) async fn crash(sim: &Sim, party: Party, dice: Dice) {
    sim.note(format!("{party} crashes"));
    sim.counts.add(format!("fault: crash of {party}"));
    sim.serve(party, None);
    sim.scheduler.kill(party);
    close(sim, party).await;
    let down = sim.faults.takes(200, 20_000);
    sim.scheduler.after(down, Event::Alone(Box::pin(start(sim.clone(), party, dice))));
}

/// Gives the files back, as the system does for a process that is gone.
pub(crate) async fn close(sim: &Sim, party: Party) {
    if let Some(db) = sim.scheduler.database(party) {
        sim.scheduler.use_database(party, None);
        db.close().await;
    }
}

async fn start_platform(sim: &Sim, world: World, dice: &mut Dice) {
    let store = sim.disk.store().await;
    let merges = if dice.one_in(3) { Duration::from_secs(180) } else { Duration::ZERO };
    let carrier = Arc::new(Carrier { sim: sim.clone() });
    let platform =
        Platform::open_with_mail(config(merges), store.clone(), world.clone(), carrier).await.unwrap();
    sim.scheduler.use_database(Party::Platform, Some(store.db().clone()));
    sim.serve(Party::Platform, Some(platform.router()));
    jobs::of_platform(sim, &platform, store.db(), &world, dice);
}

async fn start_xis(sim: &Sim, world: World, dice: &mut Dice) {
    let xis = open_xis(sim, world.clone()).await;
    sim.scheduler.use_database(Party::Xis, Some(xis.db().clone()));
    sim.serve(Party::Xis, Some(xis.router()));
    jobs::of_xis(sim, &xis, &world, dice);
}

pub(crate) async fn open_xis(sim: &Sim, world: World) -> Xis {
    Xis::open(xis_config(&sim.disk.address(Party::Xis), &sim.habits), world).await.unwrap()
}

fn config(merge_window: Duration) -> Config {
    let login = format!("http://{}", Party::World.host());
    Config {
        public_url: format!("http://{}", Party::Platform.host()).parse().unwrap(),
        token_key: KEYS.platform.clone(),
        login: Login {
            issuer: login.parse().unwrap(),
            client_id: "balie".to_owned(),
            client_secret: PLATFORM_SECRET.into(),
            scopes: vec!["profile".to_owned()],
            assurance: None,
            bsn_claim: "bsn".to_owned(),
            name_claim: "name".to_owned(),
            token_endpoint: format!("{login}/token").parse().unwrap(),
        },
        issuers: Vec::new(),
        mail: Mail {
            host: "mail.sim".to_owned(),
            port: 25,
            security: SmtpSecurity::None,
            credentials: None,
            ca: None,
            from: "Balie <afspraken@balie.example>".to_owned(),
        },
        push: None,
        notices: Notices { merge_window },
        open_pages: 8,
        audit: AuditTrail::default(),
        limits: Limits::default(),
        proxies: Proxies::default(),
        client_certificates: HashMap::new(),
    }
}

/// As an operator's file says it.
fn xis_config(database: &str, habits: &[String]) -> xis::Config {
    let fhir = format!("http://{}/fhir/r4", Party::Xis.host());
    let key = |byte: &str| format!("{}=", byte.repeat(11).get(..43).unwrap_or_default());
    let practices: Vec<_> = PRACTICES
        .iter()
        .map(|practice| {
            serde_json::json!({
                "agb": practice.agb, "name": practice.name, "city": "Utrecht", "approval": practice.approval,
                "platform": {
                    "fhir_base": format!("http://{}/fhir/r4", Party::Platform.host()),
                    "token_endpoint": format!("http://{}/oauth2/token", Party::Platform.host()),
                    "client_id": practice.client, "client_secret": practice.secret,
                },
            })
        })
        .collect();
    serde_json::from_value(serde_json::json!({
        "public_url": format!("http://{}", Party::Xis.host()),
        "database": database,
        "issuer": format!("http://{}", Party::World.host()),
        "audience": fhir,
        "without_login": true,
        "practices": practices,
        "faults": { "rules": habits },
        "keys": {
            "current": 1, "sealing": { "1": key("AQEB") }, "index": key("AgIC"), "audit": key("AwMD"),
        },
    }))
    .unwrap()
}
