//! What stands in a template is read by nobody who translates: every word on a page or in a mail comes from a text.
//!
//! The page about the API (`docs/`) is for builders and in English alone; the demo's own pages say everything twice.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Where pages and mails are, beside this crate.
const FOLDERS: [&str; 2] = ["../platform/templates", "../xis/templates"];

/// Templates in one language on purpose.
const IN_ONE_LANGUAGE: [&str; 1] = ["platform/templates/docs/"];

/// What is the same in every language: a name, and an attribute that a block puts into a tag.
const NAMES: [&str; 2] = ["Balie", "data-again"];

/// Attributes that are shown or read aloud.
const SPOKEN: [&str; 8] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "label",
    "placeholder",
    "title",
];

#[test]
fn every_word_of_a_page_or_a_mail_comes_from_a_text() -> io::Result<()> {
    let mut templates = Vec::new();
    for folder in FOLDERS {
        templates.extend(files(folder)?);
    }
    assert!(templates.len() > 50, "the templates are elsewhere: only {}", templates.len());
    templates.retain(|file| !IN_ONE_LANGUAGE.iter().any(|folder| file.to_string_lossy().contains(folder)));
    let mut strays = Vec::new();
    for file in templates {
        let found = literals(&fs::read_to_string(&file)?);
        strays.extend(found.into_iter().map(|literal| format!("{}: {literal}", file.display())));
    }
    assert!(strays.is_empty(), "make these texts, in each language: {strays:#?}");
    Ok(())
}

#[test]
fn words_are_found_wherever_somebody_reads_or_hears_them() {
    let cases = [
        ("<p>Goedemorgen</p>", &["Goedemorgen"][..]),
        ("Uw afspraak: {{ at }}", &["Uw afspraak:"]),
        ("<p>{% if some %}Ja{% else %}Nee{% endif %}</p>", &["Ja", "Nee"]),
        ("<img alt='Logo'><a title = \"Naar {{ place }}\" href=\"/b\">", &["Logo", "Naar"]),
        ("<input type=\"search\" placeholder=\"{{ say(\"a-key\") }} min\">", &["min"]),
        ("<input aria-label=Zoek>", &["Zoek"]),
        ("{% call alert(\"Let op\", say(\"key\")) %}{% endcall %}", &["Let op"]),
        ("<p>{{ frame.say(\"a-key\") }} · Balie&nbsp;112</p>", &[]),
        ("{# A remark #}<!-- another --><style>a { b: c }</style><p class=\"soft\" hidden>–</p>", &[]),
        ("{% if a < b && c > d %}<b title=\"{% if e > f %}{{ g }}{% endif %}\">{% endif %}", &[]),
    ];
    for (template, expected) in cases {
        assert_eq!(literals(template), expected, "{template}");
    }
}

fn files(folder: &str) -> io::Result<Vec<PathBuf>> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let list = if entry.file_type()?.is_dir() { &mut folders } else { &mut files };
            list.push(entry.path());
        }
    }
    Ok(files)
}

/// The words that a template says by itself: in its text, in spoken attributes, and in what it hands to a macro.
fn literals(template: &str) -> Vec<String> {
    let (template, _) = apart(template, "{#", "#}");
    let (template, statements) = apart(&template, "{%", "%}");
    let (template, expressions) = apart(&template, "{{", "}}");
    let (template, _) = apart(&template, "<!--", "-->");
    let (template, _) = apart(&template, "<style", "</style>");
    let (text, tags) = apart(&template, "<", ">");
    let handed = statements.iter().chain(&expressions).flat_map(|code| quoted(code));
    let said = text.split(GAP).map(str::to_owned).chain(tags.iter().flat_map(|tag| attributes(tag)));
    let found = said.filter(|piece| has_words(piece)).chain(handed.filter(|piece| piece.contains(' ')));
    found.map(|piece| piece.trim().to_owned()).collect()
}

/// Stands where something was taken out.
const GAP: char = '\u{1}';

/// The text with a gap for each piece between these marks, and those pieces.
fn apart(text: &str, begin: &str, end: &str) -> (String, Vec<String>) {
    let (mut rest, mut pieces) = (text, Vec::new());
    let mut kept = String::new();
    while let Some((before, piece, after)) = rest
        .split_once(begin)
        .and_then(|(before, after)| after.split_once(end).map(|(piece, after)| (before, piece, after)))
    {
        kept.push_str(before);
        kept.push(GAP);
        pieces.push(piece.to_owned());
        rest = after;
    }
    (kept + rest, pieces)
}

/// The strings in a template's code.
fn quoted(code: &str) -> Vec<String> {
    code.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The values of a tag's spoken attributes, in pieces.
fn attributes(tag: &str) -> Vec<String> {
    let (mut values, mut rest) = (Vec::new(), tag);
    while let Some((before, after)) = rest.split_once('=') {
        let name = before.trim_end().rsplit(|letter: char| letter.is_whitespace() || letter == GAP).next();
        let after = after.trim_start();
        let (value, next) = match after.chars().next() {
            Some(mark @ ('"' | '\'')) => after[1..].split_once(mark).unwrap_or((&after[1..], "")),
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if name.is_some_and(|name| SPOKEN.contains(&name)) {
            values.extend(value.split(GAP).map(str::to_owned));
        }
        rest = next;
    }
    values
}

/// Whether there is a word in it, but for names and entities such as `&nbsp;`.
fn has_words(piece: &str) -> bool {
    let entity = |word: &str| word.starts_with('&');
    piece
        .replace('&', " &")
        .replace(';', " ")
        .split(|letter: char| letter.is_whitespace())
        .filter(|word| !entity(word) && !NAMES.contains(word))
        .any(|word| word.contains(char::is_alphabetic))
}
