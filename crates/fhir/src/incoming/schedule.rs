use serde::Deserialize;

use crate::incoming::{CodeableConcept, Reference, Resource};
use crate::lenient;

/// An agenda.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
    /// The id at the practice's system.
    #[serde(deserialize_with = "lenient::required_text")]
    pub id: String,
    /// What kinds of appointment it is for.
    #[serde(default, deserialize_with = "lenient::list")]
    pub service_category: Vec<CodeableConcept>,
    /// Whose agenda it is.
    #[serde(default, deserialize_with = "lenient::list")]
    pub actor: Vec<Reference>,
}

impl Resource for Schedule {
    const TYPE: &'static str = "Schedule";
}
