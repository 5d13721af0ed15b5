use agenda::Kind;
use askama::Template;

use super::{
    frame::Frame,
    visit::{Received, Tone, Visit},
};

/// Subject, text and HTML.
pub(super) type Parts = (String, String, String);

/// A mail is a folder with its three parts; each part is a template of its own type.
macro_rules! mail {
    ($name:ident, $subject:literal, $text:literal, $html:literal, $($fact:ident: $kind:ty),+) => {
        pub(super) fn $name($($fact: &$kind),+) -> Result<Parts, askama::Error> {
            #[derive(Template)]
            #[template(path = $subject)]
            #[allow(dead_code, reason = "a subject need not tell every fact")]
            struct Subject<'mail> { $($fact: &'mail $kind),+ }

            #[derive(Template)]
            #[template(path = $text)]
            struct Text<'mail> { $($fact: &'mail $kind),+ }

            #[derive(Template)]
            #[template(path = $html)]
            struct Html<'mail> { $($fact: &'mail $kind),+ }

            let subject = Subject { $($fact),+ }.render()?;
            Ok((subject, Text { $($fact),+ }.render()?, Html { $($fact),+ }.render()?))
        }
    };
    ($name:ident, $subject:literal, $text:literal, $html:literal) => {
        mail!($name, $subject, $text, $html, frame: Frame, facts: Visit);
    };
}

mail!(news, "mail/news/subject.txt", "mail/news/body.txt", "mail/news/body.html", frame: Frame);
mail!(soon, "mail/soon/subject.txt", "mail/soon/body.txt", "mail/soon/body.html", frame: Frame);
mail!(new, "mail/new/subject.txt", "mail/new/body.txt", "mail/new/body.html");
mail!(confirmed, "mail/confirmed/subject.txt", "mail/confirmed/body.txt", "mail/confirmed/body.html");
mail!(declined, "mail/declined/subject.txt", "mail/declined/body.txt", "mail/declined/body.html");
mail!(modified, "mail/modified/subject.txt", "mail/modified/body.txt", "mail/modified/body.html");
mail!(
    planned_again,
    "mail/planned_again/subject.txt",
    "mail/planned_again/body.txt",
    "mail/planned_again/body.html"
);
mail!(cancelled, "mail/cancelled/subject.txt", "mail/cancelled/body.txt", "mail/cancelled/body.html");
mail!(
    cancelled_by_patient,
    "mail/cancelled_by_patient/subject.txt",
    "mail/cancelled_by_patient/body.txt",
    "mail/cancelled_by_patient/body.html"
);
mail!(rescheduled, "mail/rescheduled/subject.txt", "mail/rescheduled/body.txt", "mail/rescheduled/body.html");
mail!(reminder, "mail/reminder/subject.txt", "mail/reminder/body.txt", "mail/reminder/body.html");
mail!(
    message,
    "mail/message/subject.txt",
    "mail/message/body.txt",
    "mail/message/body.html",
    frame: Frame,
    facts: Received
);
mail!(
    invitation,
    "mail/invitation/subject.txt",
    "mail/invitation/body.txt",
    "mail/invitation/body.html",
    frame: Frame,
    message_waits: bool
);
mail!(test, "mail/test/subject.txt", "mail/test/body.txt", "mail/test/body.html", frame: Frame);
mail!(
    code,
    "mail/code/subject.txt",
    "mail/code/body.txt",
    "mail/code/body.html",
    frame: Frame,
    digits: String
);
mail!(
    former_address,
    "mail/former_address/subject.txt",
    "mail/former_address/body.txt",
    "mail/former_address/body.html",
    frame: Frame
);

/// The mail that says what happened.
pub(super) fn of_kind(kind: Kind, frame: &Frame, visit: &Visit) -> Result<Parts, askama::Error> {
    match kind {
        Kind::New => new(frame, visit),
        Kind::Confirmed => confirmed(frame, visit),
        Kind::Declined => declined(frame, visit),
        Kind::Modified => modified(frame, visit),
        Kind::PlannedAgain => planned_again(frame, visit),
        Kind::CancelledByPractice => cancelled(frame, visit),
        Kind::CancelledByPatient => cancelled_by_patient(frame, visit),
        Kind::Rescheduled => rescheduled(frame, visit),
        Kind::Reminder => reminder(frame, visit),
    }
}
