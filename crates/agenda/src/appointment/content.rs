use jiff::Timestamp;

use super::Refusal;
use crate::{ids::Coding, text};

/// When, what and with whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The first instant of the visit.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// The kinds of appointment that it is.
    pub categories: Vec<Coding>,
    /// Who takes part, the patient included.
    pub participants: Vec<Participant>,
    /// The practice's message (A17); what the patient wrote is [`super::Appointment::reason`].
    pub comment: Option<String>,
}

/// One who takes part. Only `display` is ever shown; the reference is never followed (A18).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// The sender's reference to the participant.
    pub reference: Option<String>,
    /// What people read.
    pub display: Option<String>,
    /// Whether this is the patient (A4).
    pub is_patient: bool,
}

impl Content {
    /// What the first named category is called.
    #[must_use]
    pub fn category_display(&self) -> Option<&str> {
        text::first_spoken(self.categories.iter().map(|category| category.display.as_deref()))
    }

    /// What the first participant with a name, other than the patient, is called.
    #[must_use]
    pub fn practitioner_display(&self) -> Option<&str> {
        let others = self.participants.iter().filter(|participant| !participant.is_patient);
        text::first_spoken(others.map(|participant| participant.display.as_deref()))
    }

    /// The content, if it can be a visit (A14).
    pub(super) fn checked(self) -> Result<Self, Refusal> {
        if self.end > self.start { Ok(self) } else { Err(Refusal::EndNotAfterStart) }
    }

    /// The content without a comment that is blank, or only repeats what was said before (A17).
    pub(super) fn without_echo(mut self, said_before: Option<&str>) -> Self {
        self.comment = self.comment.filter(|comment| text::is_news(comment, said_before));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{coding, content, practitioner};

    #[test]
    fn a18_displays_come_from_the_first_who_has_one() {
        let mut visit = content();
        visit.participants.insert(1, practitioner("Location/1", "  "));
        assert_eq!(visit.practitioner_display(), Some("Dokter Jansen"));
        visit.categories = vec![coding("x", ""), coding("y", "Controle")];
        assert_eq!(visit.category_display(), Some("Controle"));
    }

    #[test]
    fn a17_an_echo_of_the_reason_is_no_message() {
        let reason = Some("Ik heb één vraag\nover mijn knie");
        let mut visit = content();
        visit.comment = Some(" Ik heb e\u{301}e\u{301}n vraag\r\nover mijn knie ".to_owned());
        assert_eq!(visit.clone().without_echo(reason).comment, None);
        assert_eq!(visit.clone().without_echo(None).comment, visit.comment);
        visit.comment = Some("Neem uw pasje mee".to_owned());
        assert_eq!(visit.clone().without_echo(reason), visit);
    }
}
