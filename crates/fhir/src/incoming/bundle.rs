mod arriving;

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

pub use self::arriving::{Arriving, Keep};
use crate::incoming::Resource;
use crate::lenient::Object;
use crate::parse::{decode, expect_type, resource_type, without_byte_order_mark};
use crate::{IssueType, ParseError, lenient};

/// A search result. One bad entry does not lose the others. Debug output hides the address of the next page.
#[derive(Clone, PartialEq, Eq)]
pub struct Bundle<T> {
    /// The resources that were asked for, in the order in which they came, or what was kept of them.
    pub resources: Vec<T>,
    /// How many could be read and were not kept.
    pub passed_over: usize,
    /// The entries that could not be read. Another kind of resource, such as an OperationOutcome, is no problem
    /// and not among them.
    pub skipped: Vec<Skipped>,
    /// Where the next page is (C7), as it was written.
    pub next: Option<String>,
}

/// An entry that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its place among the entries, from 0.
    pub index: usize,
    /// Why.
    pub problem: ParseError,
}

impl<T: fmt::Debug> fmt::Debug for Bundle<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (resources, skipped) = (&self.resources, &self.skipped);
        let mut bundle = formatter.debug_struct("Bundle");
        bundle.field("resources", resources).field("passed_over", &self.passed_over);
        bundle.field("skipped", skipped).finish_non_exhaustive()
    }
}

impl<'a, T: Resource + Deserialize<'a>> Bundle<T> {
    /// Reads a search result whose entries hold a `T` under `resource`, or are a bare `T` (C11).
    ///
    /// # Errors
    /// When the body is no Bundle; never because of a single entry.
    pub fn parse(body: &'a [u8]) -> Result<Self, ParseError> {
        Self::one_by_one(without_byte_order_mark(body), Some)
    }
}

impl<K> Bundle<K> {
    fn one_by_one<'a, T: Resource + Deserialize<'a>>(
        body: &'a [u8],
        mut keep: impl FnMut(T) -> Option<K>,
    ) -> Result<Self, ParseError> {
        expect_type(body, "Bundle", false)?;
        let wire: OnTheWire = decode(body, "Bundle")?;
        let mut bundle = Self { next: next_of(wire.link), ..Self::default() };
        for (index, entry) in wire.entry.unwrap_or_default().into_iter().enumerate() {
            match read(entry) {
                Ok(Some(resource)) => bundle.take(keep(resource)),
                Ok(None) => {}
                Err(problem) => bundle.skipped.push(Skipped { index, problem }),
            }
        }
        Ok(bundle)
    }

    fn take(&mut self, kept: Option<K>) {
        match kept {
            Some(kept) => self.resources.push(kept),
            None => self.passed_over += 1,
        }
    }
}

impl<K> Default for Bundle<K> {
    fn default() -> Self {
        Self { resources: Vec::new(), passed_over: 0, skipped: Vec::new(), next: None }
    }
}

fn next_of(links: Vec<Link>) -> Option<String> {
    links.into_iter().find(|link| link.relation.as_deref() == Some("next"))?.url
}

/// The resource in an entry; nothing when it is of another type than was asked for.
fn read<'a, T: Resource + Deserialize<'a>>(entry: &'a RawValue) -> Result<Option<T>, ParseError> {
    let Object(wrapper): Object<Entry<'_>> = decode(entry.get().as_bytes(), "Bundle.entry")?;
    let resource = wrapper.resource.unwrap_or(entry).get().as_bytes();
    match resource_type(resource).map_err(|error| ParseError::from_json(T::TYPE, None, &error))? {
        Some(name) if name == T::TYPE => decode(resource, T::TYPE).map(Some),
        Some(_) => Ok(None),
        None => {
            Err(ParseError::new("Bundle.entry.resource", "this has no resourceType", IssueType::Required))
        }
    }
}

#[derive(Deserialize)]
struct OnTheWire<'a> {
    #[serde(default, borrow)]
    entry: Option<Vec<&'a RawValue>>,
    #[serde(default, deserialize_with = "lenient::list")]
    link: Vec<Link>,
}

#[derive(Deserialize)]
struct Link {
    #[serde(default, deserialize_with = "lenient::text")]
    relation: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    url: Option<String>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(default, borrow)]
    resource: Option<&'a RawValue>,
}
