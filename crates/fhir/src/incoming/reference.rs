use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use crate::discreet::discreet;
use crate::incoming::Identifier;
use crate::{lenient, reference_id};

/// Whom or what something is about. Debug output hides it: it may name a patient.
///
/// Reads both forms of B1: FHIR's, and the contract's, where `reference` is an object that holds the identifiers.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "OnTheWire")]
pub struct Reference {
    /// `Patient/456`, or an absolute address. Text to read an id from, never to follow.
    pub reference: Option<String>,
    /// The words that people read.
    pub display: Option<String>,
    /// The identifiers, from wherever they stood.
    pub identifiers: Vec<Identifier>,
    /// Whether the actor must be there, where the contract puts it (A19); read it with
    /// [`Participant::required`](crate::incoming::Participant::required).
    pub(super) required: Option<String>,
}

discreet!(Reference {});

impl Reference {
    /// The id of the `kind` of resource that this refers to (see [`reference_id`]).
    #[must_use]
    pub fn id(&self, kind: &str, base: Option<&str>) -> Option<&str> {
        reference_id(self.reference.as_deref()?, kind, base)
    }
}

#[derive(Deserialize)]
struct OnTheWire {
    #[serde(default)]
    reference: Option<TextOrObject>,
    #[serde(default, deserialize_with = "lenient::text")]
    display: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    identifier: Vec<Identifier>,
    #[serde(default, deserialize_with = "lenient::text")]
    required: Option<String>,
}

/// The `reference` of a reference: a text, or the contract's object (B1).
#[derive(Default, Deserialize)]
struct Inner {
    #[serde(default, deserialize_with = "lenient::text")]
    reference: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    display: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    identifier: Vec<Identifier>,
}

impl From<OnTheWire> for Reference {
    fn from(outer: OnTheWire) -> Self {
        let inner = outer.reference.map(|TextOrObject(inner)| inner).unwrap_or_default();
        let mut identifiers = outer.identifier;
        identifiers.extend(inner.identifier);
        let display = outer.display.or(inner.display);
        Self { reference: inner.reference, display, identifiers, required: outer.required }
    }
}

struct TextOrObject(Inner);

impl<'de> Deserialize<'de> for TextOrObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrObjectVisitor)
    }
}

struct TextOrObjectVisitor;

impl<'de> Visitor<'de> for TextOrObjectVisitor {
    type Value = TextOrObject;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text such as Patient/456, or an object with identifier")
    }

    fn visit_str<E: Error>(self, reference: &str) -> Result<TextOrObject, E> {
        Ok(TextOrObject(Inner { reference: Some(reference.to_owned()), ..Inner::default() }))
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<TextOrObject, A::Error> {
        Inner::deserialize(MapAccessDeserializer::new(fields)).map(TextOrObject)
    }
}
