use store::{Language, Practice};

use crate::words;

/// The platform's own colour, for a mail that may not look like the practice.
const ACCENT: &str = "#0b6660";

/// What is in every mail, and how a template finds its words.
pub(super) struct Frame {
    pub(super) language: Language,
    /// The name at the top, and that the mail comes from.
    pub(super) sender: String,
    pub(super) accent: String,
    /// Where the patient reads on.
    pub(super) link: String,
}

impl Frame {
    /// `named` is the practice, where the mail may name it.
    pub(super) fn new(language: Language, platform: &str, named: Option<&Practice>, link: String) -> Self {
        let accent = named.and_then(|practice| practice.settings.accent.clone());
        Self {
            language,
            sender: one_line(named.map_or(platform, |practice| &practice.name)),
            accent: accent.unwrap_or_else(|| ACCENT.to_owned()),
            link,
        }
    }

    /// The words with this key, in the patient's language.
    pub(super) fn say(&self, key: &str) -> String {
        words::say(self.language, key, &[])
    }

    /// The same, for words with a place for a date and time.
    pub(super) fn say_at(&self, key: &str, at: &str) -> String {
        words::say(self.language, key, &[("at", at.into())])
    }
}

/// The text without line breaks, which would end a header.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
