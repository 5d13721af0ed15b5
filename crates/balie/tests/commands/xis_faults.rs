//! `balie xis --fault`.

use crate::operator::Operator;

#[test]
fn every_fault_is_listed_with_what_it_does() {
    let operator = Operator::new();
    for words in [["xis", "--fault", "list"].as_slice(), &["xis", "--help"]] {
        let listed = operator.succeeds(words);
        for line in ["answer-lost ", "double-booking ", "slow[=DURATION] ", "Books a time that is taken."] {
            assert!(listed.contains(line), "{line} is not in\n{listed}");
        }
    }
}

#[test]
fn a_fault_that_cannot_be_read_is_explained_in_one_line() {
    let operator = Operator::new();
    for (fault, line) in [
        (
            "awnser-lost",
            r#"balie: --fault awnser-lost: there is no fault "awnser-lost": do you mean answer-lost?"#,
        ),
        ("slow=soon", r#"balie: --fault slow=soon: slow: "soon" is no duration: write 5s, 3m or -1h"#),
    ] {
        assert_eq!(operator.fails(&["xis", "--fault", fault]), line);
    }
}
