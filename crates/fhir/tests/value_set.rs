//! The bookable appointment types (C12).

use fhir::incoming::{Concept, ValueSet};
use fhir::parse;
use serde_json::{Value, json};

fn concepts(mut body: Value) -> Vec<Concept> {
    body["resourceType"] = json!("ValueSet");
    parse::<ValueSet>(body.to_string().as_bytes()).expect("a value set").concepts()
}

fn concept(system: &str, code: &str, display: &str) -> Concept {
    Concept { system: Some(system.to_owned()), code: code.to_owned(), display: display.to_owned() }
}

#[test]
fn c12_the_definition_is_read_where_there_is_no_expansion() {
    let found = concepts(json!({ "status": "active", "compose": { "include": [
        { "system": "s", "concept": [{ "code": "consult", "display": "Consult 30 min" }, { "code": "video" }] },
        { "system": "t", "concept": [{ "code": "consult", "display": "Consult" }] }
    ] } }));
    assert_eq!(
        found,
        [
            concept("s", "consult", "Consult 30 min"),
            concept("s", "video", "video"),
            concept("t", "consult", "Consult")
        ]
    );
    assert_eq!(found[0].token(), "s|consult");
}

#[test]
fn c12_the_expansion_goes_before_the_definition() {
    let found = concepts(json!({
        "compose": { "include": [{ "system": "s", "concept": [{ "code": "old", "display": "Old" }] }] },
        "expansion": { "contains": [{ "system": "s", "code": "new", "display": "New" }] }
    }));
    assert_eq!(found, [concept("s", "new", "New")]);
    let empty = json!({
        "compose": { "include": [{ "system": "s", "concept": [{ "code": "old" }] }] }, "expansion": { "contains": [] }
    });
    assert_eq!(concepts(empty), []);
}

#[test]
fn c12_groups_are_opened_and_what_cannot_be_chosen_is_left_out() {
    let found = concepts(json!({ "expansion": { "contains": [
        { "system": "s", "code": "group", "abstract": true, "contains": [
            { "system": "s", "code": "a", "display": "A", "contains": [{ "system": "s", "code": "b", "display": "B" }] },
            { "system": "s", "code": "gone", "display": "Gone", "inactive": true }
        ] },
        { "display": "a heading without a code" }
    ] } }));
    assert_eq!(found, [concept("s", "a", "A"), concept("s", "b", "B")]);
}

#[test]
fn c12_the_same_system_and_code_is_one_choice() {
    let found = concepts(json!({ "compose": { "include": [
        { "system": "s", "concept": [{ "code": "a", "display": "First" }, { "code": "a", "display": "Second" }] },
        { "system": "s", "concept": [{ "code": "a", "display": "Third" }] }
    ] } }));
    assert_eq!(found, [concept("s", "a", "First")]);
}

#[test]
fn c12_nothing_to_choose_is_an_empty_list() {
    for body in [json!({}), json!({ "compose": null }), json!({ "compose": { "include": [] } })] {
        assert_eq!(concepts(body), []);
    }
}
