use std::{cell::Cell, path::Path, sync::Arc, time::Duration};

use rusqlite::{CachedStatement, ErrorCode, ToSql, types::ToSqlOutput};

use super::{
    SqliteRow, WAIT,
    form::{Form, Forms},
};
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
pub(crate) struct Connection {
    inner: rusqlite::Connection,
    has_written: Cell<bool>,
    forms: Forms,
}

impl Connection {
    pub(super) fn open(file: &Path) -> Result<Self, Error> {
        let connection = rusqlite::Connection::open(file)?;
        connection.busy_timeout(WAIT)?;
        connection.execute_batch(PRAGMAS)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Self { inner: connection, has_written: Cell::new(false), forms: Forms::default() })
    }

    pub(super) fn into_inner(self) -> rusqlite::Connection {
        self.inner
    }

    pub(super) fn inner(&self) -> &rusqlite::Connection {
        &self.inner
    }

    /// One of our own few words that move a transaction, such as `commit`.
    pub(super) fn say(&self, words: &'static str) -> Result<(), rusqlite::Error> {
        self.inner.prepare_cached(words)?.raw_execute().map(drop)
    }

    /// Whether a statement has written since that was [forgotten](Self::forget_writing).
    pub(super) fn has_written(&self) -> bool {
        self.has_written.get()
    }

    pub(super) fn forget_writing(&self) {
        self.has_written.set(false);
    }

    /// How long a statement waits for another process.
    pub(super) fn wait_at_most(&self, wait: Duration) -> Result<(), rusqlite::Error> {
        self.inner.busy_timeout(wait)
    }

    /// Runs a statement and says how many rows it touched.
    pub(crate) fn execute(&self, text: &'static str, values: &[Value]) -> Result<u64, Error> {
        let (mut statement, _) = self.bound(text, values)?;
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        Ok(self.inner.changes())
    }

    /// Runs a statement and reads its first rows.
    pub(crate) fn rows(
        &self,
        text: &'static str,
        values: &[Value],
        at_most: usize,
    ) -> Result<Vec<SqliteRow>, Error> {
        let (mut statement, form) = self.bound(text, values)?;
        let (mut rows, mut read) = (statement.raw_query(), Vec::new());
        while read.len() < at_most
            && let Some(row) = rows.next()?
        {
            read.push(SqliteRow::of(row, &form.columns)?);
        }
        Ok(read)
    }

    fn bound(
        &self,
        text: &'static str,
        values: &[Value],
    ) -> Result<(CachedStatement<'_>, Arc<Form>), rusqlite::Error> {
        let mut statement = self.inner.prepare_cached(text)?;
        if !statement.readonly() {
            self.has_written.set(true);
        }
        let form = self.forms.of(text, &statement);
        for (place, value) in (1..).zip(&form.values) {
            let value = value.and_then(|value| values.get(value));
            let missing = || rusqlite::Error::InvalidParameterCount(values.len(), place);
            statement.raw_bind_parameter(place, value.ok_or_else(missing)?)?;
        }
        Ok((statement, form))
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
