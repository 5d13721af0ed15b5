//! The platform and the reference practice system over HTTP, while the practice system misbehaves: what the patient
//! reads is never false, and once the fault is over the two agree. One case for each fault.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod agenda;
mod answers;
mod cases;
mod knowing;
mod pages;
mod patient;
mod practitioner;
mod searches;
mod telling;
mod town;
mod truth;
