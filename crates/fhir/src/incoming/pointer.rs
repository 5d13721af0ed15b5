use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use crate::lenient;

/// What is referred to, by its address alone: a [`Reference`](crate::incoming::Reference) without identifiers, borrowed
/// from the body. Reads both forms of B1 too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "OnTheWire<'a>")]
pub struct Pointer<'a> {
    /// `Schedule/456`, or an absolute address. Text to read an id from, never to follow.
    #[serde(borrow)]
    pub reference: Option<Cow<'a, str>>,
    /// The words that people read.
    #[serde(borrow)]
    pub display: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct OnTheWire<'a> {
    #[serde(borrow, default)]
    reference: Option<TextOrObject<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::words")]
    display: Option<Cow<'a, str>>,
}

impl<'a> From<OnTheWire<'a>> for Pointer<'a> {
    fn from(outer: OnTheWire<'a>) -> Self {
        let TextOrObject(inner) = outer.reference.unwrap_or_default();
        Self { reference: inner.reference, display: outer.display.or(inner.display) }
    }
}

#[derive(Default)]
struct TextOrObject<'a>(Inner<'a>);

#[derive(Default, Deserialize)]
struct Inner<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::words")]
    reference: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "lenient::words")]
    display: Option<Cow<'a, str>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for TextOrObject<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrObjectVisitor)
    }
}

struct TextOrObjectVisitor;

impl<'de> Visitor<'de> for TextOrObjectVisitor {
    type Value = TextOrObject<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text such as Schedule/456, or an object with reference")
    }

    fn visit_str<E: Error>(self, reference: &str) -> Result<TextOrObject<'de>, E> {
        Ok(pointing(Cow::Owned(reference.to_owned())))
    }

    fn visit_borrowed_str<E: Error>(self, reference: &'de str) -> Result<TextOrObject<'de>, E> {
        Ok(pointing(Cow::Borrowed(reference)))
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<TextOrObject<'de>, A::Error> {
        Inner::deserialize(MapAccessDeserializer::new(fields)).map(TextOrObject)
    }
}

fn pointing(reference: Cow<'_, str>) -> TextOrObject<'_> {
    TextOrObject(Inner { reference: Some(reference), display: None })
}
