//! A language that is in no folder: English with accents and twice as many vowels. A text that is not said by key stands
//! out in it, and so does a page that has no room for longer words. It is read by the same code as the real ones.

use store::Language;

/// Its code.
pub(crate) const CODE: &str = "qps";

/// Texts that are a setting and no words.
const SETTINGS: [&str; 2] = ["language-direction", "calendar-file-name"];

/// The language itself.
pub(crate) fn language() -> Language {
    CODE.parse().unwrap()
}

/// These files, with a folder more that is made of the English one.
pub(super) fn added(mut files: Vec<(String, String)>) -> Vec<(String, String)> {
    let english = files.iter().filter_map(|(path, text)| Some((path.strip_prefix("en/")?, text)));
    let more: Vec<_> = english
        .map(|(name, text)| (format!("{CODE}/{name}"), text.lines().map(line).collect::<Vec<_>>().join("\n")))
        .collect();
    files.extend(more);
    files
}

/// What comes before the words in a line (a key, a variant's name) stays as it is.
fn line(line: &str) -> String {
    let is_variant = line.trim_start().starts_with(['[', '*']);
    let words = if line.starts_with('#') || SETTINGS.iter().any(|key| line.starts_with(key)) {
        line.len()
    } else if is_variant {
        line.find(']').map_or(0, |end| end + 1)
    } else if line.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        line.find('=').map_or(0, |equals| equals + 1)
    } else {
        0
    };
    format!("{}{}", &line[..words], accented(&line[words..]))
}

/// With another letter for each, but for what is between braces.
pub(crate) fn accented(words: &str) -> String {
    let mut depth = 0_usize;
    let mut accented = String::new();
    for letter in words.chars() {
        depth += usize::from(letter == '{');
        if depth == 0 {
            accented.push_str(&other(letter));
        } else {
            accented.push(letter);
        }
        depth = depth.saturating_sub(usize::from(letter == '}'));
    }
    accented
}

fn other(letter: char) -> String {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const MARKED: &str = "áƀćďéƒĝĥíĵķĺɱńóƥʠŕšťúṽŵẋýžÁƁĆĎÉƑĜĤÍĴĶĹṀŃÓƤɊŔŠŤÚṼŴẊÝŽ";
    let marked = PLAIN.find(letter).and_then(|place| MARKED.chars().nth(place)).unwrap_or(letter);
    marked.to_string().repeat(if "aeiouAEIOU".contains(letter) { 2 } else { 1 })
}

/// The words on a page or in a mail that came from no text: those with a plain letter, but for these names.
pub(crate) fn strange<'a>(text: &'a str, names: &[&str]) -> Vec<&'a str> {
    let is_plain = |word: &&str| word.contains(|letter: char| letter.is_ascii_alphabetic());
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(is_plain);
    words.filter(|word| !names.contains(word)).collect()
}
