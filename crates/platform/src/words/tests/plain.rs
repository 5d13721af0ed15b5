//! Whether the texts are as short and as plain as most people read with ease (B1).

use super::*;

const MOST_WORDS: usize = 20;

/// What is read: without keys, comments, and what stands for a value.
fn lines(language: Language) -> Vec<String> {
    let texts = read(&format!("locales/{language}"));
    let lines = texts.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| without_places(line.split_once(" =").map_or(line, |(_, text)| text))).collect()
}

/// With a number where a value goes, so that it counts as one word.
fn without_places(line: &str) -> String {
    let mut parts = line.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "1" + part.split_once('}').map_or("", |(_, rest)| rest))
}

/// The sentences of a line, without the mark at their end. One within a word ends none: name@example.com.
fn sentences(line: &str) -> Vec<&str> {
    [". ", "! ", "? ", ": "]
        .iter()
        .fold(vec![line], |parts, end| parts.into_iter().flat_map(|part| part.split(end)).collect())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric))
}

/// The words that no text of this language may have, with what to write instead.
fn jargon(language: Language) -> BTreeMap<&'static str, &'static str> {
    let lines = include_str!("jargon.txt").lines().filter(|line| !line.starts_with('#'));
    let columns = lines.map(|line| line.split(" | ").collect::<Vec<_>>());
    let of_this = columns.filter(|columns| columns[0] == language.code());
    of_this.map(|columns| (columns[1], columns[2])).collect()
}

#[test]
fn no_sentence_is_longer_than_people_read_with_ease() {
    for language in real() {
        for line in lines(language) {
            let long = sentences(&line).into_iter().find(|sentence| words(sentence).count() > MOST_WORDS);
            assert_eq!(
                long, None,
                "this sentence of {language} has more than {MOST_WORDS} words: cut it in two"
            );
        }
    }
}

/// The text without what others call their buttons. A quote ends where no letter follows: ‘Andere agenda’s’.
fn without_quotes(text: &str) -> String {
    let ends = |quoted: &str| {
        let mut marks = quoted.match_indices('’').map(|(at, mark)| at + mark.len());
        marks.find(|end| !quoted[*end..].starts_with(char::is_alphabetic))
    };
    let mut pieces = text.split('‘');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |before, quoted| before + &quoted[ends(quoted).unwrap_or(0)..])
}

#[test]
fn no_text_uses_a_word_that_patients_do_not() {
    for language in real() {
        let jargon = jargon(language);
        for line in lines(language) {
            let lower = without_quotes(&line).to_lowercase();
            let mut words = lower.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
            let found = words.find_map(|word| jargon.get_key_value(word));
            assert_eq!(found, None, "a word that patients do not use, and what to write instead, in: {line}");
        }
    }
}

#[test]
fn the_list_of_words_names_each_once_and_what_to_write_instead() {
    let lines: Vec<&str> = include_str!("jargon.txt").lines().filter(|line| !line.starts_with('#')).collect();
    let words: BTreeSet<&str> = lines.iter().map(|line| line.rsplit_once(" | ").unwrap().0).collect();
    assert_eq!(words.len(), lines.len());
    assert!(lines.iter().all(|line| line.split(" | ").count() == 3));
}
