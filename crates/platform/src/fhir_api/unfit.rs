use super::outcome::Refused;
use crate::messages::files::BadFile;

/// Why a message or an invitation is not taken. None of these holds what was sent; a text says where it stands.
#[derive(Debug)]
pub(crate) enum Unfit {
    /// D16
    CategoryMissing,
    /// D16
    Category,
    Status,
    /// Not one contained patient.
    Recipient,
    NoBsn(String),
    TwoBsns(String),
    TooLong {
        at: String,
        characters: usize,
        limit: usize,
    },
    NoText,
    TwoTexts(String),
    /// Neither a text nor a file, or both.
    Payload(String),
    TooManyFiles,
    FileType(String),
    Base64(String),
    File {
        at: String,
        why: BadFile,
    },
    MailAddress(String),
    /// D16: no account and no mail address.
    OutOfReach,
    /// D5
    UnknownAccount,
    /// D7
    Registered,
    /// D5
    Chat,
}

impl From<Unfit> for Refused {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(unfit)
    }
}
