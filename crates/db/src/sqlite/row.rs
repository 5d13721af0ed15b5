use std::{ops::Range, str, sync::Arc};

use rusqlite::types::{Type, ValueRef};

/// One row, read out: the statement that it came from is free again.
#[derive(Debug)]
pub(crate) struct SqliteRow {
    names: Arc<[Box<str>]>,
    values: Box<[Held]>,
    /// Its texts and blobs, one after another.
    bytes: Box<[u8]>,
}

#[derive(Debug, Clone)]
enum Held {
    Null,
    Integer(i64),
    Real,
    Text(Range<usize>),
    Blob(Range<usize>),
}

impl SqliteRow {
    pub(super) fn of(row: &rusqlite::Row<'_>, names: &Arc<[Box<str>]>) -> Result<Self, rusqlite::Error> {
        let (mut values, mut bytes) = (Vec::with_capacity(names.len()), Vec::new());
        let mut kept = |part: &[u8]| {
            let begin = bytes.len();
            bytes.extend_from_slice(part);
            begin..bytes.len()
        };
        for place in 0..names.len() {
            values.push(match row.get_ref(place)? {
                ValueRef::Null => Held::Null,
                ValueRef::Integer(number) => Held::Integer(number),
                ValueRef::Real(_) => Held::Real,
                ValueRef::Text(text) => Held::Text(kept(text)),
                ValueRef::Blob(blob) => Held::Blob(kept(blob)),
            });
        }
        Ok(Self { names: Arc::clone(names), values: values.into(), bytes: bytes.into() })
    }

    fn value(&self, column: &str) -> Result<&Held, String> {
        // Of two with one name the last, as PostgreSQL's driver has it.
        let place = self.names.iter().rposition(|name| **name == *column);
        place.map(|place| &self.values[place]).ok_or_else(|| "there is no such column".to_owned())
    }
}

impl Held {
    /// Why it cannot be read as what is asked for.
    fn refused<T>(&self) -> Result<T, String> {
        let kind = match self {
            Self::Null => Type::Null,
            Self::Integer(_) => Type::Integer,
            Self::Real => Type::Real,
            Self::Text(_) => Type::Text,
            Self::Blob(_) => Type::Blob,
        };
        Err(format!("it is {kind}"))
    }
}

/// What a value of SQLite's can be read as; nothing where it is null.
pub(crate) trait FromSqlite<'row>: Sized {
    fn from_sqlite(row: &'row SqliteRow, column: &str) -> Result<Option<Self>, String>;
}

impl<'row> FromSqlite<'row> for &'row str {
    fn from_sqlite(row: &'row SqliteRow, column: &str) -> Result<Option<Self>, String> {
        match row.value(column)? {
            Held::Null => Ok(None),
            Held::Text(part) => str::from_utf8(&row.bytes[part.clone()]).map(Some).map_err(|e| e.to_string()),
            other => other.refused(),
        }
    }
}

impl<'row> FromSqlite<'row> for &'row [u8] {
    fn from_sqlite(row: &'row SqliteRow, column: &str) -> Result<Option<Self>, String> {
        match row.value(column)? {
            Held::Null => Ok(None),
            Held::Blob(part) => Ok(Some(&row.bytes[part.clone()])),
            other => other.refused(),
        }
    }
}

impl FromSqlite<'_> for i64 {
    fn from_sqlite(row: &SqliteRow, column: &str) -> Result<Option<Self>, String> {
        match row.value(column)? {
            Held::Null => Ok(None),
            Held::Integer(number) => Ok(Some(*number)),
            other => other.refused(),
        }
    }
}
