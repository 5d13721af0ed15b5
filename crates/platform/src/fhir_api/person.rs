//! Whom a XIS means: a patient by BSN, and where mail reaches them.

use agenda::Bsn;
use fhir::{incoming::Patient, naming};

use super::{outcome::Refused, unfit::Unfit};

/// The longest mail address that there is (RFC 5321).
const ADDRESS_BYTES: usize = 254;

/// A mail address as it was sent, with its place. `Debug` hides it.
pub(crate) struct SentAddress {
    text: String,
    at: String,
}

impl std::fmt::Debug for SentAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SentAddress").field("at", &self.at).finish_non_exhaustive()
    }
}

/// A3: the one BSN of the patient who stands at this place, such as `Patient`.
///
/// # Errors
/// When there is none, there are two, or it cannot be one.
pub(super) fn bsn(patient: &Patient, at: &str, lenient: bool) -> Result<Bsn, Refused> {
    let identifiers = patient.identifier.iter().enumerate();
    let mut all = identifiers.filter_map(|(index, one)| Some((index, one.value_in(naming::BSN)?.trim())));
    let (index, first) = all.next().ok_or_else(|| Unfit::NoBsn(format!("{at}.identifier")))?;
    if all.any(|(_, other)| other != first) {
        return Err(Unfit::TwoBsns(format!("{at}.identifier")).into());
    }
    let parsed = if lenient { Bsn::parse_lenient(first) } else { Bsn::parse(first) };
    parsed.map_err(|_| Refused::InvalidBsn(format!("{at}.identifier[{index}].value")))
}

/// The first mail address of the patient who stands at this place, not yet checked.
pub(super) fn mail(patient: &Patient, at: &str) -> Option<SentAddress> {
    patient.telecom.iter().enumerate().find_map(|(index, contact)| {
        let text = contact.value.as_deref().filter(|_| contact.system.as_deref() == Some("email"))?.trim();
        let at = format!("{at}.telecom[{index}].value");
        (!text.is_empty()).then(|| SentAddress { text: text.to_owned(), at })
    })
}

impl SentAddress {
    /// The address, if mail can be sent to it from anywhere.
    ///
    /// # Errors
    /// When it cannot.
    pub(crate) fn checked(&self) -> Result<&str, Refused> {
        let parsed: Result<lettre::Address, _> = self.text.parse();
        match parsed {
            Ok(address) if self.text.len() <= ADDRESS_BYTES && address.domain().contains('.') => {
                Ok(&self.text)
            }
            _ => Err(Unfit::MailAddress(self.at.clone()).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str) -> SentAddress {
        SentAddress { text: text.to_owned(), at: String::new() }
    }

    #[test]
    fn an_address_that_mail_can_be_sent_to_is_taken() {
        for text in ["jan.janssen@example.com", "a+b@sub.example.nl", "jan@praktijk-linde.nl"] {
            assert_eq!(sent(text).checked().unwrap(), text);
        }
    }

    #[test]
    fn anything_else_is_refused_and_not_repeated() {
        let long = format!("{}@example.nl", "a".repeat(250));
        let several = "a@example.nl, b@example.nl";
        let header = "a@example.nl\r\nBcc: b@example.nl";
        for text in ["jan", "jan@", "@example.nl", "jan@localhost", several, header, &long] {
            assert!(sent(text).checked().is_err(), "{text}");
            assert!(!format!("{:?}", sent(text)).contains("jan"), "{text}");
        }
    }
}
