//! SQLite as the library is, with no driver in between: what is limited by it must not be limited by the way to it.

#![expect(unsafe_code, reason = "a C library is called")]

use std::{
    ffi::{CStr, CString},
    ptr,
};

use anyhow::bail;
use libsqlite3_sys as ffi;

/// A value in a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Integer(i64),
    Text(String),
    Blob(Vec<u8>),
}

/// A database's file.
pub(crate) struct Connection(*mut ffi::sqlite3);

pub(super) struct Statement<'a> {
    connection: &'a Connection,
    statement: *mut ffi::sqlite3_stmt,
}

impl Connection {
    /// # Errors
    /// When it cannot be opened.
    pub(crate) fn open(path: &str) -> anyhow::Result<Self> {
        let (path, mut connection) = (CString::new(path)?, ptr::null_mut());
        // SAFETY: both pointers are valid for the call; what it makes is closed in `drop`, also where it failed.
        let code = unsafe { ffi::sqlite3_open(path.as_ptr(), &raw mut connection) };
        let connection = Self(connection);
        connection.check(code)?;
        Ok(connection)
    }

    /// Does a statement that gives no rows that matter.
    ///
    /// # Errors
    /// When SQLite refuses it.
    pub(crate) fn execute(&self, text: &str) -> anyhow::Result<()> {
        let mut statement = self.prepare(text)?;
        while statement.step()? {}
        Ok(())
    }

    pub(super) fn prepare(&self, text: &str) -> anyhow::Result<Statement<'_>> {
        let (text, mut statement) = (CString::new(text)?, ptr::null_mut());
        // SAFETY: the connection is open as long as the statement borrows it; the text ends with a zero byte.
        let code = unsafe {
            ffi::sqlite3_prepare_v2(self.0, text.as_ptr(), -1, &raw mut statement, ptr::null_mut())
        };
        self.check(code)?;
        Ok(Statement { connection: self, statement })
    }

    pub(super) fn rows(&self, text: &str) -> anyhow::Result<Vec<Vec<Value>>> {
        let (mut statement, mut rows) = (self.prepare(text)?, Vec::new());
        while statement.step()? {
            rows.push(statement.row());
        }
        Ok(rows)
    }

    fn check(&self, code: i32) -> anyhow::Result<()> {
        if matches!(code, ffi::SQLITE_OK | ffi::SQLITE_ROW | ffi::SQLITE_DONE) {
            return Ok(());
        }
        // SAFETY: the message lives until the next call on this connection, and is copied before.
        let message = unsafe { CStr::from_ptr(ffi::sqlite3_errmsg(self.0)) };
        bail!("SQLite: {}", message.to_string_lossy())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // SAFETY: every statement borrows the connection, so all are finalized.
        unsafe { ffi::sqlite3_close(self.0) };
    }
}

impl Statement<'_> {
    /// Runs it once with these values.
    pub(super) fn run(&mut self, values: &[Value]) -> anyhow::Result<()> {
        for (place, value) in (1..).zip(values) {
            let code = self.bind(place, value)?;
            self.connection.check(code)?;
        }
        while self.step()? {}
        // SAFETY: the statement is not finalized before `drop`. The values that were bound are not read after this.
        let code = unsafe { ffi::sqlite3_reset(self.statement) };
        self.connection.check(code)
    }

    fn bind(&mut self, place: i32, value: &Value) -> anyhow::Result<i32> {
        // SAFETY: texts and blobs outlive the only run that reads them (`None` is SQLITE_STATIC): `run` has them borrowed
        // until it has reset the statement.
        Ok(unsafe {
            match value {
                Value::Null => ffi::sqlite3_bind_null(self.statement, place),
                Value::Integer(number) => ffi::sqlite3_bind_int64(self.statement, place, *number),
                Value::Text(text) => ffi::sqlite3_bind_text(
                    self.statement,
                    place,
                    text.as_ptr().cast(),
                    text.len().try_into()?,
                    None,
                ),
                Value::Blob(bytes) => ffi::sqlite3_bind_blob(
                    self.statement,
                    place,
                    bytes.as_ptr().cast(),
                    bytes.len().try_into()?,
                    None,
                ),
            }
        })
    }

    /// Says whether there is a row.
    fn step(&mut self) -> anyhow::Result<bool> {
        // SAFETY: the statement is not finalized before `drop`.
        let code = unsafe { ffi::sqlite3_step(self.statement) };
        self.connection.check(code)?;
        Ok(code == ffi::SQLITE_ROW)
    }

    fn row(&self) -> Vec<Value> {
        // SAFETY: `step` has just said that there is a row.
        let columns = unsafe { ffi::sqlite3_column_count(self.statement) };
        (0..columns).map(|column| self.column(column)).collect()
    }

    fn column(&self, column: i32) -> Value {
        // SAFETY: there is a row with this column, and what it points to is copied before the next step. A blob of no
        // bytes is a null pointer and is not read.
        unsafe {
            let bytes = || {
                let start: *const u8 = ffi::sqlite3_column_blob(self.statement, column).cast();
                let length =
                    usize::try_from(ffi::sqlite3_column_bytes(self.statement, column)).unwrap_or_default();
                if start.is_null() { Vec::new() } else { std::slice::from_raw_parts(start, length).to_vec() }
            };
            match ffi::sqlite3_column_type(self.statement, column) {
                ffi::SQLITE_NULL => Value::Null,
                ffi::SQLITE_INTEGER => Value::Integer(ffi::sqlite3_column_int64(self.statement, column)),
                ffi::SQLITE_TEXT => Value::Text(String::from_utf8_lossy(&bytes()).into_owned()),
                _ => Value::Blob(bytes()),
            }
        }
    }
}

impl Drop for Statement<'_> {
    fn drop(&mut self) {
        // SAFETY: it was made by `prepare` and is finalized once.
        unsafe { ffi::sqlite3_finalize(self.statement) };
    }
}
