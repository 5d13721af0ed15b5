use super::super::mailer::MailError;

/// Why nothing could be told this time.
#[derive(Debug, thiserror::Error)]
pub(super) enum TellError {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error("the words of the mail could not be found: {0}")]
    Words(#[from] askama::Error),
    #[error("the patient's mail address is not one that mail can be sent to")]
    Address,
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
    pub(super) fn is_final(&self) -> bool {
        match self {
            Self::Mail(error) => error.is_final(),
            Self::Address | Self::Payload => true,
            Self::Store(_) | Self::Words(_) => false,
        }
    }
}
