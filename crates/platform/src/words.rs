//! What people read, in their language. The texts are Fluent files, a folder for each language under `locales`: whatever
//! folder is there is a language, and whatever file is in it is read.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use store::Language;

use self::texts::Texts;

mod texts;

pub(crate) use fluent_bundle::FluentValue as Value;

#[derive(RustEmbed)]
#[folder = "locales"]
struct Folders;

static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    let files = files();
    #[cfg(test)]
    let files = pseudo::added(files);
    let texts = Texts::of(&files);
    for fault in &texts.faults {
        tracing::error!(fault, "a text cannot be read");
    }
    texts
});

/// The text with this key, with the values that it has places for.
///
/// Every key is there in every language, with the same places: a test reads them all. Should one be missing all the
/// same, the reader sees it in Dutch, or else its key, and the operator an error: a page with a strange word is more use
/// than none.
pub(crate) fn say(language: Language, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
    let language = spoken(language);
    TEXTS.say(language, key, values).unwrap_or_else(|| {
        tracing::error!(key, %language, "a text is missing");
        debug_assert!(false, "{key} cannot be said in {language}");
        TEXTS.say(Language::default(), key, values).unwrap_or_else(|| key.to_owned())
    })
}

/// The languages that there are texts in, Dutch first.
pub(crate) fn languages() -> impl Iterator<Item = Language> {
    TEXTS.languages()
}

/// The language with this code, if there are texts in it.
pub(crate) fn language(code: &str) -> Option<Language> {
    let asked: Language = code.parse().ok()?;
    languages().find(|language| *language == asked)
}

/// This language; Dutch where its folder is gone since somebody chose it.
pub(crate) fn spoken(language: Language) -> Language {
    languages().find(|one| *one == language).unwrap_or_default()
}

/// Whether the language is written from right to left.
pub(crate) fn is_right_to_left(language: Language) -> bool {
    say(language, "language-direction", &[]) == "rtl"
}

/// Every file with texts: its path in `locales`, and what it says.
fn files() -> Vec<(String, String)> {
    let read = |path: std::borrow::Cow<'static, str>| {
        let text = String::from_utf8_lossy(&Folders::get(&path)?.data).into_owned();
        Some((path.into_owned(), text))
    };
    Folders::iter().filter(|path| path.ends_with(".ftl")).filter_map(read).collect()
}

#[cfg(test)]
pub(crate) mod pseudo;
#[cfg(test)]
mod tests;
