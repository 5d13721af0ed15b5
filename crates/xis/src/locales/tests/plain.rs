//! Whether the texts are as short and as plain as people at work read in passing. A text that is missing does not
//! compile, and one that nobody says is dead code to the compiler.

use super::super::Language;

const MOST_WORDS: usize = 20;

/// Words of our own trade, that people in a practice need not know. Theirs are no jargon to them.
const JARGON: &[&str] = &[
    "authenticatie",
    "autorisatie",
    "database",
    "endpoint",
    "error",
    "fhir",
    "foutcode",
    "foutmelding",
    "his",
    "indien",
    "je",
    "jouw",
    "middels",
    "oauth",
    "reeds",
    "server",
    "sessie",
    "slot",
    "slots",
    "teneinde",
    "token",
    "url",
    "xis",
    "authentication",
    "authorisation",
    "authorization",
    "invalid",
    "prior",
    "session",
    "utilise",
    "validate",
];

/// Each text of a language, with its name.
fn texts(language: Language) -> Vec<(String, String)> {
    let written = format!("{:#?}", language.words());
    let named = written.lines().filter_map(|line| line.trim().strip_suffix("\",")?.split_once(": \""));
    named.map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

#[test]
fn no_sentence_is_longer_than_people_read_in_passing() {
    for (name, text) in [Language::Dutch, Language::English].into_iter().flat_map(texts) {
        let sentences = [". ", "! ", "? ", ": "].iter().fold(vec![text.as_str()], |parts, end| {
            parts.into_iter().flat_map(|part| part.split(end)).collect()
        });
        for sentence in sentences {
            let words = sentence.split_whitespace().count();
            assert!(words <= MOST_WORDS, "cut it in two: {name}: {sentence}");
        }
    }
}

#[test]
fn no_text_uses_a_word_of_our_own_trade() {
    for (name, text) in [Language::Dutch, Language::English].into_iter().flat_map(texts) {
        let lower = text.to_lowercase();
        let mut words = lower.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
        assert_eq!(words.find(|word| JARGON.contains(word)), None, "{name}: {text}");
    }
}

#[test]
fn both_languages_have_the_same_places_in_each_text() {
    let (dutch, english) = (texts(Language::Dutch), texts(Language::English));
    assert!(dutch.len() > 100, "only {} texts were read", dutch.len());
    assert_eq!(dutch.len(), english.len());
    for ((name, nl), (_, en)) in dutch.iter().zip(&english) {
        assert!(!nl.trim().is_empty() && !en.trim().is_empty(), "{name} is empty");
        assert_eq!(nl.matches("{}").count(), en.matches("{}").count(), "{name}: {nl} / {en}");
    }
}
