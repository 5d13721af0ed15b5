use super::{Answer, Content};

/// How the XIS took our request: at once, or for the practice to approve (C3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// It stands.
    Approved,
    /// The practice will answer.
    Pending,
}

impl Confirmation {
    /// Reads the answer's status and its practitioner's participant status (C3).
    ///
    /// `booked` or an accepting practitioner approve; a practitioner who still has to act does not. Everything
    /// else, and no answer to read at all, follows the practice's `approval` setting.
    #[must_use]
    pub fn read(status: Option<&str>, practitioner_status: Option<&str>, approval: bool) -> Self {
        match (status, practitioner_status) {
            (Some("booked"), _) | (_, Some("accepted")) => Self::Approved,
            (_, Some("needs-action")) => Self::Pending,
            _ if approval => Self::Pending,
            _ => Self::Approved,
        }
    }

    /// The answer that this confirmation is, with the XIS's view where it gave one.
    #[must_use]
    pub fn answer(self, view: Option<Content>) -> Answer {
        match self {
            Self::Approved => Answer::Approved(view),
            Self::Pending => Answer::Pending(view),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Confirmation::{self, Approved, Pending};

    #[test]
    fn c3_the_answer_decides_before_the_setting() {
        for approval in [false, true] {
            assert_eq!(Confirmation::read(Some("booked"), None, approval), Approved);
            assert_eq!(Confirmation::read(Some("booked"), Some("needs-action"), approval), Approved);
            assert_eq!(Confirmation::read(Some("proposed"), Some("accepted"), approval), Approved);
            assert_eq!(Confirmation::read(None, Some("needs-action"), approval), Pending);
        }
    }

    #[test]
    fn c3_anything_else_follows_the_setting() {
        for (status, practitioner) in [(None, None), (Some("proposed"), None), (Some("x"), Some("tentative"))]
        {
            assert_eq!(Confirmation::read(status, practitioner, true), Pending);
            assert_eq!(Confirmation::read(status, practitioner, false), Approved);
        }
    }
}
