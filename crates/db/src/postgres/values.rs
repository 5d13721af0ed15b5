//! Parameters and columns as the driver has them.

use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::{
    Row,
    types::{FromSql, IsNull, ToSql, Type, to_sql_checked},
};

use crate::Value;

/// A parameter that nobody prints: the driver would, where it is asked to log everything.
pub(super) struct Parameter(pub(super) Value);

impl std::fmt::Debug for Parameter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl Parameter {
    /// The type that the statement is prepared with.
    pub(super) fn kind(&self) -> Type {
        match self.0 {
            Value::Text(_) => Type::TEXT,
            Value::Integer(_) => Type::INT8,
            Value::Bytes(_) => Type::BYTEA,
        }
    }
}

impl ToSql for Parameter {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match &self.0 {
            Value::Text(value) => value.to_sql(kind, out),
            Value::Integer(value) => value.to_sql(kind, out),
            Value::Bytes(value) => value.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::TEXT, Type::INT8, Type::BYTEA].contains(kind)
    }

    to_sql_checked!();
}

/// One row of an answer.
#[derive(Debug)]
pub(crate) struct PostgresRow(pub(super) Row);

/// What a value of PostgreSQL's can be read as; nothing where it is null.
pub(crate) trait FromPostgres<'row>: Sized {
    fn from_postgres(row: &'row PostgresRow, column: &str) -> Result<Option<Self>, String>;
}

impl<'row> FromPostgres<'row> for &'row str {
    fn from_postgres(row: &'row PostgresRow, column: &str) -> Result<Option<Self>, String> {
        row.value(column)
    }
}

impl<'row> FromPostgres<'row> for &'row [u8] {
    fn from_postgres(row: &'row PostgresRow, column: &str) -> Result<Option<Self>, String> {
        row.value(column)
    }
}

impl FromPostgres<'_> for i64 {
    fn from_postgres(row: &PostgresRow, column: &str) -> Result<Option<Self>, String> {
        Ok(row.value(column)?.map(|Whole(number)| number))
    }
}

impl PostgresRow {
    fn value<'a, T: FromSql<'a>>(&'a self, column: &str) -> Result<Option<T>, String> {
        // Of two with one name the last.
        let place = self.0.columns().iter().rposition(|one| one.name() == column);
        let place = place.ok_or_else(|| "there is no such column".to_owned())?;
        self.0.try_get(place).map_err(|error| error.source().map_or(error.to_string(), ToString::to_string))
    }
}

/// A number of any width: a literal in a statement is narrower than what is stored.
struct Whole(i64);

impl<'a> FromSql<'a> for Whole {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        match *kind {
            Type::INT2 => i16::from_sql(kind, raw).map(|number| Self(number.into())),
            Type::INT4 => i32::from_sql(kind, raw).map(|number| Self(number.into())),
            _ => i64::from_sql(kind, raw).map(Self),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT2, Type::INT4, Type::INT8].contains(kind)
    }
}
