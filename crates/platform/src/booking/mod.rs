//! What happens to appointments: one act, one file.
//!
//! An act is one transaction: load, let the rules decide, store, leave the notice and the audit line. What must
//! happen outside is left in the outbox; nothing is sent inside a transaction.

pub(crate) mod answer;
pub(crate) mod cancel;
pub(crate) mod change;
mod guess;
mod job;
pub(crate) mod parked;
pub(crate) mod reconcile;
pub(crate) mod request;
pub(crate) mod reread;
pub(crate) mod reschedule;
pub(crate) mod response;
pub(crate) mod sweep;
pub(crate) mod xis_update;
