use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};

use crate::postgres::Refusal;

/// What can go wrong between us and the database.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// PostgreSQL refused a statement or could not be reached.
    #[error("the database failed: {0}")]
    Postgres(Box<Refusal>),
    /// SQLite refused a statement, or the file cannot be used.
    #[error("the database failed: {0}")]
    Sqlite(std::sync::Arc<rusqlite::Error>),
    /// The address names no database that we know.
    #[error("{0} is no database address: give sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// A column holds something that we never write.
    #[error("column {column} cannot be read: {reason}")]
    Column {
        /// Its name in the statement.
        column: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The tables could not be brought up to date.
    #[error("the migrations did not run: {0}")]
    Migrate(String),
    /// Another unit of work that shared this commit broke it; nothing of it was stored.
    #[error("the commit failed: {0}")]
    Commit(String),
    /// A statement does not say whose rows it is about.
    #[error("a statement names {table} and no scope: say whose rows it touches, with `of`")]
    Unscoped {
        /// The fenced table.
        table: &'static str,
    },
    /// The tables are another role's, and not as this program needs them.
    #[error("the tables are not up to date, and only the role that owns them can change that")]
    NotMigrated,
    /// The other side kept changing the same rows.
    #[error("{name} lost against other transactions {times} times in a row")]
    Contended {
        /// The transaction's name.
        name: &'static str,
        /// How often it was tried.
        times: u32,
    },
    /// The closure let its handle escape, so nobody can commit.
    #[error("{name} kept its transaction after it ended")]
    Kept {
        /// The transaction's name.
        name: &'static str,
    },
    /// One process at a time works on a file.
    #[error("{} is in use by another balie process", .0.display())]
    InUse(std::path::PathBuf),
    /// Whether another process works on a file cannot be found out.
    #[error("{} cannot be locked: {reason}", path.display())]
    Lock {
        /// The file that is locked while a process works.
        path: std::path::PathBuf,
        /// What the system said.
        reason: String,
    },
    /// PostgreSQL has no connection for us.
    #[error("no connection to the database came free in {seconds} s")]
    NoConnection {
        /// How long it was waited for.
        seconds: u64,
    },
    /// This process works on the database no more.
    #[error("the database was closed")]
    Closed,
    /// The file was in use for too long.
    #[error("{name} waited {seconds} s for the database")]
    Busy {
        /// The transaction's name.
        name: &'static str,
        /// How long it waited.
        seconds: u64,
    },
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Postgres(Box::new(refusal))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(std::sync::Arc::new(error))
    }
}

impl Error {
    /// Whether a row with this key was there already.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        match self {
            Self::Postgres(refusal) => refusal.is_unique_violation(),
            Self::Sqlite(error) => {
                let code = error.sqlite_error().map(|error| error.extended_code);
                code.is_some_and(|code| {
                    matches!(code, SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_UNIQUE)
                })
            }
            _ => false,
        }
    }

    /// Whether the same transaction may well succeed when it is run again.
    pub(crate) fn is_worth_retrying(&self) -> bool {
        matches!(self, Self::Postgres(refusal) if refusal.is_worth_retrying())
    }
}
