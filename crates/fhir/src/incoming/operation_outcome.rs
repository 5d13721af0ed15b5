use serde::Deserialize;

use crate::discreet::discreet;
use crate::incoming::{CodeableConcept, Resource};
use crate::lenient;
use crate::masked::masked;

/// What the other side says went wrong. Debug output hides its words, which may name a patient.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
pub struct OperationOutcome {
    /// The faults, worst or first in front.
    #[serde(default, deserialize_with = "lenient::list")]
    pub issue: Vec<Issue>,
}

discreet!(OperationOutcome {});

impl Resource for OperationOutcome {
    const TYPE: &'static str = "OperationOutcome";
}

impl OperationOutcome {
    /// The first issue in one line that may stand in a log: without anything that looks like a BSN, and short.
    #[must_use]
    pub fn summary(&self) -> Option<String> {
        let issue = self.issue.first()?;
        let details = issue.details.clone().unwrap_or_default();
        let coding = details.coding.into_iter().next().unwrap_or_default();
        let words = details.text.or(issue.diagnostics.clone()).or(coding.display);
        let parts: Vec<String> = [issue.code.clone(), coding.code, words].into_iter().flatten().collect();
        let line: String =
            masked(&parts.join(": ")).chars().filter(|letter| !letter.is_control()).take(200).collect();
        (!line.is_empty()).then_some(line)
    }
}

/// One fault. Debug output hides its words.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Issue {
    /// How bad; see [`crate::IssueSeverity::from_code`].
    #[serde(default, deserialize_with = "lenient::text")]
    pub severity: Option<String>,
    /// What kind; see [`crate::IssueType::from_code`].
    #[serde(default, deserialize_with = "lenient::text")]
    pub code: Option<String>,
    /// The sender's own code and words.
    #[serde(default, deserialize_with = "lenient::object")]
    pub details: Option<CodeableConcept>,
    /// More words, for whoever mends it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub diagnostics: Option<String>,
}

discreet!(Issue {});
