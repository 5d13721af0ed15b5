use lettre::transport::smtp::response::Code;

use super::TIMEOUT;

/// Codes by which a server refuses this mail, and not our way of handing it over: no such mailbox, moved,
/// full, not a name, refused for its sender or content, and a domain that takes no mail.
const REFUSALS: [u16; 7] = [521, 550, 551, 552, 553, 554, 556];

/// Why a mail did not go out. Never holds what the server wrote: servers repeat the address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::notices) enum MailError {
    /// Trying again will not help.
    #[error("the mail server refuses this mail for good (code {0})")]
    Refused(Code),
    /// The server is there, and does not want it now or not like this.
    #[error("the mail server does not take this mail (code {0})")]
    Declined(Code),
    /// No word from the server in time.
    #[error("the mail server did not answer within {} s", TIMEOUT.as_secs())]
    Timeout,
    /// The connection cannot be secured as it must be.
    #[error("no secure connection to the mail server")]
    Tls,
    /// Anything else on the way to the server.
    #[error("the mail server cannot be reached, or was not understood")]
    Connection,
    /// The mail itself cannot be built.
    #[error("the mail cannot be built: {0}")]
    Unsendable(&'static str),
}

impl MailError {
    /// Whether trying again will not help.
    pub(in crate::notices) fn is_final(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Unsendable(_))
    }
}

impl From<&lettre::transport::smtp::Error> for MailError {
    fn from(error: &lettre::transport::smtp::Error) -> Self {
        match error.status() {
            Some(code) if REFUSALS.contains(&code.into()) => Self::Refused(code),
            Some(code) => Self::Declined(code),
            None if error.is_timeout() => Self::Timeout,
            None if error.is_tls() => Self::Tls,
            None => Self::Connection,
        }
    }
}
