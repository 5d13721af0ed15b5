use std::{error::Error as _, io, time::Duration};

use lettre::transport::smtp::{Error as SmtpError, response::Code};

use super::connections::OPENING;

/// Codes by which a server refuses this mail, and not our way of handing it over: no such mailbox, moved,
/// full, not a name, refused for its sender or content, and a domain that takes no mail.
const REFUSALS: [u16; 7] = [521, 550, 551, 552, 553, 554, 556];

/// Codes by which a server says that it does not know us (RFC 4954, 6).
const LOGINS: [u16; 6] = [432, 454, 530, 534, 535, 538];

/// Why a mail did not go out. Never holds what the server wrote: servers repeat the address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Trying again will not help.
    #[error("the mail server refuses this mail for good (code {0})")]
    Refused(Code),
    /// The server is there, and does not want it now or not like this.
    #[error("the mail server does not take this mail (code {0})")]
    Declined(Code),
    /// The server does not accept who we say we are.
    #[error("the mail server does not let us in: look at mail.user and mail.password (code {0})")]
    Login(Code),
    /// No word from the server in time.
    #[error("the mail server did not answer within {} s", .0.as_secs())]
    Timeout(Duration),
    /// The connection cannot be secured as it must be.
    #[error(
        "no secure connection to the mail server: it speaks no TLS here, or its certificate is not trusted for this host (see mail.ca)"
    )]
    Tls,
    /// The server cannot do what the configuration asks of it.
    #[error("the mail server does not offer what mail.security or mail.user asks for")]
    NotOffered,
    /// Anything else on the way to the server.
    #[error("the mail server cannot be reached, or was not understood")]
    Connection,
    /// Nobody can be reached there.
    #[error("the patient's mail address is not one that mail can be sent to")]
    Address,
    /// The mail itself cannot be built.
    #[error("the mail cannot be built: {0}")]
    Unsendable(&'static str),
}

impl MailError {
    /// Whether trying again will not help.
    pub(crate) fn is_final(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Address | Self::Unsendable(_))
    }
}

impl From<SmtpError> for MailError {
    fn from(error: SmtpError) -> Self {
        match error.status() {
            Some(code) if REFUSALS.contains(&code.into()) => Self::Refused(code),
            Some(code) if LOGINS.contains(&code.into()) => Self::Login(code),
            Some(code) => Self::Declined(code),
            None if error.is_timeout() => Self::Timeout(OPENING),
            None if error.is_tls() || is_of_tls(&error) => Self::Tls,
            None if error.is_client() => Self::NotOffered,
            None => Self::Connection,
        }
    }
}

impl From<io::Error> for MailError {
    fn from(_: io::Error) -> Self {
        Self::Connection
    }
}

/// A handshake that fails comes as data that is not valid.
fn is_of_tls(error: &SmtpError) -> bool {
    let mut causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.any(|cause| {
        let cause = cause.downcast_ref::<io::Error>();
        cause.is_some_and(|cause| cause.kind() == io::ErrorKind::InvalidData)
    })
}
