use serde::Serialize;

use super::Coding;

/// What went wrong, where, and what to do about it (D10).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OperationOutcome {
    resource_type: &'static str,
    issue: [WrittenIssue; 1],
}

/// One thing that is wrong.
#[derive(Debug)]
pub(crate) struct Issue {
    /// FHIR's word for the kind of problem.
    pub(crate) code: &'static str,
    /// Our own word for this problem.
    pub(crate) own_code: &'static str,
    /// What is wrong.
    pub(crate) text: String,
    /// What to do.
    pub(crate) diagnostics: String,
    /// Where in the resource, if in one.
    pub(crate) expression: Option<String>,
}

#[derive(Serialize)]
struct WrittenIssue {
    severity: &'static str,
    code: &'static str,
    details: Details,
    diagnostics: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expression: Option<[String; 1]>,
}

#[derive(Serialize)]
struct Details {
    coding: [Coding; 1],
    text: String,
}

/// The system of our own codes.
const PROBLEMS: &str = "urn:balie:xis:problem";

impl From<Issue> for OperationOutcome {
    fn from(issue: Issue) -> Self {
        let coding = Coding {
            system: Some(PROBLEMS.to_owned()),
            code: Some(issue.own_code.to_owned()),
            display: None,
        };
        let issue = WrittenIssue {
            severity: "error",
            code: issue.code,
            details: Details { coding: [coding], text: issue.text },
            diagnostics: issue.diagnostics,
            expression: issue.expression.map(|expression| [expression]),
        };
        Self { resource_type: "OperationOutcome", issue: [issue] }
    }
}
