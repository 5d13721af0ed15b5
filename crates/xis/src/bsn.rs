use std::{fmt, str::FromStr};

/// A citizen number that passes the eleven-proof. Debug output hides it and there is no Display: whoever needs
/// the digits says so with [`Bsn::reveal`].
#[derive(Clone, PartialEq, Eq)]
pub struct Bsn(String);

/// The text is not nine digits that pass the eleven-proof. Says nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a citizen number: it takes nine digits that pass the eleven-proof")]
pub struct NotABsn;

/// The weight of each digit; the sum must be a multiple of eleven.
const WEIGHTS: [i32; 9] = [9, 8, 7, 6, 5, 4, 3, 2, -1];

impl Bsn {
    /// The system that names a citizen number in FHIR.
    pub(crate) const SYSTEM: &'static str = "http://fhir.nl/fhir/NamingSystem/bsn";

    /// The nine digits: for the wire and the vault, never for a log, a URL or a message.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Bsn {
    type Err = NotABsn;

    fn from_str(text: &str) -> Result<Self, NotABsn> {
        if text.len() != WEIGHTS.len() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotABsn);
        }
        let sum: i32 = text.bytes().zip(WEIGHTS).map(|(byte, weight)| i32::from(byte - b'0') * weight).sum();
        if sum == 0 || sum % 11 != 0 { Err(NotABsn) } else { Ok(Self(text.to_owned())) }
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
    fn the_eleven_proof_decides() {
        for good in ["999990019", "999990020", "999990032", "999990044"] {
            assert!(good.parse::<Bsn>().is_ok(), "{good}");
        }
        for bad in ["123456789", "99999001", "9999900190", "99999001a", "", "000000000"] {
            assert_eq!(bad.parse::<Bsn>(), Err(NotABsn), "{bad}");
        }
    }

    #[test]
    fn debug_hides_the_digits() {
        let bsn: Bsn = "999990019".parse().unwrap();
        assert_eq!(format!("{bsn:?}"), "Bsn(..)");
    }
}
