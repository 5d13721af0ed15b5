//! What holds for every appointment and every set of slots, whatever happens to them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod appointments;
mod comparison;
mod interleavings;
mod ledger;
mod reasons;
mod rescheduling;
mod slots;
mod strategies;
mod windows;
