//! What people read, in their language. The texts are Fluent files under `locales`.

use std::collections::HashMap;

use fluent_templates::{LanguageIdentifier, StaticLoader, langid, static_loader};
use store::Language;

pub(crate) use fluent_templates::fluent_bundle::FluentValue as Value;

// The folder is read when this file is compiled: a new file in it is seen after a change here or a clean build.
static_loader! {
    static LOCALES = {
        locales: "locales",
        fallback_language: "nl",
        // The marks that isolate an argument from right-to-left text show as boxes in some mail clients.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const DUTCH: LanguageIdentifier = langid!("nl");
const ENGLISH: LanguageIdentifier = langid!("en");

/// The text with this key, with the values that it has places for.
///
/// Every key is there in both languages, with the same places: a test reads them all. Should one be missing all
/// the same, the reader sees its key and the operator an error, for a page with a strange word is more use than none.
pub(crate) fn say(language: Language, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
    let identifier = match language {
        Language::Dutch => &DUTCH,
        Language::English => &ENGLISH,
    };
    let values: HashMap<&str, Value<'_>> = values.iter().cloned().collect();
    let loader: &StaticLoader = &LOCALES;
    loader.lookup_single_language(identifier, key, Some(&values)).unwrap_or_else(|error| {
        tracing::error!(%error, key, %language, "a text is missing");
        debug_assert!(false, "{key} cannot be said in {language}: {error}");
        key.to_owned()
    })
}

#[cfg(test)]
mod tests;
