use serde::Serialize;

use crate::outgoing::{CodeableConcept, Coding, is_blank};
use crate::{IssueSeverity, IssueType, ParseError};

/// What went wrong, in words for a machine and for a person (D10). Holds at least one issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType")]
pub struct OperationOutcome {
    issue: Vec<Issue>,
}

impl OperationOutcome {
    /// With this issue too.
    #[must_use]
    pub fn and(mut self, issue: Issue) -> Self {
        self.issue.push(issue);
        self
    }

    /// The issues, in order.
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        &self.issue
    }
}

impl From<Issue> for OperationOutcome {
    fn from(issue: Issue) -> Self {
        Self { issue: vec![issue] }
    }
}

/// One fault: what, where, and what to do about it. No text in it may hold a BSN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    severity: IssueSeverity,
    code: IssueType,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<CodeableConcept>,
    #[serde(skip_serializing_if = "is_blank")]
    diagnostics: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expression: Vec<String>,
}

impl Issue {
    /// An error of this kind.
    #[must_use]
    pub fn error(code: IssueType) -> Self {
        Self::new(IssueSeverity::Error, code)
    }

    /// An issue of this kind.
    #[must_use]
    pub fn new(severity: IssueSeverity, code: IssueType) -> Self {
        Self { severity, code, details: None, diagnostics: None, expression: Vec::new() }
    }

    /// What is wrong: our own code and a sentence.
    #[must_use]
    pub fn details(mut self, system: &str, code: &str, text: impl Into<String>) -> Self {
        let coding = Coding { system: Some(system.to_owned()), code: code.to_owned(), display: None };
        self.details = Some(CodeableConcept { coding: vec![coding], text: Some(text.into()) });
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn diagnostics(mut self, text: impl Into<String>) -> Self {
        self.diagnostics = Some(text.into());
        self
    }

    /// Where it is, as FHIRPath.
    #[must_use]
    pub fn at(mut self, expression: impl Into<String>) -> Self {
        self.expression.push(expression.into());
        self
    }
}

/// An error of the same kind and at the same place, still without words.
impl From<&ParseError> for Issue {
    fn from(error: &ParseError) -> Self {
        Self::error(error.issue_type).at(error.expression.clone())
    }
}
