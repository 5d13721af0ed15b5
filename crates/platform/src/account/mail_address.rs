use std::{fmt, str::FromStr};

/// The longest address that mail servers carry (RFC 5321, 4.5.3.1.3).
const LONGEST: usize = 254;

/// A mail address as it can be written to. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct MailAddress(String);

/// The text is no mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no mail address")]
pub(crate) struct NotAMailAddress;

impl MailAddress {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for MailAddress {
    type Err = NotAMailAddress;

    fn from_str(text: &str) -> Result<Self, NotAMailAddress> {
        let text = text.trim();
        let address: lettre::Address = text.parse().map_err(|_| NotAMailAddress)?;
        // A host without a dot is on nobody's internet: a slip of the finger.
        let is_on_internet = address.domain().contains('.');
        if is_on_internet && text.len() <= LONGEST { Ok(Self(text.to_owned())) } else { Err(NotAMailAddress) }
    }
}

impl fmt::Debug for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailAddress(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_written_to_and_what_cannot() {
        for good in
            ["jan@patient.example", " jan.jansen+zorg@mail.patient.example ", "j@xn--bcher-kva.example"]
        {
            assert_eq!(good.parse::<MailAddress>().unwrap().as_str(), good.trim());
        }
        let long = format!("{}@patient.example", "a".repeat(250));
        for bad in [
            "",
            "jan",
            "jan@",
            "@patient.example",
            "jan@localhost",
            "jan@a b.example",
            "jan@x.nl\r\nBcc: a@b.nl",
            &long,
        ] {
            assert_eq!(bad.parse::<MailAddress>(), Err(NotAMailAddress), "{bad}");
        }
    }
}
