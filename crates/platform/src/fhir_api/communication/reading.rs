//! What a Communication says, keeping the path of what is wrong.

use agenda::Bsn;
use fhir::incoming::Communication;
use store::{Attachment, Words};

use super::payload;
use crate::fhir_api::{
    outcome::Refused,
    person::{self, SentAddress},
    unfit::Unfit,
};

/// The only kind of message that is taken (D16).
const MESSAGE: &str = "melding";
/// The most characters that a topic may have.
const TOPIC: usize = 500;

/// Everything that a Communication says.
pub(crate) struct Read {
    /// Whose it is.
    pub(crate) bsn: Bsn,
    /// Where to invite a patient without an account (D16).
    pub(crate) mail: Option<SentAddress>,
    pub(crate) words: Words,
    pub(crate) attachments: Vec<Attachment>,
}

/// Reads a Communication.
///
/// # Errors
/// What is wrong with it and where.
pub(crate) fn communication(body: &[u8], lenient_bsn: bool) -> Result<Read, Refused> {
    let found: Communication = fhir::parse(body)?;
    check_category(&found)?;
    match found.status.as_deref() {
        None => return Err(Refused::Required("Communication.status".to_owned())),
        Some("completed") => {}
        Some(_) => return Err(Unfit::Status.into()),
    }
    let (bsn, mail) = recipient(&found, lenient_bsn)?;
    let topic = found.topic.as_ref().and_then(|topic| topic.text.as_deref());
    let topic = text(topic, "Communication.topic.text", TOPIC)?;
    let (text, attachments) = payload::read(&found.payload)?;
    Ok(Read { bsn, mail, words: Words { topic, text }, attachments })
}

/// D16: whatever else it is, it is a message.
fn check_category(found: &Communication) -> Result<(), Refused> {
    let mut codes = found.category.iter().flat_map(|category| &category.coding).peekable();
    if codes.peek().is_none() {
        return Err(Unfit::CategoryMissing.into());
    }
    if codes.any(|coding| coding.code.as_deref() == Some(MESSAGE)) {
        Ok(())
    } else {
        Err(Unfit::Category.into())
    }
}

/// The one contained patient that the one recipient refers to.
fn recipient(found: &Communication, lenient: bool) -> Result<(Bsn, Option<SentAddress>), Refused> {
    let only = match &*found.recipient {
        [] => return Err(Refused::Required("Communication.recipient".to_owned())),
        [only] => only,
        [..] => return Err(Unfit::Recipient.into()),
    };
    let (at, patient) = found.patient(only)?.ok_or(Unfit::Recipient)?;
    Ok((person::bsn(&patient, &at, lenient)?, person::mail(&patient, &at)))
}

/// A text that must be there, with at most so many characters.
pub(super) fn text(text: Option<&str>, at: &str, limit: usize) -> Result<String, Refused> {
    let text = text.filter(|text| !text.trim().is_empty());
    let text = text.ok_or_else(|| Refused::Required(at.to_owned()))?;
    let characters = text.chars().count();
    if characters > limit {
        return Err(Unfit::TooLong { at: at.to_owned(), characters, limit }.into());
    }
    Ok(text.to_owned())
}
