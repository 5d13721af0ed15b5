use jiff::Timestamp;
use serde::Serialize;

use crate::discreet::discreet;
use crate::outgoing::{CodeableConcept, Identifier, Meta, Reference, is_blank};
use crate::{AppointmentStatus, ParticipantRequired, ParticipationStatus};

/// An appointment, asked of the practice's system (C1 to C3) or given back to it (A20).
///
/// Debug output hides who and why.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Appointment {
    /// Asked for: our UUID, which the other side may replace (C2). Given back: theirs.
    pub id: String,
    /// Version and last change, where it is given back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Asked for: [`Identifier::uuid`] of our attempt (C1).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifier: Vec<Identifier>,
    /// How far it is.
    pub status: AppointmentStatus,
    /// What kind of appointment it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub service_category: Vec<CodeableConcept>,
    /// When it starts.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// The slot that it takes: [`Reference::to`] `("Slot", id)` (C1).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slot: Vec<Reference>,
    /// The patient's reason (C14), or the practice's message.
    #[serde(skip_serializing_if = "is_blank")]
    pub comment: Option<String>,
    /// Who takes part; FHIR wants at least one.
    pub participant: Vec<Participant>,
}

discreet!(Appointment { id, status, start, end });

/// Somebody who takes part. Debug output hides whom.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Participant {
    /// Who.
    pub actor: Reference,
    /// Whether they must be there; on the participant, where FHIR has it (A19).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<ParticipantRequired>,
    /// What they said to it.
    pub status: ParticipationStatus,
}

discreet!(Participant { required, status });

impl Participant {
    /// The patient, known by the id at the practice's system and by BSN (C15), who always accepts (C3).
    #[must_use]
    pub fn patient(id: &str, display: impl Into<String>, bsn: impl Into<String>) -> Self {
        let identifier = Some(Identifier::bsn(bsn));
        Self {
            actor: Reference { identifier, display: Some(display.into()), ..Reference::to("Patient", id) },
            required: Some(ParticipantRequired::Required),
            status: ParticipationStatus::Accepted,
        }
    }

    /// Whose time it is (C1): [`Reference::named`] after the slot's actor.
    #[must_use]
    pub fn practitioner(actor: Reference, status: ParticipationStatus) -> Self {
        Self { actor, required: Some(ParticipantRequired::Required), status }
    }
}
