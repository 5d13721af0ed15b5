use jiff::Timestamp;

use crate::{
    Error,
    postgres::{FromPostgres, PostgresRow},
    sqlite::{FromSqlite, SqliteRow},
};

/// One row of an answer, from either database.
#[derive(Debug)]
pub struct Row(Driver);

#[derive(Debug)]
enum Driver {
    Sqlite(SqliteRow),
    Postgres(PostgresRow),
}

/// What a column can be read as.
pub trait Column<'row>: Sized {
    /// The column's value, `None` where it is null.
    ///
    /// # Errors
    /// When the column is missing or holds another type.
    fn read(row: &'row Row, column: &str) -> Result<Option<Self>, Error>;
}

impl From<SqliteRow> for Row {
    fn from(row: SqliteRow) -> Self {
        Self(Driver::Sqlite(row))
    }
}

impl From<PostgresRow> for Row {
    fn from(row: PostgresRow) -> Self {
        Self(Driver::Postgres(row))
    }
}

impl Row {
    pub(crate) fn all(rows: impl IntoIterator<Item: Into<Self>>) -> Vec<Self> {
        rows.into_iter().map(Into::into).collect()
    }

    /// The value of a column that is never null.
    ///
    /// # Errors
    /// When the column is missing, null or of another type.
    pub fn get<'row, T: Column<'row>>(&'row self, column: &str) -> Result<T, Error> {
        T::read(self, column)?.ok_or_else(|| unreadable(column, "it is null"))
    }

    /// The value of a column that may be null.
    ///
    /// # Errors
    /// When the column is missing or of another type.
    pub fn optional<'row, T: Column<'row>>(&'row self, column: &str) -> Result<Option<T>, Error> {
        T::read(self, column)
    }

    /// The value of a text column, read as `T`.
    ///
    /// # Errors
    /// When the column is missing, null, or `T` does not understand its text.
    pub fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&self, column: &str) -> Result<T, Error> {
        self.get::<&str>(column)?.parse().map_err(|reason| unreadable(column, reason))
    }

    /// The value of a text column that may be null, read as `T`.
    ///
    /// # Errors
    /// When the column is missing, or `T` does not understand its text.
    pub fn parsed_optional<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        column: &str,
    ) -> Result<Option<T>, Error> {
        let text = self.optional::<&str>(column)?;
        text.map(|text| text.parse().map_err(|reason| unreadable(column, reason))).transpose()
    }
}

/// An [`Error::Column`] for a value that was read but makes no sense.
pub(crate) fn unreadable(column: &str, reason: impl std::fmt::Display) -> Error {
    Error::Column { column: column.to_owned(), reason: reason.to_string() }
}

macro_rules! driver_column {
    ($($type:ty),*) => {$(
        impl<'row> Column<'row> for $type {
            fn read(row: &'row Row, column: &str) -> Result<Option<Self>, Error> {
                match &row.0 {
                    Driver::Sqlite(row) => Self::from_sqlite(row, column),
                    Driver::Postgres(row) => Self::from_postgres(row, column),
                }
                .map_err(|reason| unreadable(column, reason))
            }
        }
    )*};
}
driver_column!(&'row str, &'row [u8], i64);

impl Column<'_> for String {
    fn read(row: &Row, column: &str) -> Result<Option<Self>, Error> {
        Ok(<&str>::read(row, column)?.map(str::to_owned))
    }
}

impl Column<'_> for Vec<u8> {
    fn read(row: &Row, column: &str) -> Result<Option<Self>, Error> {
        Ok(<&[u8]>::read(row, column)?.map(<[u8]>::to_vec))
    }
}

impl Column<'_> for bool {
    fn read(row: &Row, column: &str) -> Result<Option<Self>, Error> {
        Ok(i64::read(row, column)?.map(|number| number != 0))
    }
}

impl Column<'_> for u32 {
    fn read(row: &Row, column: &str) -> Result<Option<Self>, Error> {
        let number = i64::read(row, column)?;
        number.map(|number| Self::try_from(number).map_err(|reason| unreadable(column, reason))).transpose()
    }
}

impl Column<'_> for Timestamp {
    fn read(row: &Row, column: &str) -> Result<Option<Self>, Error> {
        let number = i64::read(row, column)?;
        number
            .map(|number| Self::from_microsecond(number).map_err(|reason| unreadable(column, reason)))
            .transpose()
    }
}
