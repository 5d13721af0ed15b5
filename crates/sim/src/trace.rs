//! What happened, a line each.

use std::{fmt::Write as _, time::Duration};

/// The lines so far; two runs of one seed have the same, byte for byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    text: String,
}

impl Trace {
    pub(crate) fn add(&mut self, at: Duration, line: &str) {
        let (seconds, millis) = (at.as_secs(), at.subsec_millis());
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let _ = writeln!(self.text, "{hours:02}:{minutes:02}:{seconds:02}.{millis:03} {line}");
    }

    /// All of it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The last lines.
    #[must_use]
    pub fn tail(&self, lines: usize) -> String {
        let all: Vec<&str> = self.text.lines().collect();
        all[all.len().saturating_sub(lines)..].join("\n")
    }
}
