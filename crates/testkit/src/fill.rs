use agenda::Bsn;
use jiff::Timestamp;
use oauth::ClientSecretHash;
use store::{AccountId, Error, Language, NewAccount, Practice, Settings, Store, Tx};
use world::{Chance, SystemChance};

use crate::{FATIMA, JAN, Patient};

/// Who is at a platform when a test begins.
#[derive(Debug)]
pub struct Cast<'a> {
    /// The systems of practices, each by its name as a client and its secret.
    pub clients: &'a [(&'a str, &'a str)],
    /// The practices.
    pub practices: &'a [Practice],
    /// The patients with an account.
    pub patients: &'a [Patient],
    /// The codes of the practices of which each of them is a member.
    pub member_of: &'a [&'a str],
}

impl Cast<'_> {
    /// Stores them all, the same for the same chance.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add(
        &self,
        store: &Store,
        tx: &mut Tx,
        chance: &dyn Chance,
        now: Timestamp,
    ) -> Result<(), Error> {
        for (client, secret) in self.clients {
            let hash = ClientSecretHash::new(&(*secret).into(), chance).to_string();
            store.save_client(tx, client, &hash, now).await?;
        }
        for practice in self.practices {
            store.add_practice(tx, practice, now).await?;
        }
        for patient in self.patients {
            self.add_patient(store, tx, (patient, AccountId::new(chance.uuid())), now).await?;
        }
        Ok(())
    }

    async fn add_patient(
        &self,
        store: &Store,
        tx: &mut Tx,
        (patient, id): (&Patient, AccountId),
        now: Timestamp,
    ) -> Result<(), Error> {
        let bsn = &Bsn::parse(patient.bsn).unwrap();
        let (name, mail) = (patient.name, Some(patient.mail));
        store.add_account(tx, &NewAccount { id, bsn, name, mail, language: Language::Dutch }, now).await?;
        for agb in self.member_of {
            store.add_membership(tx, id, &agb.parse().unwrap()).await?;
        }
        Ok(())
    }
}

/// The clients, practices and patients of every [`Kit`](crate::Kit).
pub(crate) async fn fill(store: &Store, now: Timestamp) {
    let cast = &Cast {
        clients: &[("demo-xis", "demo-secret"), ("other-xis", "other-secret")],
        practices: &[
            practice("01000001", "demo-xis", "Praktijk De Linde"),
            practice("01000002", "demo-xis", "Huisartsen aan de Vecht"),
            practice("01000004", "other-xis", "Huisarts Van Dijk"),
        ],
        patients: &[JAN, FATIMA],
        member_of: &["01000001", "01000002"],
    };
    store
        .tx("fill", |mut tx| async move { cast.add(store, &mut tx, &SystemChance, now).await })
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
