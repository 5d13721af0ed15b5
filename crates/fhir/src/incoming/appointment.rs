use serde::Deserialize;
use serde_json::Value;

use crate::discreet::discreet;
use crate::incoming::{CodeableConcept, Coding, Identifier, Meta, Reference, Resource};
use crate::{Instant, lenient};

/// An appointment as the practice's system tells it: in a PUT, in a search result, in the answer to a POST.
///
/// Every field may be absent; what must be there depends on who sends it and why, so the caller judges.
/// Debug output hides who and why.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Appointment {
    /// The id at the practice's system.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: Option<String>,
    /// Version and last change.
    #[serde(default, deserialize_with = "lenient::object")]
    pub meta: Option<Meta>,
    /// Other ids, among them perhaps the one that we gave it (A11, C1).
    #[serde(default, deserialize_with = "lenient::list")]
    pub identifier: Vec<Identifier>,
    /// How far it is; see [`crate::AppointmentStatus::from_code`].
    #[serde(default, deserialize_with = "lenient::text")]
    pub status: Option<String>,
    /// When it starts.
    #[serde(default)]
    pub start: Option<Instant>,
    /// When it ends.
    #[serde(default)]
    pub end: Option<Instant>,
    /// A message to the patient, or the patient's own reason (A17).
    #[serde(default, deserialize_with = "lenient::text")]
    pub comment: Option<String>,
    /// FHIR's short text about it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: Option<String>,
    /// What kind of appointment it is.
    #[serde(default, deserialize_with = "lenient::list")]
    pub service_category: Vec<CodeableConcept>,
    /// The slots that it takes.
    #[serde(default, deserialize_with = "lenient::list")]
    pub slot: Vec<Reference>,
    /// Who takes part.
    #[serde(default, deserialize_with = "lenient::list")]
    pub participant: Vec<Participant>,
    /// What FHIR does not name, as it came (B10).
    #[serde(default, deserialize_with = "lenient::values")]
    pub extension: Vec<Value>,
}

discreet!(Appointment { start, end });

impl Resource for Appointment {
    const TYPE: &'static str = "Appointment";
}

impl Appointment {
    /// All codings of all categories.
    pub fn codings(&self) -> impl Iterator<Item = &Coding> {
        self.service_category.iter().flat_map(|category| &category.coding)
    }
}

/// Somebody or something that takes part. Debug output hides whom.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Participant {
    /// Who.
    #[serde(default, deserialize_with = "lenient::object")]
    pub actor: Option<Reference>,
    /// What they said to it; see [`crate::ParticipationStatus::from_code`].
    #[serde(default, deserialize_with = "lenient::text")]
    pub status: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    required: Option<String>,
}

discreet!(Participant {});

impl Participant {
    /// Whether they must be there, from the participant or from under its actor (A19).
    #[must_use]
    pub fn required(&self) -> Option<&str> {
        let under_actor = || self.actor.as_ref().and_then(|actor| actor.required.as_deref());
        self.required.as_deref().or_else(under_actor)
    }

    /// The identifiers of the actor.
    #[must_use]
    pub fn identifiers(&self) -> &[Identifier] {
        self.actor.as_ref().map_or(&[], |actor| &actor.identifiers)
    }
}
