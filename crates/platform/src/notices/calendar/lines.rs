use std::fmt::Display;

/// The longest line, in octets and without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// The content lines of a calendar file, folded where they are long.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A line whose value has nothing to escape.
    pub(super) fn add(&mut self, name: &str, value: impl Display) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A line whose value is text that people wrote.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.add(name, escaped(text));
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// Breaks between characters, never within one: some readers decode line by line.
    fn fold(&mut self, line: &str) {
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(character);
            length += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Text as a value (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => value.extend(['\\', character]),
            '\n' => value.push_str("\\n"),
            '\t' => value.push(' '),
            other if other.is_control() => {}
            other => value.push(other),
        }
    }
    value
}

/// Text as a parameter's value in quotes, which can hold no quote of its own (RFC 5545, 3.2).
pub(super) fn quoted(text: &str) -> String {
    let inside = text.chars().filter(|character| !character.is_control());
    format!("\"{}\"", inside.collect::<String>().replace('"', "'"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn what_has_a_meaning_in_a_calendar_is_escaped() {
        let mut lines = Lines::default();
        lines.text("LOCATION", "Lindelaan 12; 1e étage, Utrecht\r\nbel \\ aan\u{7}");
        assert_eq!(lines.into_text(), "LOCATION:Lindelaan 12\\; 1e étage\\, Utrecht\\nbel \\\\ aan\r\n");
        assert_eq!(quoted("De \"Linde\"; Zn,\r\nX"), "\"De 'Linde'; Zn,X\"");
    }

    #[test]
    fn a_long_line_is_folded_at_75_octets() {
        let mut lines = Lines::default();
        lines.add("SUMMARY", "a".repeat(100));
        let text = lines.into_text();
        let lengths: Vec<usize> = text.trim_end().split("\r\n").map(str::len).collect();
        assert_eq!(lengths, [75, 34], "{text}");
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_nothing_is_lost(text in "(\\PC|\n){0,300}") {
            let mut lines = Lines::default();
            lines.text("SUMMARY", &text);
            let folded = lines.into_text();
            prop_assert!(folded.ends_with("\r\n"));
            prop_assert!(folded.split("\r\n").all(|line| line.len() <= LONGEST));
            prop_assert_eq!(unfolded(&folded), format!("SUMMARY:{}\r\n", escaped(&text)));
        }
    }
}
