use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::incoming::Resource;
use crate::{IssueType, ParseError};

/// Reads one resource from a body.
///
/// # Errors
/// When the body is not JSON, is another resource than `T`, or holds a field that is not of its kind. The error
/// names the place and never quotes the body.
pub fn parse<'a, T: Resource + Deserialize<'a>>(body: &'a [u8]) -> Result<T, ParseError> {
    let body = without_byte_order_mark(body);
    expect_type(body, T::TYPE, T::MAY_BE_UNNAMED)?;
    decode(body, T::TYPE)
}

/// Some senders start a body with a byte order mark, which JSON has no place for.
pub(crate) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// Reads `json`, and only after a failure once more to learn where it was: keeping the path costs time.
pub(crate) fn decode<'a, T: Deserialize<'a>>(json: &'a [u8], root: &str) -> Result<T, ParseError> {
    serde_json::from_slice(json).map_err(|error| match located::<T>(json) {
        Some(located) => ParseError::from_json(root, Some(located.path()), located.inner()),
        None => ParseError::from_json(root, None, &error),
    })
}

fn located<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Option<serde_path_to_error::Error<serde_json::Error>> {
    serde_path_to_error::deserialize::<_, T>(&mut serde_json::Deserializer::from_slice(json)).err()
}

/// Requires that the body calls itself `expected`, or nothing at all where `may_be_unnamed` (B3).
pub(crate) fn expect_type(json: &[u8], expected: &str, may_be_unnamed: bool) -> Result<(), ParseError> {
    let place = || format!("{expected}.resourceType");
    match resource_type(json).map_err(|error| ParseError::from_json(expected, None, &error))? {
        Some(name) if name == expected => Ok(()),
        Some(name) if is_type_name(&name) => {
            let problem = format!("expected a resource of type {expected}, this is of type {name}");
            Err(ParseError::new(place(), problem, IssueType::Invalid))
        }
        Some(_) => Err(ParseError::new(place(), format!("expected {expected}"), IssueType::Invalid)),
        None if may_be_unnamed => Ok(()),
        None => Err(ParseError::new(
            place(),
            format!("this is missing, expected {expected}"),
            IssueType::Required,
        )),
    }
}

/// Letters only, so that it is safe to repeat in a message.
fn is_type_name(name: &str) -> bool {
    (1..=40).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The `resourceType` of an object. Reads no further than it must: a search result has thousands of entries.
///
/// # Errors
/// When this is not an object, or not JSON as far as it was read.
pub(crate) fn resource_type(json: &[u8]) -> Result<Option<String>, serde_json::Error> {
    let mut found = None;
    let end = serde_json::Deserializer::from_slice(json).deserialize_map(TypeVisitor(&mut found));
    match found {
        Some(name) => Ok(name),
        None => end.map(|()| None),
    }
}

/// Stops at the first `resourceType` by an error that nobody sees.
struct TypeVisitor<'a>(&'a mut Option<Option<String>>);

impl<'de> Visitor<'de> for TypeVisitor<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(is_type) = fields.next_key::<IsType>()? {
            if is_type.0 {
                *self.0 = Some(name_in(fields.next_value()?));
                return Err(A::Error::custom("found"));
            }
            fields.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

fn name_in(value: Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name),
        Value::Null => None,
        _ => Some(String::new()),
    }
}

/// Whether a key is `resourceType`.
struct IsType(bool);

impl<'de> Deserialize<'de> for IsType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Key;
        impl Visitor<'_> for Key {
            type Value = IsType;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a key")
            }
            fn visit_str<E: Error>(self, key: &str) -> Result<IsType, E> {
                Ok(IsType(key == "resourceType"))
            }
        }
        deserializer.deserialize_str(Key)
    }
}
