use store::{Language, Practice};

use crate::{app::App, words};

/// The platform's own colour, for a mail that may not look like the practice.
const ACCENT: &str = "#0b6660";

/// What all letters of this platform have in common: its name, and the address before every path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letterhead<'a> {
    pub(super) platform: &'a str,
    /// Without a slash at its end.
    pub(super) base: &'a str,
}

/// What is around the words of a mail, and how a template finds those words.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) language: Language,
    /// The name at the top, and that the mail comes from.
    pub(super) sender: String,
    pub(super) accent: String,
    /// What the button says: the key of its words.
    pub(super) button: &'static str,
    /// Where the button and the link lead.
    pub(super) link: String,
    /// What to know of the file for the calendar, where there is one: the key of its words.
    pub(super) calendar: Option<&'static str>,
    /// Where the patient chooses what comes by mail; none for who has no account.
    pub(super) preferences: Option<String>,
    /// Where the patient ends the reminders, in one.
    pub(super) stop: Option<String>,
}

impl App {
    /// What a letter of this platform begins with.
    pub(crate) fn letterhead(&self) -> Letterhead<'_> {
        let base = self.config.public_url.as_str().trim_end_matches('/');
        Letterhead { platform: self.mailer.name(), base }
    }
}

impl Letterhead<'_> {
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// A letter to whoever has an account. `named` is the practice, where the mail may name it.
    pub(super) fn frame(
        &self,
        language: Language,
        named: Option<&Practice>,
        button: &'static str,
        path: &str,
    ) -> Frame {
        let accent = named.and_then(|practice| practice.settings.accent.clone());
        Frame {
            language: words::spoken(language),
            sender: named.map_or_else(|| one_line(self.platform), name),
            accent: accent.unwrap_or_else(|| ACCENT.to_owned()),
            button,
            link: self.address(path),
            calendar: None,
            preferences: Some(self.address("/preferences")),
            stop: None,
        }
    }
}

impl Frame {
    pub(super) fn is_right_to_left(&self) -> bool {
        words::is_right_to_left(self.language)
    }

    /// The same in every other language, for whoever has not said which one they read.
    pub(super) fn others(&self) -> Vec<Self> {
        let others = words::languages().filter(|language| *language != self.language);
        others.map(|language| Self { language, ..self.clone() }).collect()
    }

    /// The words with this key, in the patient's language.
    pub(super) fn say(&self, key: &str) -> String {
        words::say(self.language, key, &[])
    }

    /// The same, for words with a place for a date and time.
    pub(super) fn say_at(&self, key: &str, at: &str) -> String {
        words::say(self.language, key, &[("at", at.into())])
    }

    /// The same, for words with a place for whom the mail comes from.
    pub(super) fn say_from(&self, key: &str) -> String {
        words::say(self.language, key, &[("sender", self.sender.as_str().into())])
    }
}

/// What a practice is called, in one line.
pub(in crate::notices) fn name(practice: &Practice) -> String {
    one_line(&practice.name)
}

/// Where a practice is.
pub(in crate::notices) fn place(practice: &Practice) -> String {
    let settings = &practice.settings;
    let parts = [Some(&practice.name), settings.address.as_ref(), settings.city.as_ref()];
    parts.into_iter().flatten().map(|part| one_line(part)).collect::<Vec<_>>().join(", ")
}

/// The text without line breaks, which would end a header.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
