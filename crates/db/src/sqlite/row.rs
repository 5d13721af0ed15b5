use std::sync::Arc;

use rusqlite::types::Value;

/// One row, read out: the statement that it came from is free again.
#[derive(Debug)]
pub(crate) struct SqliteRow {
    names: Arc<[Box<str>]>,
    values: Box<[Value]>,
}

impl SqliteRow {
    pub(super) fn of(row: &rusqlite::Row<'_>, names: &Arc<[Box<str>]>) -> Result<Self, rusqlite::Error> {
        let values = (0..names.len()).map(|place| row.get(place)).collect::<Result<_, _>>()?;
        Ok(Self { names: Arc::clone(names), values })
    }

    fn value(&self, column: &str) -> Result<&Value, String> {
        // Of two with one name the last, as PostgreSQL's driver has it.
        let place = self.names.iter().rposition(|name| **name == *column);
        place.map(|place| &self.values[place]).ok_or_else(|| "there is no such column".to_owned())
    }
}

/// What a value of SQLite's can be read as; nothing where it is null.
pub(crate) trait FromSqlite: Sized {
    fn from_sqlite(row: &SqliteRow, column: &str) -> Result<Option<Self>, String>;
}

macro_rules! from_sqlite {
    ($($type:ty = $variant:ident),*) => {$(
        impl FromSqlite for $type {
            fn from_sqlite(row: &SqliteRow, column: &str) -> Result<Option<Self>, String> {
                match row.value(column)? {
                    Value::Null => Ok(None),
                    Value::$variant(value) => Ok(Some(value.clone())),
                    other => Err(format!("it is {}", other.data_type())),
                }
            }
        }
    )*};
}
from_sqlite!(String = Text, i64 = Integer, Vec<u8> = Blob);
