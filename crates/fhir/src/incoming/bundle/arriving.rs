//! A search result that is read while it arrives.
//!
//! What stands in `entry` is read entry by entry, and goes. Everything else is kept, with an empty list where the entries
//! were, and read as any bundle when all of it is there. So whatever is odd outside the entries is odd there too.

mod begin;
mod entries;
mod ordinary;

use std::fmt;

use serde::Deserialize;
use serde::de::IgnoredAny;

use self::begin::Begin;
use self::entries::{Entries, Taken};
use super::Bundle;
use crate::incoming::Resource;
use crate::parse::without_byte_order_mark;
use crate::{IssueType, ParseError};

/// What is done with each resource of a search result.
pub trait Keep {
    /// The resource that was asked for, which may borrow from what arrived.
    type Wire<'a>: Resource + Deserialize<'a>;
    /// What is kept of it.
    type Kept;

    /// What is kept of this one, if anything.
    fn keep(&mut self, resource: Self::Wire<'_>) -> Option<Self::Kept>;
}

/// A search result of which a part is here. No two resources of it are in memory at once.
pub struct Arriving<P: Keep> {
    at: At,
    begin: Begin,
    entries: Entries<P>,
    /// The bundle without its entries.
    rest: Vec<u8>,
}

/// What comes next.
#[derive(Debug, Clone, Copy)]
enum At {
    /// What stands before the entries.
    Begin,
    Entries,
    /// What stands after them.
    Rest,
    /// Nothing that can be made sense of.
    Broken,
}

/// Says nothing of what came.
impl<P: Keep> fmt::Debug for Arriving<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Arriving").field("at", &self.at).finish_non_exhaustive()
    }
}

impl<P: Keep> Arriving<P> {
    /// Of which nothing is here yet.
    pub fn new(keep: P) -> Self {
        Self { at: At::Begin, begin: Begin::default(), entries: Entries::new(keep), rest: Vec::new() }
    }

    /// Reads what came, as far as it can be.
    pub fn take(&mut self, came: &[u8]) {
        match self.at {
            At::Begin => {
                let begun = self.begin.find(came);
                let (begin, entries) = came.split_at(begun.unwrap_or(came.len()));
                self.rest.extend_from_slice(begin);
                if begun.is_some() {
                    self.at = At::Entries;
                    self.take(entries);
                }
            }
            At::Entries => self.at = at_after(self.entries.take(came, &mut self.rest)),
            At::Rest => self.rest.extend_from_slice(came),
            At::Broken => {}
        }
    }

    /// The whole search result, when all of it came.
    ///
    /// # Errors
    /// When it is no Bundle; never because of a single entry.
    pub fn end(mut self) -> Result<Bundle<P::Kept>, ParseError> {
        if matches!(self.at, At::Entries) {
            self.at = at_after(self.entries.take_last(&mut self.rest));
        }
        let no_json = |place, problem| Err(ParseError::new(place, problem, IssueType::Structure));
        let rest = without_byte_order_mark(&self.rest);
        let mut all = || Bundle::one_by_one(rest, |resource: P::Wire<'_>| self.entries.keep.keep(resource));
        match self.at {
            // No list of entries was found: everything is here, whatever stands where they would be.
            At::Begin => all(),
            At::Rest if serde_json::from_slice::<IgnoredAny>(rest).is_ok() => {
                let next = all()?.next;
                Ok(Bundle { next, ..self.entries.bundle })
            }
            At::Rest => no_json("Bundle".to_owned(), "this is not valid JSON after its entries"),
            At::Entries | At::Broken => {
                let place = format!("Bundle.entry[{}]", self.entries.count);
                no_json(place, "this is not valid JSON, nested too deep, or not whole")
            }
        }
    }
}

fn at_after(entries: Taken) -> At {
    match entries {
        Taken::All => At::Entries,
        Taken::Ended => At::Rest,
        Taken::Broken => At::Broken,
    }
}

#[cfg(test)]
mod tests;
