//! What is there when the demo starts: clients, practices and patients at the platform, and a filled agenda.

use agenda::{Agb, Bsn};
use anyhow::Context as _;
use jiff::{Timestamp, tz::TimeZone};
use oauth::ClientSecretHash;
use store::{AccountId, Language, NewAccount, Practice, Settings, Store, Tx};
use world::World;
use xis::{
    Xis,
    seed::{Demo, Person},
};

use super::{
    files::Addresses,
    people::{self, DEMO_XIS, OTHER_XIS, PATIENTS, PRACTICES},
};

/// The same agenda on every machine.
const SEED: u64 = 2026;
/// The practice that has nothing to book.
const WITHOUT_TYPES: &str = "01000003";

/// The types that patients may book; the practice system has others that only its desk plans.
const ONLINE: &str = "urn:balie:xis:channel|online";

/// Puts everything in its place; what is there already stays.
pub(super) async fn platform(store: &Store, addresses: &Addresses, world: &World) -> anyhow::Result<()> {
    let now = world.now();
    store
        .tx("seed", |mut tx| async move {
            for client in [DEMO_XIS, OTHER_XIS] {
                let hash = ClientSecretHash::new(&client.secret.into(), &*world.chance).to_string();
                store.save_client(&mut tx, client.id, &hash, now).await?;
            }
            for practice in &PRACTICES {
                let practice = in_words(practice, addresses)?;
                if !store.add_practice(&mut tx, &practice, now).await? {
                    store.save_practice(&mut tx, &practice).await?;
                }
            }
            for patient in &PATIENTS {
                add_patient(store, &mut tx, patient, world, now).await?;
            }
            anyhow::Ok(())
        })
        .await
}

/// Fills the agenda of the four weeks from now; what is there already stays.
pub(super) async fn practice_system(xis: &Xis, now: Timestamp) -> anyhow::Result<()> {
    let people = PATIENTS.iter().map(person).collect::<anyhow::Result<_>>()?;
    let today = now.to_zoned(TimeZone::get("Europe/Amsterdam")?).date();
    let demo =
        Demo { people, without_types: vec![WITHOUT_TYPES.parse()?], seed: SEED, today, days_ahead: 28 };
    xis::seed::demo(xis, &demo).await.context("the agenda could not be filled")
}

fn person(patient: &people::Patient) -> anyhow::Result<Person> {
    Ok(Person {
        bsn: patient.bsn.parse()?,
        name: patient.name.to_owned(),
        birth_date: None,
        phone: None,
        practices: patient.practices.iter().map(|agb| agb.parse()).collect::<Result<_, _>>()?,
    })
}

fn in_words(practice: &people::Practice, addresses: &Addresses) -> anyhow::Result<Practice> {
    let settings = Settings {
        xis_base_url: Some(addresses.xis_fhir()),
        api_version: practice.api_version,
        service_category: Some(ONLINE.to_owned()),
        phone: Some(practice.phone.to_owned()),
        address: Some(practice.address.to_owned()),
        city: Some(practice.city.to_owned()),
        accent: Some(practice.accent.to_owned()),
        approval: practice.approval,
        shared_search: true,
        ..Settings::default()
    };
    Ok(Practice {
        agb: practice.agb.parse()?,
        client: practice.client.id.to_owned(),
        name: practice.name.to_owned(),
        settings,
        returns_identifier: false,
    })
}

async fn add_patient(
    store: &Store,
    tx: &mut Tx,
    patient: &people::Patient,
    world: &World,
    now: Timestamp,
) -> anyhow::Result<()> {
    let bsn = Bsn::parse(patient.bsn)?;
    let new = NewAccount {
        id: AccountId::new(world.chance.uuid()),
        bsn: &bsn,
        name: patient.name,
        mail: Some(patient.mail),
        language: Language::Dutch,
    };
    store.add_account(tx, &new, now).await?;
    let account = store.account_of(tx, &bsn).await?.context("an account that was just made is gone")?;
    for practice in patient.practices {
        let agb: Agb = practice.parse()?;
        store.add_membership(tx, account.id, &agb).await?;
    }
    Ok(())
}
