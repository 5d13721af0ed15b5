//! The reference XIS: a small practice information system that speaks version 2 of the contract,
//! and version 1 where a practice is set to it ([`config::Practice::api_version`]).
//!
//! Owns a practice's agenda: its practitioners, appointment types, offered times, patients and appointments, the
//! FHIR server that the platform calls (`/fhir/r4`), the pages that practitioners work in (`/`), and the outbox
//! that tells the platform what a practitioner changed. It is the other end of the wire on purpose: its own
//! tables, its own reading of FHIR, no type and no rule shared with the platform, so that a misreading cannot
//! cancel itself out. Leaves logging in, tokens and keys to `oauth`, databases to `db`, delivery to `outbox`.
//!
//! A double booking is impossible by constraint: every five-minute step of a schedule has at most one owner in
//! `occupancy`, written in the transaction of whoever books: a patient, or a practitioner who creates or moves.
//! (What a XIS does that has no such constraint, and other faults, a test can switch on: [`faults`].)
//!
//! Where this end follows the contract instead of FHIR R4, and only there:
//! - an `AppointmentResponse` that it sends has an object with a list of identifiers as `actor.reference` (B1;
//!   FHIR's form by the setting [`config::Platform::fhir_responses`]);
//! - a searchset of Schedules holds them bare in `entry` (C11);
//! - a PractitionerRole also has `name` and `speciality` (C11), beside FHIR's `practitioner` and `specialty`.

mod agenda;
mod audit;
mod bsn;
pub mod config;
pub mod faults;
mod fhir;
mod fhir_api;
mod informed;
mod locales;
mod login;
mod migrations;
mod pages;
mod platform;
mod practice;
mod routes;
pub mod seed;
mod service;
mod tables;
mod told;

#[cfg(test)]
mod test_support;

pub use bsn::{Bsn, NotABsn};
pub use config::Config;
pub use service::{OpenError, Xis};
