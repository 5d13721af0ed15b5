use std::{error::Error as _, io};

use tokio_postgres::error::SqlState;

use crate::Error;

/// Why PostgreSQL did not do what it was asked.
///
/// Its `DETAIL` is left out: that repeats what is in the row.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{said}")]
pub struct Refusal {
    said: String,
    state: Option<SqlState>,
    is_not_there_yet: bool,
}

impl Refusal {
    /// Whether a row with this key was there already.
    pub(crate) fn is_unique_violation(&self) -> bool {
        self.state.as_ref() == Some(&SqlState::UNIQUE_VIOLATION)
    }

    /// Whether the role may not do this.
    pub(crate) fn is_of_a_lesser_role(&self) -> bool {
        self.state.as_ref() == Some(&SqlState::INSUFFICIENT_PRIVILEGE)
    }

    /// Whether the same transaction may well succeed when it is run again (40001, 40P01).
    pub(crate) fn is_worth_retrying(&self) -> bool {
        let states = [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED];
        self.state.as_ref().is_some_and(|state| states.contains(state))
    }

    /// Whether a server that is starting, or is full, may take the connection in a moment.
    pub(super) fn is_not_there_yet(&self) -> bool {
        self.is_not_there_yet
    }

    /// The same as whoever asked for something else may be told: what kind it is means nothing to them, but that the
    /// transaction was lost.
    pub(super) fn told_to_another(self) -> Self {
        if self.is_worth_retrying() { self } else { Self { state: None, ..self } }
    }
}

impl From<tokio_postgres::Error> for Refusal {
    fn from(error: tokio_postgres::Error) -> Self {
        let said = match (error.as_db_error(), error.source()) {
            (Some(refusal), _) => refusal.message().to_owned(),
            (None, Some(cause)) => format!("{error}: {cause}"),
            (None, None) => error.to_string(),
        };
        let busy = [SqlState::CANNOT_CONNECT_NOW, SqlState::TOO_MANY_CONNECTIONS];
        let is_refused = |cause: &io::Error| cause.kind() == io::ErrorKind::ConnectionRefused;
        let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
        let is_not_there_yet =
            cause.is_some_and(is_refused) || error.code().is_some_and(|state| busy.contains(state));
        Self { said, state: error.code().cloned(), is_not_there_yet }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        Refusal::from(error).into()
    }
}
