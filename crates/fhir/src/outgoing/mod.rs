//! What goes out. Strict: a code is one of FHIR's own, what FHIR requires is not optional, an empty text or
//! array is left out.

mod appointment;
mod appointment_response;
mod bundle;
mod capability_statement;
mod communication;
mod datatypes;
mod operation_definition;
mod operation_outcome;
mod patient;

use serde::Serialize;

pub use appointment::{Appointment, Participant};
pub use appointment_response::{Actor, ActorForm, AppointmentResponse, IdentifiersAsReference};
pub use bundle::Searchset;
pub use capability_statement::{CapabilityStatement, ResourceCapability, SearchParam, Server};
pub use communication::{Communication, Extension};
pub use datatypes::{CodeableConcept, Coding, Identifier, Meta, Reference};
pub use operation_definition::{OperationDefinition, OperationName};
pub use operation_outcome::{Issue, OperationOutcome};
pub use patient::Patient;

/// A resource that is sent or answered.
pub trait Resource: Serialize {
    /// The body, for [`crate::naming::FHIR_JSON`].
    #[must_use]
    fn to_json(&self) -> Vec<u8> {
        #[expect(
            clippy::expect_used,
            reason = "the resources here are texts, times and lists: JSON has all of them"
        )]
        serde_json::to_vec(self).expect("a resource is JSON")
    }
}

impl Resource for Appointment {}
impl Resource for AppointmentResponse {}
impl Resource for CapabilityStatement {}
impl Resource for Communication {}
impl Resource for OperationDefinition {}
impl Resource for OperationOutcome {}
impl<R: Resource> Resource for Searchset<R> {}

/// FHIR forbids the empty text.
fn is_blank(text: &Option<String>) -> bool {
    text.as_deref().is_none_or(|text| text.trim().is_empty())
}
