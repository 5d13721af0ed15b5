use std::{path::Path, sync::Arc, time::Duration};

use rusqlite::{CachedStatement, ErrorCode, ToSql, types::ToSqlOutput};

use super::{SqliteRow, WAIT};
use crate::{Error, Value};

/// More than there are statements in the program, so that each is read once.
const STATEMENTS: usize = 512;
const PRAGMAS: &str = "
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma temp_store = memory;
";

/// One connection to the file. A call runs where it is made (see [`super`]).
pub(crate) struct Connection(rusqlite::Connection);

impl Connection {
    pub(super) fn open(file: &Path) -> Result<Self, Error> {
        let connection = rusqlite::Connection::open(file)?;
        connection.busy_timeout(WAIT)?;
        connection.execute_batch(PRAGMAS)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Self(connection))
    }

    pub(super) fn into_inner(self) -> rusqlite::Connection {
        self.0
    }

    pub(super) fn inner(&self) -> &rusqlite::Connection {
        &self.0
    }

    /// One of our own few words that move a transaction, such as `commit`.
    pub(super) fn say(&self, words: &'static str) -> Result<(), rusqlite::Error> {
        self.0.prepare_cached(words)?.raw_execute().map(drop)
    }

    /// How long a statement waits for another process.
    pub(super) fn wait_at_most(&self, wait: Duration) -> Result<(), rusqlite::Error> {
        self.0.busy_timeout(wait)
    }

    /// Runs a statement and says how many rows it touched.
    pub(crate) fn execute(&self, text: &'static str, values: &[Value]) -> Result<u64, Error> {
        let mut statement = self.bound(text, values)?;
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        Ok(self.0.changes())
    }

    /// Runs a statement and reads its first rows.
    pub(crate) fn rows(
        &self,
        text: &'static str,
        values: &[Value],
        at_most: usize,
    ) -> Result<Vec<SqliteRow>, Error> {
        let mut statement = self.bound(text, values)?;
        let names: Arc<[Box<str>]> = statement.column_names().into_iter().map(Box::from).collect();
        let (mut rows, mut read) = (statement.raw_query(), Vec::new());
        while read.len() < at_most
            && let Some(row) = rows.next()?
        {
            read.push(SqliteRow::of(row, &names)?);
        }
        Ok(read)
    }

    fn bound(&self, text: &'static str, values: &[Value]) -> Result<CachedStatement<'_>, rusqlite::Error> {
        let mut statement = self.0.prepare_cached(text)?;
        for place in 1..=statement.parameter_count() {
            let name = statement.parameter_name(place).and_then(|name| name.strip_prefix('$'));
            let number: Option<usize> = name.and_then(|number| number.parse().ok());
            let value = number.and_then(|number| values.get(number.wrapping_sub(1)));
            let missing = rusqlite::Error::InvalidParameterCount(values.len(), place);
            statement.raw_bind_parameter(place, value.ok_or(missing)?)?;
        }
        Ok(statement)
    }
}

/// Whether another process has its turn to write.
pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Text(value) => value.to_sql(),
            Self::Integer(value) => value.to_sql(),
            Self::Bytes(value) => value.to_sql(),
        }
    }
}
