//! An entry as nearly all are, read in one go: each byte is looked at once. It gives up at the first thing that is out of
//! the ordinary, and then the entry is read step by step, which takes several times as long and says what is wrong.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use crate::incoming::Resource;
use crate::lenient::Object;

/// An entry with a readable `T` under `resource`.
pub(super) type Ordinary<T> = Object<Entry<T>>;

impl<T> Ordinary<T> {
    pub(super) fn into_resource(self) -> T {
        self.0.resource.0
    }
}

#[derive(Deserialize)]
#[serde(bound = "T: Resource + Deserialize<'de>")]
pub(super) struct Entry<T> {
    resource: Named<T>,
}

/// An object that calls itself a `T`, and is one.
struct Named<T>(T);

impl<'de, T: Resource + Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(NamedVisitor(PhantomData))
    }
}

struct NamedVisitor<T>(PhantomData<T>);

impl<'de, T: Resource + Deserialize<'de>> Visitor<'de> for NamedVisitor<T> {
    type Value = Named<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a {}", T::TYPE)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Named<T>, A::Error> {
        let mut is_named = false;
        let fields = NameTaken { fields, name: T::TYPE, is_named: &mut is_named };
        let resource = T::deserialize(MapAccessDeserializer::new(fields))?;
        if is_named { Ok(Named(resource)) } else { Err(A::Error::missing_field("resourceType")) }
    }
}

/// The fields of an object without its `resourceType`, which is looked at in passing.
struct NameTaken<'a, A> {
    fields: A,
    name: &'static str,
    is_named: &'a mut bool,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for NameTaken<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(Key(key)) = self.fields.next_key()? {
            if key != "resourceType" {
                return match key {
                    Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
                    Cow::Owned(key) => seed.deserialize(StrDeserializer::new(&key)),
                }
                .map(Some);
            }
            let Key(name) = self.fields.next_value()?;
            if name != self.name || *self.is_named {
                return Err(A::Error::custom("another type"));
            }
            *self.is_named = true;
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.fields.next_value_seed(seed)
    }
}

/// A text, borrowed where it stands in the body as it is.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);
