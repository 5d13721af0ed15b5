use agenda::Kind;
use askama::Template;

use super::{
    frame::Frame,
    visit::{Tone, Visit},
};

/// Subject, text and HTML.
type Parts = Result<(String, String, String), askama::Error>;

/// A mail is a folder with its three parts; each part is a template of its own type.
macro_rules! mail {
    ($name:ident, $subject:literal, $text:literal, $html:literal, $($fact:ident: $kind:ty),+) => {
        pub(super) fn $name($($fact: &$kind),+) -> Parts {
            #[derive(Template)]
            #[template(path = $subject)]
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
        mail!($name, $subject, $text, $html, frame: Frame, visit: Visit);
    };
}

mail!(news, "mail/news/subject.txt", "mail/news/body.txt", "mail/news/body.html", frame: Frame);
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

/// The mail that says what happened.
pub(super) fn of_kind(kind: Kind, frame: &Frame, visit: &Visit) -> Parts {
    match kind {
        Kind::New => new(frame, visit),
        Kind::Confirmed => confirmed(frame, visit),
        Kind::Declined => declined(frame, visit),
        Kind::Modified => modified(frame, visit),
        Kind::PlannedAgain => planned_again(frame, visit),
        Kind::CancelledByPractice => cancelled(frame, visit),
    }
}
