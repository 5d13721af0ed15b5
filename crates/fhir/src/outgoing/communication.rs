use jiff::Timestamp;
use serde::Serialize;

use crate::outgoing::{CodeableConcept, Identifier, Reference};
use crate::{CommunicationStatus, naming};

/// That somebody is told something: whether, how and when, and neither what is said nor to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "resourceType", rename_all = "camelCase")]
pub struct Communication {
    /// Its id.
    pub id: String,
    /// When it is tried (again), where it still is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extension: Vec<Extension>,
    /// What is told: the same for each way in which it is told.
    pub identifier: Vec<Identifier>,
    /// How far it is.
    pub status: CommunicationStatus,
    /// Why it is no further.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<CodeableConcept>,
    /// What kind of news it is.
    pub category: Vec<CodeableConcept>,
    /// The way in which it is told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub medium: Vec<CodeableConcept>,
    /// What it is about.
    pub about: Vec<Reference>,
    /// When it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<Timestamp>,
}

/// What FHIR has no element for: a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Extension {
    url: &'static str,
    value_date_time: Timestamp,
}

impl Extension {
    /// When a communication is tried (again), not before.
    #[must_use]
    pub fn next_attempt(at: Timestamp) -> Self {
        Self { url: naming::NEXT_ATTEMPT, value_date_time: at }
    }
}
