use jiff::Timestamp;

use crate::{Error, Row, Tx, row::Driver, tx::Connection};

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

/// The same calls in the words of whichever driver the transaction runs on.
macro_rules! on {
    ($statement:ident, $tx:ident, $connection:ident, $query:ident => $run:expr, $wrap:ident) => {{
        let mut open = $tx.open().await;
        open.prepare(&$statement).await?;
        let outcome = match &mut open.connection {
            Connection::Sqlite($connection) => {
                let $query = bind!($statement.sqlite, $statement.values);
                $run.map(|answer| $wrap!(answer, Sqlite))
            }
            Connection::SqliteRead($connection) => {
                let $query = bind!($statement.sqlite, $statement.values);
                $run.map(|answer| $wrap!(answer, Sqlite))
            }
            Connection::Postgres($connection) => {
                let $query = bind!($statement.postgres, $statement.values);
                $run.map(|answer| $wrap!(answer, Postgres))
            }
        };
        outcome.map_err(|error| open.note(error.into()))
    }};
}
macro_rules! bind {
    ($text:expr, $values:expr) => {{
        let mut query = sqlx::query($text);
        for value in $values {
            query = match value {
                Value::Text(value) => query.bind(value),
                Value::Integer(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
            };
        }
        query
    }};
}
macro_rules! affected {
    ($answer:ident, $driver:ident) => {
        $answer.rows_affected()
    };
}
macro_rules! rows {
    ($answer:ident, $driver:ident) => {
        $answer.into_iter().map(|row| Row(Driver::$driver(row))).collect::<Vec<_>>()
    };
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
        on!(self, tx, connection, query => query.execute(&mut **connection).await, affected)
    }

    /// Runs it and reads every row.
    ///
    /// # Errors
    /// When the database refuses it or a row cannot be read.
    pub async fn all<T>(self, tx: &mut Tx, read: impl Fn(&Row) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        let rows = on!(self, tx, connection, query => query.fetch_all(&mut **connection).await, rows)?;
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
        let row = on!(self, tx, connection, query => query.fetch_optional(&mut **connection).await, rows)?;
        row.first().map(read).transpose()
    }
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
