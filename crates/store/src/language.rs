//! Which language somebody reads.

use std::{fmt, str::FromStr};

/// A language that patients read. Whether there are texts in it is not known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Nederlands, for whoever chose nothing.
    #[default]
    Dutch,
    /// English.
    English,
    /// Any other.
    Other(LanguageCode),
}

/// The code of a language that is neither `nl` nor `en`: two or three small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanguageCode([u8; 3]);

impl Language {
    /// `nl`, `en`, or another code of ISO 639.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
            // It was made of small letters, with a zero behind two of them.
            Self::Other(LanguageCode(letters)) => {
                str::from_utf8(letters).unwrap_or_default().trim_end_matches('\0')
            }
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        match code.as_bytes() {
            b"nl" => Ok(Self::Dutch),
            b"en" => Ok(Self::English),
            other if !other.iter().all(u8::is_ascii_lowercase) => Err(unspoken(code)),
            [one, two] => Ok(Self::Other(LanguageCode([*one, *two, 0]))),
            [one, two, three] => Ok(Self::Other(LanguageCode([*one, *two, *three]))),
            _ => Err(unspoken(code)),
        }
    }
}

fn unspoken(code: &str) -> String {
    format!("{code:?} is not the code of a language")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_small_letters_is_a_language_and_is_kept_as_it_is() {
        for code in ["nl", "en", "fr", "qps"] {
            assert_eq!(code.parse::<Language>().unwrap().code(), code);
        }
        for code in ["", "n", "NL", "n1", "nl-", "frysk", "é"] {
            assert!(code.parse::<Language>().is_err(), "{code}");
        }
    }
}
