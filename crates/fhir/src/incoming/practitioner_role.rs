use serde::Deserialize;

use crate::incoming::{CodeableConcept, Reference, Resource};
use crate::lenient;

/// A practitioner at work, in the contract's words or in FHIR's (C11).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PractitionerRole {
    /// The id at the practice's system.
    #[serde(deserialize_with = "lenient::required_text")]
    pub id: String,
    /// The name, in the contract's form.
    #[serde(default, deserialize_with = "lenient::text")]
    pub name: Option<String>,
    /// The person, in FHIR's form.
    #[serde(default, deserialize_with = "lenient::object")]
    pub practitioner: Option<Reference>,
    #[serde(default, deserialize_with = "lenient::list")]
    speciality: Vec<CodeableConcept>,
    #[serde(default, deserialize_with = "lenient::list")]
    specialty: Vec<CodeableConcept>,
}

impl Resource for PractitionerRole {
    const TYPE: &'static str = "PractitionerRole";
}

impl PractitionerRole {
    /// What to call this practitioner.
    #[must_use]
    pub fn display(&self) -> Option<&str> {
        let person = || self.practitioner.as_ref().and_then(|practitioner| practitioner.display.as_deref());
        self.name.as_deref().or_else(person)
    }

    /// The specialities, under either spelling.
    pub fn specialities(&self) -> impl Iterator<Item = &CodeableConcept> {
        self.speciality.iter().chain(&self.specialty)
    }
}
