use std::collections::HashSet;

use serde::Deserialize;

use crate::incoming::Resource;
use crate::{lenient, search_token};

/// A list of codes to choose from: the bookable appointment types.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ValueSet {
    #[serde(default, deserialize_with = "lenient::object")]
    compose: Option<Compose>,
    #[serde(default, deserialize_with = "lenient::object")]
    expansion: Option<Expansion>,
}

/// One code of a value set.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Concept {
    /// Whose code it is.
    pub system: Option<String>,
    /// The code.
    pub code: String,
    /// The words that people read; the code where there are none.
    pub display: String,
}

impl Resource for ValueSet {
    const TYPE: &'static str = "ValueSet";
}

impl Concept {
    /// The concept as a search value.
    #[must_use]
    pub fn token(&self) -> String {
        search_token(self.system.as_deref(), &self.code)
    }
}

impl ValueSet {
    /// The codes to choose from, each system and code once, in their order: those of the expansion where there is
    /// one, else those that the definition lists (C12).
    ///
    /// Of an expansion, entries that only group others and entries that are no longer in use are left out.
    #[must_use]
    pub fn concepts(&self) -> Vec<Concept> {
        let concepts: Vec<Concept> = match (&self.expansion, &self.compose) {
            (Some(expansion), _) => expansion.contains.iter().flat_map(Contained::concepts).collect(),
            (None, Some(compose)) => compose.include.iter().flat_map(Include::concepts).collect(),
            (None, None) => Vec::new(),
        };
        each_once(concepts)
    }
}

/// These without those that were there before, in their order.
pub(super) fn each_once(mut concepts: Vec<Concept>) -> Vec<Concept> {
    let mut seen = HashSet::new();
    concepts.retain(|concept| seen.insert((concept.system.clone(), concept.code.clone())));
    concepts
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Compose {
    #[serde(default, deserialize_with = "lenient::list")]
    include: Vec<Include>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Include {
    #[serde(default, deserialize_with = "lenient::text")]
    system: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    concept: Vec<Listed>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Listed {
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) code: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) display: Option<String>,
}

impl Include {
    fn concepts(&self) -> impl Iterator<Item = Concept> {
        self.concept.iter().filter_map(|listed| concept(&self.system, &listed.code, &listed.display))
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Expansion {
    #[serde(default, deserialize_with = "lenient::list")]
    contains: Vec<Contained>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Contained {
    #[serde(default, deserialize_with = "lenient::text")]
    system: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    code: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    display: Option<String>,
    #[serde(default, rename = "abstract")]
    only_groups: Option<bool>,
    #[serde(default)]
    inactive: Option<bool>,
    #[serde(default, deserialize_with = "lenient::list")]
    contains: Vec<Contained>,
}

impl Contained {
    fn concepts(&self) -> Vec<Concept> {
        let can_be_chosen = self.only_groups != Some(true) && self.inactive != Some(true);
        let own = can_be_chosen.then(|| concept(&self.system, &self.code, &self.display)).flatten();
        own.into_iter().chain(self.contains.iter().flat_map(Self::concepts)).collect()
    }
}

pub(super) fn concept(
    system: &Option<String>,
    code: &Option<String>,
    display: &Option<String>,
) -> Option<Concept> {
    let code = code.clone().filter(|code| !code.is_empty())?;
    let display =
        display.clone().filter(|display| !display.trim().is_empty()).unwrap_or_else(|| code.clone());
    Some(Concept { system: system.clone(), code, display })
}
