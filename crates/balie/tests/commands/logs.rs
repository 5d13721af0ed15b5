//! What `BALIE_LOG` chooses.

use crate::operator::Operator;

#[test]
fn a_choice_of_logs_that_cannot_be_read_is_told_and_stops_nothing() {
    let operator = Operator::new();
    let said = |chosen| operator.types_where(&["keys", "new"], &[("BALIE_LOG", chosen)]);
    for chosen in ["", "debug", "info,platform=debug", "off"] {
        let said = said(chosen);
        assert!(said.ok && !said.err.contains("BALIE_LOG"), "{chosen:?}: {}", said.err);
    }
    let said = said("platform=very=much");
    assert!(said.ok, "{}", said.err);
    assert!(said.err.contains("BALIE_LOG cannot be read, and is taken as `info`"), "{}", said.err);
}
