use db::Db;
use tempfile::TempDir;
use world::{Chance as _, SystemChance};

/// The role that owns the platform's tables, and the role that its service runs as: `scripts/with-postgres` makes both.
const OWNER: &str = "balie_owner";
const SERVICE: &str = "balie_service";
const SUPERUSER: &str = "balie";
const PLATFORM: &str = "platform";

/// One of the two databases, empty, for one test.
#[derive(Debug)]
pub enum Database {
    /// Files in a folder that is gone with it.
    Sqlite(TempDir),
    /// Schemas of their own.
    Postgres {
        /// Where the server is, for its superuser.
        url: String,
        /// The part of the schemas' names that is this test's.
        name: String,
    },
}

impl Database {
    /// An empty SQLite, in memory where the system has files there: these tests do not cut the power.
    #[must_use]
    pub fn sqlite() -> Self {
        Self::Sqlite(folder())
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

    /// The address of the database for a party that owns its tables, and its schema.
    #[must_use]
    pub fn of(&self, party: &str) -> (String, String) {
        self.by(OWNER, party)
    }

    /// The tables of the platform as its service works with them, which on PostgreSQL does not own them.
    pub(crate) async fn service(&self) -> Db {
        open(self.by(SERVICE, PLATFORM)).await
    }

    /// The same for the role that owns them; `None` where there are no roles.
    pub(crate) async fn owner(&self) -> Option<(Db, &'static str)> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres { .. } => Some((open(self.of(PLATFORM)).await, SERVICE)),
        }
    }

    /// The same for who looks at all that is there, whosever it is.
    pub(crate) async fn bare(&self) -> Db {
        open(self.by(SUPERUSER, PLATFORM)).await
    }

    fn by(&self, role: &str, party: &str) -> (String, String) {
        match self {
            Self::Sqlite(folder) => {
                (format!("sqlite:{}", folder.path().join(format!("{party}.db")).display()), party.to_owned())
            }
            Self::Postgres { url, name } => {
                let superuser = format!("postgres://{SUPERUSER}@");
                (url.replacen(&superuser, &format!("postgres://{role}@"), 1), format!("{party}_{name}"))
            }
        }
    }
}

/// A folder that is gone with the test, in memory where the system has files there.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

async fn open((url, schema): (String, String)) -> Db {
    Db::connect(&url, &schema).await.unwrap()
}
