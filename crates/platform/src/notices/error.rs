use std::time::Duration;

use outbox::Verdict;

use super::{mailer::MailError, push::PushError};

/// Why nothing could be told this time.
#[derive(Debug, thiserror::Error)]
pub(super) enum TellError {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error(transparent)]
    Push(#[from] PushError),
    #[error("the words could not be found: {0}")]
    Words(#[from] askama::Error),
    #[error("the message does not say whom to tell of what")]
    Payload,
}

impl From<store::DatabaseError> for TellError {
    fn from(error: store::DatabaseError) -> Self {
        Self::Store(error.into())
    }
}

impl TellError {
    /// Whether trying again will not help.
    fn is_final(&self) -> bool {
        match self {
            Self::Mail(error) => error.is_final(),
            Self::Push(error) => error.is_final(),
            Self::Payload => true,
            Self::Store(_) | Self::Words(_) => false,
        }
    }

    /// How long the other side asks to wait.
    fn after(&self) -> Option<Duration> {
        match self {
            Self::Push(error) => error.after(),
            _ => None,
        }
    }
}

/// What the outbox is to do after an attempt.
pub(super) fn verdict(attempt: Result<(), TellError>) -> Verdict {
    match attempt {
        Ok(()) => Verdict::Done,
        Err(error) if error.is_final() => Verdict::GiveUp { reason: error.to_string() },
        Err(error) => Verdict::Retry { reason: error.to_string(), after: error.after() },
    }
}
