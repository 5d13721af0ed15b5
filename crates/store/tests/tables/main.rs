//! One story per family of tables, told once for each database.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod appointments;
mod attempts;
mod audit;
mod common;
mod notices;
mod parked;
mod practices;
mod round_trip;
mod secrecy;
mod sessions;
mod sightings;
