use std::{fmt, str::FromStr};

use serde::Deserialize;

/// A practice's AGB code: eight digits of text, leading zeros kept (D1).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Agb(String);

/// The text is not an AGB code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an AGB code is eight digits, leading zeros included")]
pub struct NotAnAgb;

impl Agb {
    /// The system that names an organisation's AGB code in FHIR.
    pub(crate) const SYSTEM: &'static str = "http://fhir.nl/fhir/NamingSystem/agb-z";

    /// The eight digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `system|value`, the form of the `X-Organization-Identifier` header.
    pub(crate) fn token(&self) -> String {
        format!("{}|{}", Self::SYSTEM, self.0)
    }
}

impl FromStr for Agb {
    type Err = NotAnAgb;

    fn from_str(text: &str) -> Result<Self, NotAnAgb> {
        let is_agb = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_agb { Ok(Self(text.to_owned())) } else { Err(NotAnAgb) }
    }
}

impl TryFrom<String> for Agb {
    type Error = NotAnAgb;

    fn try_from(text: String) -> Result<Self, NotAnAgb> {
        text.parse()
    }
}

impl fmt::Display for Agb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Agb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d1_eight_digits_with_their_leading_zeros() {
        assert_eq!("01000001".parse::<Agb>().unwrap().as_str(), "01000001");
        for text in ["1000001", "010000011", "0100000a", ""] {
            assert_eq!(text.parse::<Agb>(), Err(NotAnAgb), "{text}");
        }
    }
}
