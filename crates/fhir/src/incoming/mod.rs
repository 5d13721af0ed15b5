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
mod pointer;
mod practitioner_role;
mod reference;
mod schedule;
mod slot;
mod value_set;

pub use appointment::{Appointment, Participant};
pub use appointment_response::AppointmentResponse;
pub use appointment_type::AppointmentType;
pub use bundle::{Arriving, Bundle, Keep, Skipped};
pub use communication::{Attachment, Communication, Payload};
pub use datatypes::{CodeableConcept, Coding, ContactPoint, Extension, HumanName, Identifier, Meta, bsns};
pub use online_editable::OnlineEditable;
pub use operation_outcome::{Issue, OperationOutcome};
pub use patient::Patient;
pub use pointer::Pointer;
pub use practitioner_role::PractitionerRole;
pub use reference::Reference;
pub use schedule::Schedule;
pub use slot::{Category, Code, Fact, Slot};
pub use value_set::{Concept, ValueSet};

/// A resource that [`crate::parse`] and [`Bundle`] can read.
pub trait Resource {
    /// The `resourceType` that it must carry.
    const TYPE: &'static str;
    /// Whether a body without any `resourceType` is taken for this one (B3).
    const MAY_BE_UNNAMED: bool = false;
}
