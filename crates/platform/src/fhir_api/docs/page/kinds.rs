//! What a schema says, in words and links.

use serde_json::Value;

use super::{fields, items, text};

/// A kind of thing, with an address on the page.
pub(in crate::fhir_api::docs) struct Kind {
    pub(in crate::fhir_api::docs) name: String,
    pub(in crate::fhir_api::docs) about: String,
    /// What it is, where it has no fields.
    pub(super) parts: Vec<Part>,
    pub(super) fields: Vec<Field>,
}

pub(super) struct Field {
    pub(super) name: String,
    pub(super) parts: Vec<Part>,
    pub(super) is_required: bool,
    pub(super) about: String,
}

/// A piece of text, perhaps the name of a kind.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) is_kind: bool,
}

fn word(text: impl Into<String>) -> Part {
    Part { text: text.into(), is_kind: false }
}

/// Every kind of the document.
pub(in crate::fhir_api::docs) fn of(document: &Value) -> Vec<Kind> {
    fields(&document["components"]["schemas"]).map(|(name, schema)| kind(name, schema)).collect()
}

fn kind(name: &str, schema: &Value) -> Kind {
    let required = |field: &str| items(&schema["required"]).any(|one| one == field);
    let field = |(name, schema): (&String, &Value)| Field {
        name: name.clone(),
        parts: parts(schema),
        is_required: required(name),
        about: text(schema, "description"),
    };
    let found: Vec<_> = fields(&schema["properties"]).map(field).collect();
    Kind {
        name: name.to_owned(),
        about: text(schema, "description"),
        parts: if found.is_empty() { parts(schema) } else { Vec::new() },
        fields: found,
    }
}

/// What may stand where this schema is.
pub(super) fn parts(schema: &Value) -> Vec<Part> {
    if let Some(name) = schema["$ref"].as_str().and_then(|target| target.rsplit('/').next()) {
        return vec![Part { text: name.to_owned(), is_kind: true }];
    }
    let choices: Vec<_> = items(&schema["oneOf"]).filter(|one| one["type"] != "null").map(parts).collect();
    if !choices.is_empty() {
        return joined(choices);
    }
    let codes: Vec<_> =
        items(&schema["enum"]).filter_map(Value::as_str).map(|code| vec![word(code)]).collect();
    if !codes.is_empty() {
        return joined(codes);
    }
    if schema["items"].is_object() {
        return std::iter::once(word("list of ")).chain(parts(&schema["items"])).collect();
    }
    vec![word(plain(schema))]
}

/// One or the other.
fn joined(choices: Vec<Vec<Part>>) -> Vec<Part> {
    let mut all = Vec::new();
    for (index, choice) in choices.into_iter().enumerate() {
        if index > 0 {
            all.push(word(" or "));
        }
        all.extend(choice);
    }
    all
}

/// The format, else the type; null is absent, so it is not said.
fn plain(schema: &Value) -> &str {
    let types = items(&schema["type"]).filter_map(Value::as_str).find(|one| *one != "null");
    let kind = schema["type"].as_str().or(types).unwrap_or("anything");
    schema["format"].as_str().filter(|_| kind == "string").unwrap_or(kind)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(schema: &Value) -> String {
        parts(schema).into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn a_schema_is_said_in_words() {
        assert_eq!(said(&json!({ "type": ["string", "null"] })), "string");
        assert_eq!(said(&json!({ "type": "string", "format": "bsn" })), "bsn");
        assert_eq!(said(&json!({ "type": "string", "enum": ["a", "b"] })), "a or b");
        let other = json!({ "$ref": "#/components/schemas/Coding" });
        assert_eq!(said(&json!({ "type": "array", "items": other })), "list of Coding");
        assert_eq!(said(&json!({ "oneOf": [{ "type": "null" }, other] })), "Coding");
    }
}
