use agenda::Bsn;
use jiff::Timestamp;
use oauth::ClientSecretHash;
use store::{AccountId, Error, Language, NewAccount, Practice, Settings, Store, Tx};
use world::{Chance as _, SystemChance};

use crate::{FATIMA, JAN, Patient};

const CLIENTS: [(&str, &str); 2] = [("demo-xis", "demo-secret"), ("other-xis", "other-secret")];
const PRACTICES: [(&str, &str, &str); 3] = [
    ("01000001", "demo-xis", "Praktijk De Linde"),
    ("01000002", "demo-xis", "Huisartsen aan de Vecht"),
    ("01000004", "other-xis", "Huisarts Van Dijk"),
];

/// The clients, practices and patients that every test has.
pub(crate) async fn fill(store: &Store, now: Timestamp) {
    store
        .tx("fill", |mut tx| async move {
            for (client, secret) in CLIENTS {
                let hash = ClientSecretHash::new(&secret.into(), &SystemChance).to_string();
                store.save_client(&mut tx, client, &hash, now).await?;
            }
            for (agb, client, name) in PRACTICES {
                store.add_practice(&mut tx, &practice(agb, client, name), now).await?;
            }
            for patient in [JAN, FATIMA] {
                add_patient(store, &mut tx, patient, now).await?;
            }
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
}

fn practice(agb: &str, client: &str, name: &str) -> Practice {
    Practice {
        agb: agb.parse().unwrap(),
        client: client.to_owned(),
        name: name.to_owned(),
        settings: Settings {
            phone: Some("030 123 45 67".to_owned()),
            city: Some("Utrecht".to_owned()),
            approval: agb == "01000002",
            ..Settings::default()
        },
        returns_identifier: false,
    }
}

async fn add_patient(store: &Store, tx: &mut Tx, patient: Patient, now: Timestamp) -> Result<(), Error> {
    let bsn = Bsn::parse(patient.bsn).unwrap();
    let new = NewAccount {
        id: AccountId::new(SystemChance.uuid()),
        bsn: &bsn,
        name: patient.name,
        mail: Some(patient.mail),
        language: Language::Dutch,
    };
    store.add_account(tx, &new, now).await?;
    for agb in ["01000001", "01000002"] {
        store.add_membership(tx, new.id, &agb.parse().unwrap()).await?;
    }
    Ok(())
}
