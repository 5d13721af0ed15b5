use serde::Deserialize;

use super::value_set::{self, Concept, Listed};
use crate::incoming::Resource;
use crate::lenient;

/// The bookable appointment types as version 1 of the contract has them: each code under `actor` (C20).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct AppointmentType {
    #[serde(default, deserialize_with = "lenient::object")]
    compose: Option<Compose>,
}

impl Resource for AppointmentType {
    const TYPE: &'static str = "AppointmentType";
}

impl AppointmentType {
    /// The codes to choose from, each system and code once, in their order.
    #[must_use]
    pub fn concepts(&self) -> Vec<Concept> {
        let included = self.compose.iter().flat_map(|compose| &compose.include);
        let actors = included.filter_map(|include| include.actor.as_ref());
        value_set::each_once(actors.flat_map(Actor::concepts).collect())
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Compose {
    #[serde(default, deserialize_with = "lenient::list")]
    include: Vec<Include>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Include {
    #[serde(default, deserialize_with = "lenient::object")]
    actor: Option<Actor>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Actor {
    #[serde(default, deserialize_with = "lenient::text")]
    system: Option<String>,
    /// One, in the contract; some may send several.
    #[serde(default, deserialize_with = "lenient::list")]
    concept: Vec<Listed>,
}

impl Actor {
    fn concepts(&self) -> impl Iterator<Item = Concept> {
        self.concept.iter().filter_map(|one| value_set::concept(&self.system, &one.code, &one.display))
    }
}
