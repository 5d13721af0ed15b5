//! Both databases, each with two practices and two patients.

pub(crate) mod examples;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use db::{Db, Keys, Vault};
use store::{Error, Store, Stored, Tx};
use tempfile::TempDir;

use examples::{FATIMA, JAN, PRACTICE, PRACTICE_B, account, agb, appointment_id, now, practice};

/// A store with its tables, the practices of `xis-a` and `xis-b`, and the patients Jan and Fatima.
///
/// On PostgreSQL they are another role's, so that the wall stands between the store and them.
pub(crate) struct Tables {
    pub(crate) store: Store,
    at: (String, String),
}

/// Tells a story on each database.
pub(crate) async fn on_both(story: impl AsyncFn(&Tables)) {
    let folder = tempfile::tempdir().unwrap();
    story(&sqlite(&folder).await).await;
    story(&postgres().await).await;
}

/// The tables in a file `store.db` in this folder.
pub(crate) async fn sqlite(folder: &TempDir) -> Tables {
    tables(&format!("sqlite:{}/store.db", folder.path().display()), "store").await
}

/// The tables in a schema of their own.
pub(crate) async fn postgres() -> Tables {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let url =
        std::env::var("BALIE_TEST_POSTGRES").expect("run this through scripts/with-postgres (make quick)");
    // A temporary folder's name is new, even on a server that is older than this run.
    let folder = tempfile::Builder::new().prefix("store").tempdir().unwrap();
    let random = folder.path().file_name().unwrap().to_str().unwrap().to_lowercase();
    let schema = format!("{random}_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    tables(&url, &schema).await
}

async fn tables(url: &str, schema: &str) -> Tables {
    let owner = Store::new(Db::connect(&by(OWNER, url), schema).await.unwrap(), vault(1));
    for _ in 0..2 {
        owner.migrate().await.unwrap();
    }
    owner.db().let_in(SERVICE).await.unwrap();
    owner.db().close().await;
    let db = Db::connect(&by(SERVICE, url), schema).await.unwrap();
    let tables = Tables { store: Store::new(db, vault(1)), at: (url.to_owned(), schema.to_owned()) };
    tables.store.migrate().await.unwrap();
    let store = &tables.store;
    tables
        .tx(async |tx| {
            for client in ["xis-a", "xis-b"] {
                store.save_client(tx, client, "hash", now()).await?;
            }
            store.add_practice(tx, &practice(PRACTICE, "xis-a", "De Linde"), now()).await?;
            store.add_practice(tx, &practice(PRACTICE_B, "xis-b", "De Berk"), now()).await?;
            store.add_account(tx, &account(JAN, "Jan Jansen"), now()).await?;
            store.add_account(tx, &account(FATIMA, "Fatima el Amrani"), now()).await
        })
        .await;
    tables
}

/// The roles that `scripts/with-postgres` makes.
pub(crate) const OWNER: &str = "balie_owner";
pub(crate) const SERVICE: &str = "balie_service";

/// The address of a database, for another role than the superuser's; SQLite has no roles.
fn by(role: &str, url: &str) -> String {
    url.replacen("postgres://balie@", &format!("postgres://{role}@"), 1)
}

/// A vault whose keys follow from `seed`.
pub(crate) fn vault(seed: u8) -> Arc<Vault> {
    let sealing = BTreeMap::from([(1, [seed; 32])]);
    Arc::new(
        Vault::new(&Keys { current: 1, sealing, index: [seed + 1; 32], audit: [seed + 2; 32].into() })
            .unwrap(),
    )
}

impl Tables {
    /// The same tables, opened by this role and without the store's own look at scopes.
    pub(crate) async fn opened_by(&self, role: &str) -> Db {
        Db::connect(&by(role, &self.at.0), &self.at.1).await.unwrap()
    }

    /// The same tables with nothing between: what the database holds.
    pub(crate) async fn bare(&self) -> Db {
        Db::connect(&self.at.0, &self.at.1).await.unwrap()
    }

    /// Runs `work` in a transaction that is to succeed.
    pub(crate) async fn tx<T>(&self, work: impl AsyncFn(&mut Tx) -> Result<T, Error>) -> T {
        self.try_tx(work).await.unwrap()
    }

    pub(crate) async fn try_tx<T>(
        &self,
        work: impl AsyncFn(&mut Tx) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let work = &work;
        self.store.tx("test", |mut tx| async move { work(&mut tx).await }).await
    }

    /// Adds an appointment, see [`Store::add_appointment`].
    pub(crate) async fn add(&self, new: &Stored) -> bool {
        self.tx(async |tx| self.store.add_appointment(tx, new).await).await
    }

    /// The first practice's appointment with this number.
    pub(crate) async fn find(&self, number: u128) -> Option<Stored> {
        let id = appointment_id(number);
        self.tx(async |tx| self.store.appointment_of_practice(tx, &agb(PRACTICE), id).await).await
    }
}
