//! What is there when a run begins: clients, practices and patients at the platform, and a filled agenda.

use jiff::civil::date;
use store::{Settings, Store};
use testkit::Cast;
use world::World;
use xis::{
    Xis,
    seed::{Demo, Person as AtXis},
};

use crate::{
    clock,
    dice::Dice,
    disk::{Disk, EVERYBODY},
    party::Party,
    people::{PEOPLE, PRACTICES, Practice},
    programs,
    sim::Sim,
};

/// Fills the databases that every run begins with.
pub(crate) async fn fill(seed: u64) -> Disk {
    let mut dice = Dice::new(seed);
    let sim = Sim::new(&mut dice, Disk::empty(), Vec::new());
    let world = clock::world(&sim, Party::Platform, dice.apart());
    let store = sim.disk.store().await;
    store.migrate().await.unwrap();
    platform(&store, &world).await;
    store.db().close().await;
    let xis = programs::open_xis(&sim, clock::world(&sim, Party::Xis, dice.apart())).await;
    practice_system(&xis).await;
    xis.close().await;
    sim.disk.copy()
}

async fn platform(store: &Store, world: &World) {
    let (now, chance) = (world.now(), &*world.chance);
    let cast = &Cast {
        clients: &PRACTICES.map(|practice| (practice.client, practice.secret)),
        practices: &PRACTICES.map(|practice| in_words(&practice)),
        patients: &PEOPLE,
        member_of: &PRACTICES.map(|practice| practice.agb),
    };
    store
        .tx("fill", |mut tx| async move {
            cast.add(store, &mut tx, chance, now).await?;
            // The most that a mail may say: with a file for the calendar, in which a program can read what was told.
            db::sql("update account set detail = 3").of(EVERYBODY).execute(&mut tx).await?;
            Ok::<_, store::Error>(())
        })
        .await
        .unwrap();
}

fn in_words(practice: &Practice) -> store::Practice {
    store::Practice {
        agb: practice.agb.parse().unwrap(),
        client: practice.client.to_owned(),
        name: practice.name.to_owned(),
        settings: Settings {
            xis_base_url: Some(format!("http://{}/fhir/r4", Party::Xis.host())),
            service_category: Some("urn:balie:xis:channel|online".to_owned()),
            phone: Some("030 123 45 67".to_owned()),
            city: Some("Utrecht".to_owned()),
            approval: practice.approval,
            // A16: a XIS that repeats what was before is no match for this alone.
            ignore_older_updates: true,
            // C19: one practice of each kind.
            shared_search: practice.approval,
            ..Settings::default()
        },
        returns_identifier: false,
    }
}

/// Today and tomorrow: few enough times that people want the same.
async fn practice_system(xis: &Xis) {
    let people = PEOPLE.iter().map(|person| AtXis {
        bsn: person.bsn.parse().unwrap(),
        name: person.name.to_owned(),
        birth_date: None,
        phone: None,
        practices: PRACTICES.iter().map(|practice| practice.agb.parse().unwrap()).collect(),
    });
    let demo = Demo {
        people: people.collect(),
        without_types: Vec::new(),
        seed: 1,
        today: date(2026, 5, 4),
        days_ahead: 1,
    };
    xis::seed::demo(xis, &demo).await.unwrap();
}
