use std::borrow::Cow;

use serde::Deserialize;

use crate::incoming::{Pointer, Resource};
use crate::{Instant, lenient, naming};

/// A piece of an agenda. It borrows from the body: there are thousands of them in one, and most of what they say is the
/// same.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Slot<'a> {
    /// The id at the practice's system.
    #[serde(borrow, deserialize_with = "lenient::required_words")]
    pub id: Cow<'a, str>,
    /// `free` when it can be taken (C8).
    #[serde(borrow, default, deserialize_with = "lenient::words")]
    pub status: Option<Cow<'a, str>>,
    /// When it starts.
    pub start: Instant,
    /// When it ends.
    pub end: Instant,
    /// What kinds of appointment it is for.
    #[serde(borrow, default, deserialize_with = "lenient::list")]
    pub service_category: Vec<Category<'a>>,
    /// What FHIR does not name, among it whose time this is (C1, C9).
    #[serde(borrow, default, deserialize_with = "lenient::list")]
    pub extension: Vec<Fact<'a>>,
    /// The agenda that it belongs to.
    #[serde(borrow, default, deserialize_with = "lenient::object")]
    pub schedule: Option<Pointer<'a>>,
}

impl Resource for Slot<'_> {
    const TYPE: &'static str = "Slot";
}

impl Slot<'_> {
    /// Whose time this is: the actor extension (C1, C9).
    #[must_use]
    pub fn actor(&self) -> Option<&Pointer<'_>> {
        let actor =
            self.extension.iter().find(|extension| extension.url.as_deref() == Some(naming::SLOT_ACTOR));
        actor?.value_reference.as_ref()
    }

    /// All codings of all categories.
    pub fn codings(&self) -> impl Iterator<Item = &Code<'_>> {
        self.service_category.iter().flat_map(|category| &category.coding)
    }
}

/// A kind of appointment, in codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Category<'a> {
    /// The codes, each of another system.
    #[serde(borrow, default, deserialize_with = "lenient::list")]
    pub coding: Vec<Code<'a>>,
}

/// A code of some system.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Code<'a> {
    /// Whose code it is.
    #[serde(borrow, default, deserialize_with = "lenient::words")]
    pub system: Option<Cow<'a, str>>,
    /// The code.
    #[serde(borrow, default, deserialize_with = "lenient::words")]
    pub code: Option<Cow<'a, str>>,
    /// The words that people read.
    #[serde(borrow, default, deserialize_with = "lenient::words")]
    pub display: Option<Cow<'a, str>>,
}

/// A fact that FHIR does not name, where it is a reference.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fact<'a> {
    /// What it says.
    #[serde(borrow, default, deserialize_with = "lenient::words")]
    pub url: Option<Cow<'a, str>>,
    /// What it refers to.
    #[serde(borrow, default, deserialize_with = "lenient::object")]
    pub value_reference: Option<Pointer<'a>>,
}
