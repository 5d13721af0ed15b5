//! A search result read in one go: each byte is looked at once. It gives up at the first thing that is out of the
//! ordinary, and then the bundle is read entry by entry, which takes several times as long and loses less.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Bundle, Link, next_of};
use crate::incoming::Resource;
use crate::lenient::{self, Object};

/// A bundle of nothing but entries with a readable `T` under `resource`; `None` for every other.
pub(super) fn read<'a, T: Resource + Deserialize<'a>, K>(
    body: &'a [u8],
    keep: &mut impl FnMut(T) -> Option<K>,
) -> Option<Bundle<K>> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let bundle = Ordinary { keep, of: PhantomData }.deserialize(&mut json).ok()?;
    json.end().ok()?;
    Some(bundle)
}

/// A whole bundle.
struct Ordinary<'k, T, Keep> {
    keep: &'k mut Keep,
    of: PhantomData<T>,
}

impl<'de, T, K, Keep> DeserializeSeed<'de> for Ordinary<'_, T, Keep>
where
    T: Resource + Deserialize<'de>,
    Keep: FnMut(T) -> Option<K>,
{
    type Value = Bundle<K>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Bundle<K>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T, K, Keep> Visitor<'de> for Ordinary<'_, T, Keep>
where
    T: Resource + Deserialize<'de>,
    Keep: FnMut(T) -> Option<K>,
{
    type Value = Bundle<K>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a Bundle")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Bundle<K>, A::Error> {
        let (mut bundle, mut has_entries) = (Bundle::default(), false);
        let (mut is_bundle, mut links) = (None, None);
        while let Some(Key(key)) = fields.next_key()? {
            match &*key {
                "resourceType" if is_bundle.is_none() => {
                    let Key(name) = fields.next_value()?;
                    is_bundle = Some(name == "Bundle");
                }
                "entry" if !has_entries => {
                    has_entries = true;
                    fields.next_value_seed(Entries {
                        bundle: &mut bundle,
                        keep: self.keep,
                        of: PhantomData,
                    })?;
                }
                "link" if links.is_none() => links = Some(fields.next_value::<Links>()?),
                "resourceType" | "entry" | "link" => return Err(A::Error::custom("said twice")),
                _ => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        bundle.next = links.and_then(|Links(links)| next_of(links));
        if is_bundle == Some(true) { Ok(bundle) } else { Err(A::Error::custom("another type")) }
    }
}

#[derive(Deserialize)]
struct Links(#[serde(deserialize_with = "lenient::list")] Vec<Link>);

/// The entries, each of which goes before the next one comes.
struct Entries<'k, T, K, Keep> {
    bundle: &'k mut Bundle<K>,
    keep: &'k mut Keep,
    of: PhantomData<T>,
}

impl<'de, T, K, Keep> DeserializeSeed<'de> for Entries<'_, T, K, Keep>
where
    T: Resource + Deserialize<'de>,
    Keep: FnMut(T) -> Option<K>,
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T, K, Keep> Visitor<'de> for Entries<'_, T, K, Keep>
where
    T: Resource + Deserialize<'de>,
    Keep: FnMut(T) -> Option<K>,
{
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(Object(Entry { resource: Named(resource) })) = entries.next_element()? {
            self.bundle.take((self.keep)(resource));
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(bound = "T: Resource + Deserialize<'de>")]
struct Entry<T> {
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::incoming::Slot;

    fn slot(id: &str) -> Value {
        json!({
            "fullUrl": format!("https://xis.example/Slot/{id}"),
            "resource": {
                "resourceType": "Slot", "id": id, "status": "free",
                "start": "2026-04-10T09:00:00Z", "end": "2026-04-10T09:30:00Z",
                "serviceCategory": [{ "coding": [{ "system": "s", "code": "CONSULT", "display": "Consult" }] }],
                "schedule": { "reference": "Schedule/3" }
            }
        })
    }

    fn bundle() -> Value {
        let next = json!([{ "relation": "next", "url": "https://xis.example/Slot?page=2" }]);
        json!({ "resourceType": "Bundle", "entry": [slot("1"), slot("2")], "link": next })
    }

    /// Every value with, in turn, something else in each of its places.
    fn spoiled(value: &Value) -> Vec<Value> {
        let mut spoiled = vec![json!(null), json!(5), json!("Slot"), json!([]), json!({}), json!([value])];
        match value {
            Value::Object(fields) => {
                for (key, field) in fields {
                    let with = |field: Option<Value>| {
                        let mut fields = fields.clone();
                        fields.remove(key);
                        fields.extend(field.map(|field| (key.clone(), field)));
                        Value::Object(fields)
                    };
                    spoiled.push(with(None));
                    spoiled.extend(self::spoiled(field).into_iter().map(|field| with(Some(field))));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    spoiled.extend(self::spoiled(item).into_iter().map(|item| {
                        let mut items = items.clone();
                        items[index] = item;
                        Value::Array(items)
                    }));
                }
            }
            _ => {}
        }
        spoiled
    }

    #[test]
    fn an_ordinary_bundle_is_read_at_once() {
        let body = bundle().to_string();
        let read = read::<Slot<'_>, _>(body.as_bytes(), &mut Some).unwrap();
        assert_eq!(read.resources.len(), 2);
        assert_eq!(read.next.as_deref(), Some("https://xis.example/Slot?page=2"));
    }

    #[test]
    fn a_field_that_comes_twice_is_out_of_the_ordinary() {
        let (bundle, link) = (r#""resourceType":"Bundle""#, r#""link":[]"#);
        let resource = slot("1")["resource"].to_string();
        let entry = format!(r#""entry":[{{"resource":{resource}}}]"#);
        let is_read = |fields: &[&str]| {
            let body = format!("{{{}}}", fields.join(","));
            read::<Slot<'_>, _>(body.as_bytes(), &mut Some).is_some()
        };
        assert!(is_read(&[bundle, &entry, link]));
        for twice in [bundle, &entry, link] {
            assert!(!is_read(&[bundle, &entry, link, twice]), "{twice}");
        }
        assert!(!is_read(&[r#""resourceType":"Patient""#, bundle, &entry]));
        let both = format!(r#""entry":[{{"resource":{resource},"resource":{resource}}}]"#);
        assert!(!is_read(&[bundle, &both]));
    }

    #[test]
    fn what_is_read_at_once_is_read_the_same_one_by_one() {
        let (mut at_once, mut all) = (0, 0);
        for value in spoiled(&bundle()) {
            let body = value.to_string();
            all += 1;
            if let Some(bundle) = read::<Slot<'_>, _>(body.as_bytes(), &mut Some) {
                at_once += 1;
                assert_eq!(Ok(bundle), Bundle::one_by_one(body.as_bytes(), Some), "{body}");
            }
        }
        assert!(at_once > 50 && all - at_once > 50, "{at_once} of {all}");
    }
}
