use std::collections::BTreeSet;

use serde_json::Value;
use utoipa::OpenApi as _;

use super::{Api, page::kinds};

fn document() -> Value {
    serde_json::to_value(Api::openapi()).unwrap()
}

/// Every `$ref` below a value.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| references(field, found));
        }
        Value::Array(elements) => elements.iter().for_each(|element| references(element, found)),
        _ => {}
    }
}

#[test]
fn every_schema_that_is_named_is_there() {
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 10, "{found:?}");
    for target in found {
        assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target}");
    }
}

#[test]
fn every_answer_can_be_found_in_the_log_and_every_call_has_a_summary() {
    for (path, calls) in document()["paths"].as_object().unwrap() {
        for (method, call) in calls.as_object().unwrap() {
            assert!(call["summary"].is_string(), "{method} {path}");
            for (status, answer) in call["responses"].as_object().unwrap() {
                assert!(answer["headers"]["X-Request-Id"].is_object(), "{method} {path} {status}");
            }
        }
    }
}

#[test]
fn every_kind_on_the_page_says_what_it_is() {
    for kind in kinds::of(&document()) {
        assert!(!kind.about.is_empty(), "{}", kind.name);
    }
}
