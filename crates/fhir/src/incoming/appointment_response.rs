use serde::Deserialize;

use crate::discreet::discreet;
use crate::incoming::{Identifier, Reference, Resource};
use crate::lenient;

/// The answer to an appointment. Debug output hides who answers and what they say.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppointmentResponse {
    /// Which appointment (B7); the id is in [`Reference::id`].
    #[serde(default, deserialize_with = "lenient::object")]
    pub appointment: Option<Reference>,
    /// Who answers, in either form (B1, B2).
    #[serde(default, deserialize_with = "lenient::object")]
    pub actor: Option<Reference>,
    /// The answer; see [`crate::ParticipationStatus::from_code`].
    #[serde(default, deserialize_with = "lenient::text")]
    pub participant_status: Option<String>,
    /// The practice's message, which may be empty (B6).
    #[serde(default, deserialize_with = "lenient::text")]
    pub comment: Option<String>,
}

discreet!(AppointmentResponse {});

impl Resource for AppointmentResponse {
    const TYPE: &'static str = "AppointmentResponse";
    const MAY_BE_UNNAMED: bool = true;
}

impl AppointmentResponse {
    /// The identifiers of who answers (B2).
    #[must_use]
    pub fn identifiers(&self) -> &[Identifier] {
        self.actor.as_ref().map_or(&[], |actor| &actor.identifiers)
    }
}
