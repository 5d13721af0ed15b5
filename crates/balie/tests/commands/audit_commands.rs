//! `balie audit` by what is typed.

use serde_json::Value;
use store::{Db, SCHEMA};

use crate::operator::Operator;

/// Two acts of an operator, each with its line.
fn at_work() -> Operator {
    let operator = Operator::new();
    operator.succeeds(&["xis-client", "add", "linde"]);
    operator.succeeds(&["practice", "add", "01000001", "--name", "De Linde", "--client", "linde"]);
    operator
}

/// Does this to the tables, as somebody may who has the file.
async fn change(operator: &Operator, statements: &[&'static str]) {
    let db = Db::connect(&operator.database(), SCHEMA).await.unwrap();
    testkit::tamper(&db, statements).await;
    db.close().await;
}

/// ASVS: 16.4.2
#[tokio::test]
async fn a_trail_as_it_was_written_has_status_0_and_one_that_was_changed_2() {
    let operator = at_work();
    let said = operator.succeeds(&["audit", "verify"]);
    assert!(said.ends_with("nothing is wrong\n") && said.contains("3 lines that wait for theirs"), "{said}");
    assert!(
        said.contains("\nno head given: it would not be seen if the end of the trail was cut off"),
        "{said}"
    );
    change(
        &operator,
        &["drop trigger audit_stays", "update audit set practice = '01000002' where action = 'practice add'"],
    )
    .await;
    let said = operator.types(&["audit", "verify"]);
    assert_eq!((said.ok, said.code), (false, Some(2)), "{}", said.out);
    assert!(said.out.contains("was changed, or put in"), "{}", said.out);
    assert_eq!(said.err, "balie: the audit trail is not as it was written: 1 fault\n");
}

#[tokio::test]
async fn a_head_that_is_not_in_the_trail_shows_that_the_end_was_cut_off() {
    let operator = at_work();
    let head = r#"{"number":7,"chain":"x","sealed_at":"2026-05-04T08:00:00Z"}"#;
    let logged = format!(r#"{{"level":"INFO","fields":{{"message":"sealed",{}}}"#, &head[1..]);
    for text in [head, &logged] {
        std::fs::write(operator.0.path().join("head.json"), text).unwrap();
        let said = operator.types(&["audit", "verify", "--head", "head.json"]);
        assert_eq!(said.code, Some(2), "{}", said.err);
        assert!(said.out.contains("batch 7 of 2026-05-04T08:00:00Z is not there"), "{}", said.out);
        assert!(!said.out.contains("no head given"), "{}", said.out);
    }
    operator.adds("\n[audit]\nhead_file = 'head.json'\n");
    let said = operator.types(&["audit", "verify"]);
    assert!(said.code == Some(2) && !said.out.contains("no head given"), "{}", said.out);
    assert!(operator.fails(&["audit", "verify", "--head", "none.json"]).contains("none.json cannot be read"));
}

#[test]
fn the_trail_is_written_out_as_audit_events_and_that_leaves_a_line_too() {
    let operator = at_work();
    let events = |words: &[&str]| -> Vec<Value> {
        let out = operator.succeeds(&[&["audit", "export"], words].concat());
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let all = events(&[]);
    assert_eq!(all.len(), 3);
    assert!(all.iter().all(|event| event["resourceType"] == "AuditEvent" && event["outcome"] == "0"));
    assert_eq!(events(&["--practice", "01000001"]).len(), 1);
    assert_eq!(events(&["--to", "2020-01-01T00:00:00Z"]).len(), 0);
    assert_eq!(events(&["--from", "2020-01-01T00:00:00Z"]).len(), 6);
    let patient = operator.fails(&["audit", "export", "--patient", "999990019"]);
    assert!(patient.contains("the id of an account, never a BSN"), "{patient}");
}

#[test]
fn the_standard_says_how_long_the_trail_is_kept_at_least() {
    let operator = Operator::new();
    operator.adds("\n[audit]\nkeep_years = 4\n");
    let said = operator.fails(&["config", "check"]);
    assert!(said.contains("less than the 5 years of NEN 7513"), "{said}");
}
