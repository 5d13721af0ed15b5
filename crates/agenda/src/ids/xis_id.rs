use std::{fmt, str::FromStr};

/// The logical id that a practice's system gave to one of its resources.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct XisId(String);

/// Why a text is not a FHIR id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id has 1 to 64 characters, each a letter A-Z or a-z, a digit, '-' or '.'")]
pub struct XisIdError;

impl XisId {
    /// The id as the XIS wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for XisId {
    type Err = XisIdError;

    fn from_str(text: &str) -> Result<Self, XisIdError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
        if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(XisIdError)
        }
    }
}

impl fmt::Display for XisId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_fhir_allows_are_read() {
        for text in ["12345", "a.B-9", &"x".repeat(64)] {
            assert_eq!(text.parse::<XisId>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn ids_that_fhir_forbids_are_refused() {
        for text in ["", "a b", "a/b", "a_b", "é", &"x".repeat(65)] {
            assert_eq!(text.parse::<XisId>(), Err(XisIdError), "{text:?}");
        }
    }
}
