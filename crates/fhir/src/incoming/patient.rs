use serde::Deserialize;

use crate::discreet::discreet;
use crate::incoming::{ContactPoint, Extension, HumanName, Identifier, Resource, bsns};
use crate::lenient;

/// A patient as the practice knows them. Debug output hides everything, even the id: some systems make it the BSN.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Patient {
    /// The id at the practice's system (C15).
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: Option<String>,
    /// The numbers by which they are known.
    #[serde(default, deserialize_with = "lenient::list")]
    pub identifier: Vec<Identifier>,
    /// Their names.
    #[serde(default, deserialize_with = "lenient::list")]
    pub name: Vec<HumanName>,
    /// How they can be reached.
    #[serde(default, deserialize_with = "lenient::list")]
    pub telecom: Vec<ContactPoint>,
    /// What FHIR does not name, such as that an invitation is for a chat (D5).
    #[serde(default, deserialize_with = "lenient::list")]
    pub extension: Vec<Extension>,
}

discreet!(Patient {});

impl Resource for Patient {
    const TYPE: &'static str = "Patient";
}

impl Patient {
    /// The BSNs among the identifiers, as they were written.
    pub fn bsns(&self) -> impl Iterator<Item = &str> {
        bsns(&self.identifier)
    }

    /// The first name that can be shown.
    #[must_use]
    pub fn display(&self) -> Option<String> {
        self.name.iter().find_map(HumanName::display)
    }
}
