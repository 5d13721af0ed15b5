use serde::Serialize;

use crate::ParticipationStatus;
use crate::discreet::discreet;
use crate::outgoing::{Identifier, Reference};

/// The answer to an appointment: the patient does not come. Debug output hides who and why.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct AppointmentResponse {
    /// Which appointment.
    pub appointment: Reference,
    /// Who answers.
    pub actor: Actor,
    /// The answer.
    pub participant_status: ParticipationStatus,
    /// A sentence, always (C14).
    pub comment: String,
}

discreet!(AppointmentResponse { participant_status });

impl AppointmentResponse {
    /// The answer of `who` to the appointment with this id at the practice's system.
    #[must_use]
    pub fn new(
        appointment_id: &str,
        who: Identifier,
        participant_status: ParticipationStatus,
        comment: impl Into<String>,
        form: ActorForm,
    ) -> Self {
        let actor = match form {
            ActorForm::Contract => {
                Actor::Contract { reference: IdentifiersAsReference { identifier: vec![who] } }
            }
            ActorForm::Fhir => Actor::Fhir(Reference { identifier: Some(who), ..Reference::default() }),
        };
        let appointment = Reference::to("Appointment", appointment_id);
        Self { appointment, actor, participant_status, comment: comment.into() }
    }
}

/// How an AppointmentResponse names who answers (B1): a setting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ActorForm {
    /// The contract's: an object under `reference`. Not valid FHIR, and documented as such.
    #[default]
    Contract,
    /// FHIR's: the identifier beside the reference.
    Fhir,
}

/// Who answers, in one of the two forms (B1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Actor {
    /// The contract's form.
    Contract {
        /// The object that stands where FHIR has a text.
        reference: IdentifiersAsReference,
    },
    /// FHIR's form.
    Fhir(Reference),
}

/// Identifiers where FHIR has a text (B1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IdentifiersAsReference {
    /// Who answers.
    pub identifier: Vec<Identifier>,
}
