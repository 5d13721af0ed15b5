use std::fmt;

/// The number by which a patient is known. It never shows itself: no `Display`, and `Debug` hides the digits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Bsn(String);

/// Why a text is not a BSN. Says nothing about the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BsnError {
    /// Too short, too long, or something other than digits.
    #[error("a BSN has exactly nine digits")]
    NotNineDigits,
    /// Nine digits that nobody can have been given (A3).
    #[error("these nine digits do not pass the BSN's 11-proof")]
    FailsProof,
}

impl Bsn {
    /// Reads a BSN that passes the 11-proof (A3).
    ///
    /// # Errors
    /// When it does not have nine digits, or fails the proof.
    pub fn parse(text: &str) -> Result<Self, BsnError> {
        let bsn = Self::parse_lenient(text)?;
        if bsn.passes_proof() { Ok(bsn) } else { Err(BsnError::FailsProof) }
    }

    /// Reads any nine digits: for test organisations whose numbers fail the proof (A3, setting).
    ///
    /// # Errors
    /// When it does not have nine digits.
    pub fn parse_lenient(text: &str) -> Result<Self, BsnError> {
        if text.len() == 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BsnError::NotNineDigits)
        }
    }

    /// The nine digits. Never for a URL, a log, a message or an error.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    fn passes_proof(&self) -> bool {
        const WEIGHTS: [i32; 9] = [9, 8, 7, 6, 5, 4, 3, 2, -1];
        let digits = self.0.bytes().map(|byte| i32::from(byte - b'0'));
        let sum: i32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
        sum % 11 == 0 && self.0 != "000000000"
    }
}

impl fmt::Debug for Bsn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Bsn(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a3_numbers_that_pass_the_proof_are_read() {
        for text in ["999990019", "999990020", "999990032", "999990044", "111222333"] {
            assert_eq!(Bsn::parse(text).unwrap().expose(), text);
        }
    }

    #[test]
    fn a3_numbers_that_fail_the_proof_are_refused_unless_lenient() {
        for text in ["123456789", "999990018", "000000000"] {
            assert_eq!(Bsn::parse(text), Err(BsnError::FailsProof));
            assert_eq!(Bsn::parse_lenient(text).unwrap().expose(), text);
        }
    }

    #[test]
    fn a3_anything_but_nine_digits_is_refused_even_when_lenient() {
        for text in ["", "99999001", "9999900190", "99999001 ", "99999001x", "-99990019"] {
            assert_eq!(Bsn::parse_lenient(text), Err(BsnError::NotNineDigits));
        }
    }

    #[test]
    fn neither_debug_nor_an_error_shows_a_digit_of_it() {
        assert_eq!(format!("{:?}", Bsn::parse("999990019").unwrap()), "Bsn(..)");
        assert!(!BsnError::FailsProof.to_string().contains("999"));
    }
}
