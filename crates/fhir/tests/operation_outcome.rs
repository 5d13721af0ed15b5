//! What the other side says went wrong, for a log.

use fhir::incoming::OperationOutcome;
use fhir::parse;
use serde_json::{Value, json};

fn summary(issue: &Value) -> Option<String> {
    let body = json!({ "resourceType": "OperationOutcome", "issue": issue });
    parse::<OperationOutcome>(body.to_string().as_bytes()).expect("an outcome").summary()
}

#[test]
fn the_first_issue_is_told_in_one_line() {
    let issues = json!([
        {
            "severity": "error", "code": "conflict",
            "details": { "coding": [{ "code": "SLOT_TAKEN" }], "text": "The slot\nis taken" }
        },
        { "severity": "error", "code": "value" }
    ]);
    assert_eq!(summary(&issues).as_deref(), Some("conflict: SLOT_TAKEN: The slotis taken"));
}

#[test]
fn without_words_of_its_own_the_diagnostics_are_told() {
    let issue = json!({ "code": "exception", "diagnostics": "out of memory" });
    assert_eq!(summary(&issue).as_deref(), Some("exception: out of memory"));
    assert_eq!(summary(&json!([])), None);
    assert_eq!(summary(&json!([{}])), None);
}

#[test]
fn a_bsn_in_it_is_not_told() {
    let issue =
        json!({ "code": "999990019", "details": { "text": "patient 999990019 (999 990 019) unknown" } });
    assert_eq!(summary(&issue).as_deref(), Some("[number]: patient [number] ([number]) unknown"));
}

#[test]
fn a_long_story_is_cut() {
    assert_eq!(
        summary(&json!({ "code": "x", "diagnostics": "é".repeat(1000) })).unwrap().chars().count(),
        200
    );
}
