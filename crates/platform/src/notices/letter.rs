//! The mails: what there is to say in words, no more of them than the patient allows.

use agenda::Kind;
use jiff::Timestamp;
use store::{Account, AppointmentId, Language, Practice};

use super::{
    calendar::{Enclosure, Method},
    telling::Telling,
};

use crate::portal::unsubscribe;

mod address;
mod detail;
mod frame;
mod templates;
mod visit;

pub(super) use detail::Detail;
use frame::Frame;
pub(crate) use frame::Letterhead;
pub(super) use frame::{name, place};
use templates::Parts;
use visit::{Received, Visit};

/// A mail, all but its addresses.
#[derive(Debug)]
pub(crate) struct Letter {
    /// The name that it comes from.
    pub(super) sender: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
    /// What it is written in, from its beginning on.
    pub(super) languages: Vec<Language>,
    /// For the patient's calendar.
    pub(super) enclosure: Option<Enclosure>,
    /// Where one tap ends mails like this one (RFC 8058).
    pub(super) stop: Option<String>,
}

/// Whether a mail about a visit may name the practice and its place: the highest level.
pub(super) fn may_name_practice(patient: &Account) -> bool {
    Detail::of(patient.preferences.detail) == Detail::Place
}

impl Letter {
    /// What there is to tell of a visit.
    ///
    /// # Errors
    /// When a template fails.
    pub(super) fn of_visit(
        head: Letterhead<'_>,
        telling: &Telling,
        (patient, practice): (&Account, &Practice),
        appointment: AppointmentId,
        enclosure: Option<Enclosure>,
    ) -> Result<Self, askama::Error> {
        let (language, detail) = (patient.language, Detail::of(patient.preferences.detail));
        let named = may_name_practice(patient).then_some(practice);
        let path = format!("/appointments/{appointment}");
        let is_reminder = telling.kind == Kind::Reminder;
        let stop =
            is_reminder.then(|| head.address(&format!("{}{}", unsubscribe::PATH, patient.unsubscribe)));
        let calendar = enclosure.as_ref().map(|enclosure| said_of(enclosure.method));
        let frame = Frame { stop, calendar, ..head.frame(language, named, "mail-open", &path) };
        let parts = match detail {
            Detail::News if is_reminder => templates::soon(&frame),
            Detail::News => templates::news(&frame),
            Detail::Time | Detail::Place => {
                let visit = Visit::new(telling, language, &practice.settings.zone(), named);
                templates::of_kind(telling.kind, &frame, &visit)
            }
        };
        Ok(Self { enclosure, ..Self::framed(frame, parts?) })
    }

    /// That a message of a practice waits, which is read after logging in. `path` leads to it.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn of_message(
        head: Letterhead<'_>,
        (patient, practice): (&Account, &Practice),
        path: &str,
        received_at: Timestamp,
    ) -> Result<Self, askama::Error> {
        let (language, detail) = (patient.language, Detail::of(patient.preferences.detail_messages));
        let named = (detail == Detail::Place).then_some(practice);
        let frame = head.frame(language, named, "mail-open-message", path);
        let received = Received::new(detail, received_at, language, &practice.settings.zone());
        let parts = templates::message(&frame, &received)?;
        Ok(Self::framed(frame, parts))
    }

    /// That a practice asks somebody without an account to make one: by logging in, to which `path` leads.
    ///
    /// It names the practice, for an invitation from nobody is one to distrust. It is in every language, Dutch first:
    /// nobody knows yet which one they read.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn of_invitation(
        head: Letterhead<'_>,
        practice: &Practice,
        path: &str,
        message_waits: bool,
    ) -> Result<Self, askama::Error> {
        let frame = head.frame(Language::default(), Some(practice), "mail-open-invitation", path);
        let frame = Frame { preferences: None, ..frame };
        let parts = templates::invitation(&frame, &message_waits)?;
        let mut languages = vec![frame.language];
        languages.extend(frame.others().iter().map(|other| other.language));
        Ok(Self { languages, ..Self::framed(frame, parts) })
    }

    /// What a patient asked for to see that mail arrives.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn of_test(head: Letterhead<'_>, patient: &Account) -> Result<Self, askama::Error> {
        let frame = head.frame(patient.language, None, "mail-open-test", "/preferences");
        let parts = templates::test(&frame)?;
        Ok(Self::framed(frame, parts))
    }

    fn framed(frame: Frame, (subject, text, html): Parts) -> Self {
        let Frame { sender, language, stop, .. } = frame;
        Self { sender, subject, text, html, languages: vec![language], enclosure: None, stop }
    }
}

/// The key of what a mail says of the file that it brings.
fn said_of(method: Method) -> &'static str {
    match method {
        Method::Request | Method::Publish => "mail-calendar-request",
        Method::Cancel => "mail-calendar-cancel",
    }
}

#[cfg(test)]
mod tests;
