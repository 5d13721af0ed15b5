use std::{fmt, str::FromStr};

use crate::text::with_line_feeds;

/// What the patient wrote, in 1 to 500 characters (C14).
///
/// Line ends are LF and outer whitespace is gone; nothing else is ever changed or cut. `Debug` hides the text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Reason(String);

/// Why a text cannot be a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReasonError {
    /// Nothing but whitespace.
    #[error("the reason is empty; it needs 1 to {limit} characters", limit = Reason::LIMIT)]
    Empty,
    /// More than fits; never truncated.
    #[error("the reason has {characters} characters; at most {limit} are possible", limit = Reason::LIMIT)]
    TooLong {
        /// How many it has, line ends counted as one.
        characters: usize,
    },
    /// A control character, which FHIR does not allow in a text.
    #[error("character {position} of the reason is a control character and cannot be sent")]
    Unprintable {
        /// Which one, counted from 1.
        position: usize,
    },
}

impl Reason {
    /// The most characters that a reason may have.
    pub const LIMIT: usize = 500;

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many characters it has.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.0.chars().count()
    }
}

impl FromStr for Reason {
    type Err = ReasonError;

    fn from_str(text: &str) -> Result<Self, ReasonError> {
        let text = with_line_feeds(text).trim().to_owned();
        let characters = text.chars().count();
        let forbidden = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
        if characters == 0 {
            Err(ReasonError::Empty)
        } else if characters > Self::LIMIT {
            Err(ReasonError::TooLong { characters })
        } else if let Some(before) = text.chars().position(forbidden) {
            Err(ReasonError::Unprintable { position: before + 1 })
        } else {
            Ok(Self(text))
        }
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Reason({} characters)", self.characters())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c14_newlines_are_kept_and_outer_whitespace_is_not() {
        let reason: Reason = "\r\n Pijn in knie.\r\n\r\n\tSinds mei.\u{b}Links. \n".parse().unwrap();
        assert_eq!(reason.as_str(), "Pijn in knie.\n\n\tSinds mei.\nLinks.");
    }

    #[test]
    fn c14_characters_are_counted_not_bytes() {
        assert_eq!("é".repeat(500).parse::<Reason>().unwrap().characters(), 500);
        assert_eq!("é".repeat(501).parse::<Reason>(), Err(ReasonError::TooLong { characters: 501 }));
    }

    #[test]
    fn c14_empty_is_an_error() {
        assert_eq!(" \r\n\t ".parse::<Reason>(), Err(ReasonError::Empty));
    }

    #[test]
    fn c14_control_characters_are_an_error() {
        assert_eq!("ab\0c".parse::<Reason>(), Err(ReasonError::Unprintable { position: 3 }));
    }

    #[test]
    fn debug_does_not_show_what_the_patient_wrote() {
        assert_eq!(format!("{:?}", "knie".parse::<Reason>().unwrap()), "Reason(4 characters)");
    }
}
