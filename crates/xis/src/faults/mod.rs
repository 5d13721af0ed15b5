//! Fault switches: what a bad practice system does, on purpose and for tests alone.
//!
//! A [`Rule`] says which [`Fault`] strikes, at which [`Interaction`] and how often. Rules come from the
//! configuration (`balie xis --fault`), from a test in the same process ([`Xis::arm`](crate::Xis::arm)), and, where
//! the configuration allows it, from the request itself (the header `X-Balie-Fault`). A XIS whose configuration has
//! none of this has no plan, no layer and no header to listen to: nobody outside can make it misbehave.
//!
//! What is about the wire happens in a layer around the FHIR server (`wire`); what is about the agenda is a hook
//! of one line there that asks the plan; what is about telling the platform is in `telling`.

mod answers;
mod armed;
mod broken;
mod clock;
mod fault;
mod interaction;
mod listing;
mod memory;
mod plan;
mod rule;
mod searchsets;
mod telling;
mod value;
mod wire;

pub use fault::{Fault, NoSuchFault};
pub use interaction::{Interaction, NoSuchInteraction};
pub use listing::listing;
pub use plan::{NotAllowed, Settings};
pub use rule::{BadRule, Rule};
pub use value::{BadValue, Takes, Value};

pub(crate) use plan::Faults;
pub(crate) use telling::{owe_what_was, send, tell_early, tell_what_was};
pub(crate) use wire::strike;
