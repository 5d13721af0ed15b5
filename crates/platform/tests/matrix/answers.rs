use testkit::Answer;

use super::scene::Scene;

/// What somebody was answered, and what it left behind.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) status: u16,
    text: String,
    /// The headers that a reader can learn from.
    headers: Vec<String>,
    /// What the audit trail says since then, without ids.
    pub(super) trail: Vec<String>,
}

impl Seen {
    pub(super) fn new(answer: Answer, trail: Vec<String>) -> Self {
        let names = ["location", "content-type", "content-disposition", "etag", "www-authenticate", "allow"];
        let headers = names.map(|name| format!("{name}: {}", answer.header(name)));
        Self { status: answer.status, text: answer.text, headers: headers.into(), trail }
    }

    /// Whether nobody could tell the two apart, but for the ids that he gave himself.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let of = |seen: &Self| {
            (seen.status, plain(&seen.text), seen.headers.iter().map(|text| plain(text)).collect::<Vec<_>>())
        };
        of(self) == of(other)
    }

    /// What only the first patient and that patient's practice may read.
    pub(super) fn leak<'a>(&'a self, scene: &'a Scene) -> impl Iterator<Item = &'a str> {
        let said =
            |mark: &str| self.text.contains(mark) || self.headers.iter().any(|text| text.contains(mark));
        scene.marks.iter().map(String::as_str).filter(move |mark| said(mark))
    }

    /// In short, for a person to read.
    pub(super) fn told(&self) -> String {
        let start: String = plain(&self.text).chars().take(160).collect();
        format!("{} {:?} {start:?} {:?}", self.status, self.headers[0], self.trail)
    }
}

/// Without what is another one each time: ids.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|letter| !is_word(letter)).unwrap_or(word.len());
        plain.push_str(before);
        plain.push_str(if is_id(&word[..end]) { "ID" } else { &word[..end] });
        rest = &word[end..];
    }
    plain + rest
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'
}

/// A UUID, an id at a practice's system, a code of a practice, or a random token.
fn is_id(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    (word.len() >= 32 && digits > 3) || word.starts_with("xis-") || (word.len() == 8 && digits == 8)
}
