use std::{fmt, str::FromStr};

/// The code by which a practice is known: eight digits, leading zeros kept (D1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Agb(String);

/// Why a text is not an AGB code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an AGB code has exactly eight digits")]
pub struct AgbError;

impl Agb {
    /// The eight digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Agb {
    type Err = AgbError;

    fn from_str(text: &str) -> Result<Self, AgbError> {
        if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(AgbError)
        }
    }
}

impl fmt::Display for Agb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d1_leading_zeros_are_kept() {
        let agb: Agb = "01000001".parse().unwrap();
        assert_eq!((agb.as_str(), agb.to_string().as_str()), ("01000001", "01000001"));
    }

    #[test]
    fn d1_anything_but_eight_digits_is_refused() {
        for text in ["", "1000001", "010000011", "0100000a", " 1000001", "０１０００００１"] {
            assert_eq!(text.parse::<Agb>(), Err(AgbError), "{text:?}");
        }
    }
}
