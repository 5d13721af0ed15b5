use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::*;

mod added;
mod plain;

/// Each key with the places that its text has, `$name`.
type Texts = BTreeMap<String, BTreeSet<String>>;

fn files(folder: &str) -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let list = if entry.file_type().unwrap().is_dir() { &mut folders } else { &mut files };
            list.push(entry.path());
        }
    }
    files
}

fn read(folder: &str) -> String {
    files(folder).iter().filter_map(|file| fs::read_to_string(file).ok()).collect::<Vec<_>>().join("\n")
}

fn texts(language: Language) -> Texts {
    let mut texts = Texts::new();
    let mut key = String::new();
    for line in read(&format!("locales/{language}")).lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| is_key(name)) {
            key = name.to_owned();
        }
        let places = line.split('$').skip(1).map(|rest| leading(rest, |letter| letter.is_alphanumeric()));
        texts.entry(key.clone()).or_default().extend(places.map(str::to_owned));
    }
    texts
}

fn is_key(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

fn leading(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|letter| !belongs(letter)).unwrap_or(text.len())]
}

/// The keys that are written out in calls of `say`, or of something like `say_at`.
fn said(code: &str) -> BTreeSet<String> {
    let calls = code.split("say").skip(1).filter_map(|rest| rest.split_once('('));
    let arguments = calls
        .filter(|(name, _)| name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'))
        .filter_map(|(_, call)| call.split_once('"'));
    arguments
        .filter(|(before, _)| !before.contains([')', '[', ';', '{', '}']))
        .map(|(_, after)| leading(after, |letter| letter != '"').to_owned())
        .collect()
}

fn code() -> String {
    let rust = files("src").into_iter().filter(|file| !file.to_string_lossy().contains("words/tests"));
    rust.chain(files("templates")).map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// The lines of a language's texts that begin a text, with its key, and the file where each stands.
fn begun(language: Language) -> Vec<(String, String)> {
    let mut begun = Vec::new();
    for file in files(&format!("locales/{language}")) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let texts = fs::read_to_string(&file).unwrap();
        let keys = texts.lines().filter_map(|line| Some(line.split_once('=')?.0.trim_end()));
        let keys = keys.filter(|key| is_key(key.trim_start_matches('-')));
        begun.extend(keys.map(|key| (key.to_owned(), name.clone())));
    }
    begun
}

/// The languages that have a folder.
fn real() -> impl Iterator<Item = Language> {
    languages().filter(|language| *language != pseudo::language())
}

#[test]
fn every_file_in_every_folder_can_be_read() {
    assert!(TEXTS.faults.is_empty(), "{:?}", TEXTS.faults);
}

#[test]
fn no_key_stands_twice_in_a_language() {
    for language in real() {
        let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, file) in begun(language) {
            places.entry(key).or_default().push(file);
        }
        places.retain(|_, files| files.len() > 1);
        assert!(places.is_empty(), "these keys stand twice in {language}, in these files: {places:?}");
    }
}

#[test]
fn all_languages_say_the_same_things_with_the_same_places() {
    for language in real() {
        let (here, dutch) = (texts(language), texts(Language::Dutch));
        let differs = |key: &&String| here.get(*key) != dutch.get(*key);
        let keys: BTreeSet<&String> = here.keys().chain(dutch.keys()).filter(differs).collect();
        assert!(
            keys.is_empty(),
            "{language} lacks these, or has them too much or with other places: {keys:?}"
        );
    }
}

#[test]
fn what_is_said_anywhere_is_there() {
    let there: BTreeSet<String> = texts(Language::Dutch).into_keys().collect();
    let missing: Vec<String> = said(&code()).difference(&there).cloned().collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
}

#[test]
fn no_text_is_left_that_nobody_says() {
    let (code, texts_themselves) = (code(), read("locales/nl"));
    let is_used = |key: &str| {
        code.contains(&format!("\"{key}\"")) || texts_themselves.contains(&format!("{{ {key} }}"))
    };
    let idle: Vec<String> = texts(Language::Dutch).into_keys().filter(|key| !is_used(key)).collect();
    assert!(idle.is_empty(), "nobody says {idle:?}");
}

#[test]
fn values_stand_in_the_text_as_they_are() {
    let values = [("minutes", Value::from(20))];
    assert_eq!(say(Language::Dutch, "when-minutes", &values), "20 minuten");
    assert_eq!(say(Language::English, "when-minutes", &values), "20 minutes");
}
