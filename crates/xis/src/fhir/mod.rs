//! FHIR R4 as this XIS writes and reads it. What is written is strict; what is read may hold more than is asked.
//!
//! No struct here derives Debug: values may hold citizen numbers.

mod appointment;
mod appointment_response;
mod appointment_types;
mod booking;
mod bundle;
mod cancellation;
mod capability_statement;
mod instant;
mod notices;
mod offered;
mod operation_outcome;
mod parts;
mod patient;
mod practitioner_role;
mod read;
mod schedule;
mod slot;
mod value_set;

pub(crate) use appointment::appointment;
pub(crate) use appointment_response::AppointmentResponse;
pub(crate) use appointment_types::appointment_types;
pub(crate) use booking::Booking;
pub(crate) use bundle::{Bundle, Link};
pub(crate) use cancellation::Cancellation;
pub(crate) use capability_statement::capability_statement;
pub(crate) use instant::written;
pub(crate) use notices::{Communication, notices};
pub(crate) use offered::Offered;
pub(crate) use operation_outcome::{Issue, OperationOutcome};
pub(crate) use parts::{Coding, Concept, Identifier, Reference};
pub(crate) use patient::patient;
pub(crate) use practitioner_role::practitioner_role;
pub(crate) use read::read;
pub(crate) use schedule::schedule;
pub(crate) use slot::slot;
pub(crate) use value_set::bookable_types;

/// The resource as JSON text. Our structs hold nothing that JSON cannot.
pub(crate) fn to_json(resource: &impl serde::Serialize) -> String {
    serde_json::to_string(resource).unwrap_or_default()
}
