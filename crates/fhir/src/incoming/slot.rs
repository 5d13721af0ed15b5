use serde::Deserialize;

use crate::incoming::{CodeableConcept, Coding, Reference, Resource};
use crate::{Instant, lenient, naming};

/// A piece of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Slot {
    /// The id at the practice's system.
    #[serde(deserialize_with = "lenient::required_text")]
    pub id: String,
    /// `free` when it can be taken (C8).
    #[serde(default, deserialize_with = "lenient::text")]
    pub status: Option<String>,
    /// When it starts.
    pub start: Instant,
    /// When it ends.
    pub end: Instant,
    /// What kinds of appointment it is for.
    #[serde(default, deserialize_with = "lenient::list")]
    pub service_category: Vec<CodeableConcept>,
    /// What FHIR does not name, among it whose time this is (C1, C9).
    #[serde(default, deserialize_with = "lenient::list")]
    pub extension: Vec<Extension>,
    /// The agenda that it belongs to.
    #[serde(default, deserialize_with = "lenient::object")]
    pub schedule: Option<Reference>,
}

impl Resource for Slot {
    const TYPE: &'static str = "Slot";
}

impl Slot {
    /// Whose time this is: the actor extension (C1, C9).
    #[must_use]
    pub fn actor(&self) -> Option<&Reference> {
        let actor =
            self.extension.iter().find(|extension| extension.url.as_deref() == Some(naming::SLOT_ACTOR));
        actor?.value_reference.as_ref()
    }

    /// All codings of all categories.
    pub fn codings(&self) -> impl Iterator<Item = &Coding> {
        self.service_category.iter().flat_map(|category| &category.coding)
    }
}

/// A fact that FHIR does not name, where it is a reference.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Extension {
    /// What it says.
    #[serde(default, deserialize_with = "lenient::text")]
    pub url: Option<String>,
    /// What it refers to.
    #[serde(default, deserialize_with = "lenient::object")]
    pub value_reference: Option<Reference>,
}
