use serde::Deserialize;

use crate::discreet::discreet;
use crate::incoming::Reference;
use crate::{Instant, lenient, naming, search_token};

/// A number or name under which somebody knows something. Debug output hides it.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Identifier {
    /// Whose numbers these are, such as [`naming::BSN`].
    #[serde(default, deserialize_with = "lenient::text")]
    pub system: Option<String>,
    /// The number itself.
    #[serde(default, deserialize_with = "lenient::text")]
    pub value: Option<String>,
}

discreet!(Identifier {});

impl Identifier {
    /// The value, where the identifier is of `system`.
    #[must_use]
    pub fn value_in(&self, system: &str) -> Option<&str> {
        self.value.as_deref().filter(|_| self.system.as_deref() == Some(system))
    }
}

/// The BSNs among `identifiers`, as they were written.
pub fn bsns(identifiers: &[Identifier]) -> impl Iterator<Item = &str> {
    identifiers.iter().filter_map(|identifier| identifier.value_in(naming::BSN))
}

/// How somebody can be reached. Debug output hides where.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ContactPoint {
    /// By what means: `email`, `phone`, ...
    #[serde(default, deserialize_with = "lenient::text")]
    pub system: Option<String>,
    /// The address or number.
    #[serde(default, deserialize_with = "lenient::text")]
    pub value: Option<String>,
}

discreet!(ContactPoint {});

/// A code of some system.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize)]
pub struct Coding {
    /// Whose code it is.
    #[serde(default, deserialize_with = "lenient::text")]
    pub system: Option<String>,
    /// The code.
    #[serde(default, deserialize_with = "lenient::text")]
    pub code: Option<String>,
    /// The words that people read.
    #[serde(default, deserialize_with = "lenient::text")]
    pub display: Option<String>,
}

impl Coding {
    /// The coding as a search value; nothing without a code.
    #[must_use]
    pub fn token(&self) -> Option<String> {
        self.code.as_deref().map(|code| search_token(self.system.as_deref(), code))
    }
}

/// An idea, in codes and perhaps in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize)]
pub struct CodeableConcept {
    /// The codes, each of another system.
    #[serde(default, deserialize_with = "lenient::list")]
    pub coding: Vec<Coding>,
    /// The words.
    #[serde(default, deserialize_with = "lenient::text")]
    pub text: Option<String>,
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

/// What a server says about a resource as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    /// Which version of the resource.
    #[serde(default, deserialize_with = "lenient::text")]
    pub version_id: Option<String>,
    /// When it last changed; absent when it cannot be read.
    #[serde(default, deserialize_with = "lenient::instant_or_nothing")]
    pub last_updated: Option<Instant>,
}

/// The name of a person. Debug output hides it.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
pub struct HumanName {
    /// The whole name as it should be shown.
    #[serde(default, deserialize_with = "lenient::text")]
    pub text: Option<String>,
    /// The family name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub family: Option<String>,
    /// The given names.
    #[serde(default, deserialize_with = "lenient::values")]
    pub given: Vec<String>,
}

discreet!(HumanName {});

impl HumanName {
    /// The name as one line: the text, else given names and family name; nothing when there is neither.
    #[must_use]
    pub fn display(&self) -> Option<String> {
        let parts =
            || self.given.iter().chain(&self.family).map(String::as_str).collect::<Vec<_>>().join(" ");
        let name = self.text.clone().unwrap_or_else(parts);
        (!name.trim().is_empty()).then_some(name)
    }
}
