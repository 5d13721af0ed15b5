use store::{Account, Language, Practice};

use super::telling::Telling;

mod frame;
mod templates;
mod visit;

use frame::Frame;
use visit::Visit;

/// A mail, all but its addresses.
pub(super) struct Letter {
    /// The name that it comes from.
    pub(super) sender: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
    pub(super) language: Language,
}

/// How much a mail may say, as the patient chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// That there is news: not what, not when, not from whom.
    News,
    /// What happened, and the date and time.
    Time,
    /// The practice and the place too.
    Place,
}

impl Detail {
    fn of(chosen: u32) -> Self {
        match chosen {
            2 => Self::Time,
            3 => Self::Place,
            // What we do not know says as little as possible.
            _ => Self::News,
        }
    }
}

impl Letter {
    /// Puts what there is to tell in words: no more of it than this patient allows.
    ///
    /// `platform` is the name that a mail comes from when it may not name the practice.
    ///
    /// # Errors
    /// When a template fails.
    pub(super) fn compose(
        telling: &Telling,
        patient: &Account,
        practice: &Practice,
        platform: &str,
        link: String,
    ) -> Result<Self, askama::Error> {
        let (language, detail) = (patient.language, Detail::of(patient.detail));
        let named = (detail == Detail::Place).then_some(practice);
        let frame = Frame::new(language, platform, named, link);
        let (subject, text, html) = match detail {
            Detail::News => templates::news(&frame),
            Detail::Time | Detail::Place => {
                let visit = Visit::new(telling, language, &practice.settings.zone(), named);
                templates::of_kind(telling.kind, &frame, &visit)
            }
        }?;
        Ok(Self { sender: frame.sender, subject, text, html, language })
    }
}

#[cfg(test)]
mod tests;
