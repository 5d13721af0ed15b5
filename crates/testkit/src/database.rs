mod leased;
#[cfg(test)]
mod tests;

use db::Db;
use tempfile::TempDir;

use crate::kit::store_in;

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
    /// A database by itself, the platform's tables in it.
    Postgres {
        /// Where it is, for the superuser.
        url: String,
    },
}

impl Database {
    /// An empty SQLite, in memory where the system has files there: these tests do not cut the power.
    #[must_use]
    pub fn sqlite() -> Self {
        Self::Sqlite(folder())
    }

    /// One in the PostgreSQL that `scripts/with-postgres` started, with the platform's tables as their owner's migrations
    /// leave them.
    ///
    /// # Panics
    /// Without that server.
    pub async fn postgres() -> Self {
        let Ok(server) = std::env::var("BALIE_TEST_POSTGRES") else {
            panic!(
                "there is no PostgreSQL: run the tests with `make quick`, or through scripts/with-postgres"
            )
        };
        let name = leased::name();
        let database = Self::Postgres { url: at(&server, &name) };
        if !database.empty() {
            leased::create(&server, &name, OWNER);
            database.migrate().await;
        }
        database
    }

    /// Whether it is now as its migrations left it; false where they have not run.
    fn empty(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres { url } => leased::empty(url),
        }
    }

    /// Has their owner make the platform's tables, which the service may not.
    async fn migrate(&self) {
        let Self::Postgres { url } = self else { return };
        let store = store_in(open(self.of(PLATFORM)).await);
        store.migrate().await.unwrap();
        store.db().let_in(SERVICE).await.unwrap();
        store.db().close().await;
        leased::keep(url);
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

    /// The same for who looks at all that is there, whosever it is.
    pub(crate) async fn bare(&self) -> Db {
        open(self.by(SUPERUSER, PLATFORM)).await
    }

    fn by(&self, role: &str, party: &str) -> (String, String) {
        match self {
            Self::Sqlite(folder) => {
                (format!("sqlite:{}", folder.path().join(format!("{party}.db")).display()), party.to_owned())
            }
            Self::Postgres { url } => {
                let superuser = format!("postgres://{SUPERUSER}@");
                (url.replacen(&superuser, &format!("postgres://{role}@"), 1), party.to_owned())
            }
        }
    }
}

/// A folder that is gone with the test, in memory where the system has files there.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// The address of another database of the same server.
fn at(server: &str, name: &str) -> String {
    let mut url: url::Url = server.parse().unwrap();
    url.set_path(name);
    url.into()
}

async fn open((url, schema): (String, String)) -> Db {
    Db::connect(&url, &schema).await.unwrap()
}
