//! What may come in. Lenient: nearly every field may be absent or null, one thing may stand for an array of one.

mod appointment;
mod appointment_response;
mod appointment_type;
mod bundle;
mod communication;
mod datatypes;
mod online_editable;
mod operation_outcome;
mod patient;
mod practitioner_role;
mod reference;
mod schedule;
mod slot;
mod value_set;

use serde::de::DeserializeOwned;

pub use appointment::{Appointment, Participant};
pub use appointment_response::AppointmentResponse;
pub use appointment_type::AppointmentType;
pub use bundle::{Bundle, Skipped};
pub use communication::{Attachment, Communication, Payload};
pub use datatypes::{CodeableConcept, Coding, ContactPoint, HumanName, Identifier, Meta, bsns};
pub use online_editable::OnlineEditable;
pub use operation_outcome::{Issue, OperationOutcome};
pub use patient::Patient;
pub use practitioner_role::PractitionerRole;
pub use reference::Reference;
pub use schedule::Schedule;
pub use slot::{Extension, Slot};
pub use value_set::{Concept, ValueSet};

/// A resource that [`crate::parse`] and [`Bundle`] can read.
pub trait Resource: DeserializeOwned {
    /// The `resourceType` that it must carry.
    const TYPE: &'static str;
    /// Whether a body without any `resourceType` is taken for this one (B3).
    const MAY_BE_UNNAMED: bool = false;
}
