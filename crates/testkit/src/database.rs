use tempfile::TempDir;
use world::{Chance as _, SystemChance};

/// One of the two databases, empty, for one test.
#[derive(Debug)]
pub enum Database {
    /// Files in a folder that is gone with it.
    Sqlite(TempDir),
    /// Schemas of their own.
    Postgres {
        /// Where the server is.
        url: String,
        /// The part of the schemas' names that is this test's.
        name: String,
    },
}

impl Database {
    /// An empty SQLite, in memory where the system has files there: these tests do not cut the power.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        Self::Sqlite(folder.unwrap())
    }

    /// An empty corner of the PostgreSQL that `scripts/with-postgres` started.
    ///
    /// # Panics
    /// Without that server.
    #[must_use]
    pub fn postgres() -> Self {
        let Ok(url) = std::env::var("BALIE_TEST_POSTGRES") else {
            panic!(
                "there is no PostgreSQL: run the tests with `make quick`, or through scripts/with-postgres"
            )
        };
        Self::Postgres { url, name: SystemChance.uuid().simple().to_string() }
    }

    /// The address of one party's database, and its schema.
    #[must_use]
    pub fn of(&self, party: &str) -> (String, String) {
        match self {
            Self::Sqlite(folder) => {
                (format!("sqlite:{}", folder.path().join(format!("{party}.db")).display()), party.to_owned())
            }
            Self::Postgres { url, name } => (url.clone(), format!("{party}_{name}")),
        }
    }
}
