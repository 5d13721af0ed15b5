use unicode_normalization::UnicodeNormalization;

/// The form in which two texts are compared (A7, A17): LF line ends, NFC, no outer whitespace.
pub(crate) fn canonical(text: &str) -> String {
    with_line_feeds(text).trim().nfc().collect()
}

/// The text with every way to end a line written as LF: browsers send CRLF, word processors paste others.
pub(crate) fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
}

/// [`canonical`], where a blank text is as absent as none.
pub(crate) fn canonical_or_absent(text: Option<&str>) -> Option<String> {
    text.map(canonical).filter(|text| !text.is_empty())
}

/// Whether two optional texts say the same.
pub(crate) fn same(one: Option<&str>, other: Option<&str>) -> bool {
    one == other || canonical_or_absent(one) == canonical_or_absent(other)
}

/// Whether a text says something, and something else than what was said before.
pub(crate) fn is_news(text: &str, said_before: Option<&str>) -> bool {
    !same(Some(text), None) && !same(Some(text), said_before)
}

/// The first text that says something.
pub(crate) fn first_spoken<'text>(texts: impl IntoIterator<Item = Option<&'text str>>) -> Option<&'text str> {
    texts.into_iter().flatten().map(str::trim).find(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a7_composed_and_decomposed_letters_are_one_text() {
        assert!(same(Some(" e\u{301}e\u{301}n\r\ntwee "), Some("\u{e9}\u{e9}n\ntwee")));
        assert!(!same(Some("een"), Some("één")));
    }

    #[test]
    fn a7_blank_is_absent() {
        assert!(same(Some(" \r\n\t"), None));
        assert_eq!(first_spoken([None, Some("  "), Some(" dokter ")]), Some("dokter"));
    }
}
