use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use crate::IssueType;

/// What is wrong with a body, and where. Says what was expected, never what was found: a BSN may stand there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{expression}: {problem}")]
pub struct ParseError {
    /// The place, as FHIRPath: `Appointment.participant[0].actor`.
    pub expression: String,
    /// The fault in English, to follow the place: `expected an object`.
    pub problem: String,
    /// The kind of fault, for an OperationOutcome.
    pub issue_type: IssueType,
}

impl ParseError {
    pub(crate) fn new(
        expression: impl Into<String>,
        problem: impl Into<String>,
        issue_type: IssueType,
    ) -> Self {
        Self { expression: expression.into(), problem: problem.into(), issue_type }
    }

    /// The same fault, where the resource of type `root` stands within another at `place`.
    pub(crate) fn within(self, root: &str, place: &str) -> Self {
        let below = self.expression.strip_prefix(root).unwrap_or_default();
        Self { expression: format!("{place}{below}"), ..self }
    }

    /// A fault in a resource of type `root`, at `path` within it where one is known.
    pub(crate) fn from_json(root: &str, path: Option<&Path>, error: &serde_json::Error) -> Self {
        if error.classify() != Category::Data {
            let place = format!("line {}, column {}", error.line(), error.column());
            return Self::new(
                root,
                format!("this is not valid JSON, or nested too deep ({place})"),
                IssueType::Structure,
            );
        }
        let expression = path.map_or_else(|| root.to_owned(), |path| expression(root, path));
        Fault::of(&error.to_string()).at(expression)
    }
}

fn expression(root: &str, path: &Path) -> String {
    path.iter().fold(root.to_owned(), |place, segment| match segment {
        Segment::Seq { index } => format!("{place}[{index}]"),
        // Only the names of our own fields: a key that somebody made up may say anything.
        Segment::Map { key } if key.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            format!("{place}.{key}")
        }
        _ => place,
    })
}

/// What serde says, without the value that it quotes.
enum Fault<'a> {
    Missing(&'a str),
    Twice(&'a str),
    Expected { what: &'a str, issue_type: IssueType },
    Unreadable,
}

impl<'a> Fault<'a> {
    fn of(message: &'a str) -> Self {
        let message = message.rsplit_once(" at line ").map_or(message, |(text, _)| text);
        if let Some(field) = quoted(message, "missing field ") {
            return Self::Missing(field);
        }
        if let Some(field) = quoted(message, "duplicate field ") {
            return Self::Twice(field);
        }
        let issue_type =
            if message.starts_with("invalid type: ") { IssueType::Structure } else { IssueType::Value };
        // The last "expected" is serde's own, whatever the quoted value before it holds.
        match message.strip_prefix("invalid ").and_then(|rest| rest.rsplit_once(", expected ")) {
            Some((_, what)) => Self::Expected { what, issue_type },
            None => Self::Unreadable,
        }
    }

    fn at(self, place: String) -> ParseError {
        match self {
            Self::Missing(field) => {
                ParseError::new(format!("{place}.{field}"), "this is missing", IssueType::Required)
            }
            Self::Twice(field) => {
                ParseError::new(format!("{place}.{field}"), "this is given twice", IssueType::Structure)
            }
            Self::Expected { what, issue_type } => {
                ParseError::new(place, format!("expected {what}"), issue_type)
            }
            Self::Unreadable => ParseError::new(place, "this cannot be read", IssueType::Structure),
        }
    }
}

fn quoted<'a>(message: &'a str, before: &str) -> Option<&'a str> {
    message.strip_prefix(before)?.strip_prefix('`')?.strip_suffix('`')
}
