//! FHIR R4 on the wire: the resources that the contract speaks, and OperationOutcome.
//!
//! Owns the JSON: what may come in, lenient ([`incoming`], read with [`parse`] and [`incoming::Bundle::parse`]),
//! and what goes out, strict ([`outgoing`]). Unknown fields are ignored, never an error (D14). A fault is told by
//! the place where it is, never by the value that stands there: a BSN may be anywhere.
//!
//! Leaves to others what a value means: which status is allowed, whose appointment it is, whether a time is past,
//! which of two settings applies. No IO, no clock.

mod codes;
mod discreet;
mod error;
pub mod examples;
pub mod incoming;
mod instant;
mod lenient;
mod masked;
pub mod naming;
pub mod outgoing;
mod parse;
mod reference;
mod token;

pub use codes::{
    AppointmentStatus, CommunicationStatus, Interaction, IssueSeverity, IssueType, ParticipantRequired,
    ParticipationStatus, SearchParamType,
};
pub use error::ParseError;
pub use instant::Instant;
pub use parse::parse;
pub use reference::{reference_id, without_history};
pub use token::search_token;
