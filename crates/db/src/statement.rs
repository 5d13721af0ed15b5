use jiff::Timestamp;

use crate::{Error, Row, Tx, tx::Connection};

/// One SQL text with its parameters.
#[derive(Debug)]
#[must_use = "a statement does nothing until it is executed"]
pub struct Statement {
    sqlite: &'static str,
    postgres: &'static str,
    values: Vec<Value>,
    pub(crate) scopes: Vec<String>,
}

/// A parameter of a statement.
#[derive(Debug, Clone)]
pub enum Value {
    /// `text`
    Text(Option<String>),
    /// `bigint`
    Integer(Option<i64>),
    /// `bytea`
    Bytes(Option<Vec<u8>>),
}

/// A statement that both databases understand.
pub fn sql(text: &'static str) -> Statement {
    sql_each(text, text)
}

/// A statement for which the two dialects need different words: say there why.
pub fn sql_each(sqlite: &'static str, postgres: &'static str) -> Statement {
    Statement { sqlite, postgres, values: Vec::new(), scopes: Vec::new() }
}

impl Statement {
    /// The value of the next parameter.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// In which scope it runs (see [`Fence`](crate::Fence)). Where several are given, any of them will do: the one in
    /// force stays, or else the first comes in force.
    pub fn of(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Its words for the driver of this connection.
    pub(crate) fn text(&self, connection: &Connection) -> &'static str {
        match connection {
            Connection::Sqlite(_) | Connection::SqliteRead(_) => self.sqlite,
            Connection::Postgres(_) => self.postgres,
        }
    }

    /// Runs it and says how many rows it touched.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn execute(self, tx: &mut Tx) -> Result<u64, Error> {
        let mut open = tx.open().await;
        open.prepare(&self).await?;
        let outcome = match &mut open.connection {
            Connection::Sqlite(unit) => unit.execute(self.sqlite, &self.values),
            Connection::SqliteRead(reader) => reader.execute(self.sqlite, &self.values),
            Connection::Postgres(transaction) => transaction.execute(self.postgres, self.values).await,
        };
        outcome.map_err(|error| open.note(error))
    }

    /// Runs it without waiting for the answer, for what nothing depends on: on PostgreSQL it goes on the trip of what is
    /// waited for next, and if it is refused, that is refused too, or else the commit. On SQLite it has run.
    ///
    /// # Errors
    /// When the database refuses it, or anything that was run so before.
    pub async fn execute_later(self, tx: &mut Tx) -> Result<(), Error> {
        let mut open = tx.open().await;
        open.prepare(&self).await?;
        let outcome = match &mut open.connection {
            Connection::Sqlite(unit) => unit.execute(self.sqlite, &self.values).map(drop),
            Connection::SqliteRead(reader) => reader.execute(self.sqlite, &self.values).map(drop),
            Connection::Postgres(transaction) => transaction.execute_later(self.postgres, self.values).await,
        };
        outcome.map_err(|error| open.note(error))
    }

    /// Runs it and reads every row.
    ///
    /// # Errors
    /// When the database refuses it or a row cannot be read.
    pub async fn all<T>(self, tx: &mut Tx, read: impl Fn(&Row) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        let rows = self.rows(tx, Wanted::Every).await?;
        rows.iter().map(read).collect()
    }

    /// Runs it and reads the first row, if there is one.
    ///
    /// # Errors
    /// When the database refuses it or the row cannot be read.
    pub async fn first<T>(
        self,
        tx: &mut Tx,
        read: impl Fn(&Row) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let rows = self.rows(tx, Wanted::First).await?;
        rows.first().map(read).transpose()
    }

    async fn rows(self, tx: &mut Tx, wanted: Wanted) -> Result<Vec<Row>, Error> {
        let mut open = tx.open().await;
        open.prepare(&self).await?;
        let at_most = if wanted == Wanted::First { 1 } else { usize::MAX };
        let outcome = match &mut open.connection {
            Connection::Sqlite(unit) => unit.rows(self.sqlite, &self.values, at_most).map(Row::all),
            Connection::SqliteRead(reader) => reader.rows(self.sqlite, &self.values, at_most).map(Row::all),
            Connection::Postgres(transaction) => {
                transaction.rows(self.postgres, self.values).await.map(Row::all)
            }
        };
        outcome.map_err(|error| open.note(error))
    }
}

/// How many rows of an answer are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Every,
    First,
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}
impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}
impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}
impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}
impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Integer(Some(value.into()))
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Integer(Some(value.into()))
    }
}
impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Integer(Some(value.as_microsecond()))
    }
}
impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}

/// Null needs the type of what is not there.
macro_rules! optional {
    ($($type:ty => $variant:ident),*) => {$(
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                value.map_or(Self::$variant(None), Self::from)
            }
        }
    )*};
}
optional!(&str => Text, String => Text, i64 => Integer, u32 => Integer, bool => Integer, Timestamp => Integer, Vec<u8> => Bytes);
