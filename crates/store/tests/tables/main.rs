//! One story per family of tables, told once for each database.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod addresses;
mod appointments;
mod attempts;
mod audit;
mod audit_end;
mod audit_trail;
mod calendar_editions;
mod common;
mod discretion;
mod forget;
mod invitations;
mod logo;
mod messages;
mod notices;
mod parked;
mod plans;
mod practices;
mod pulse;
mod receipts;
mod rescheduling;
mod rotation;
mod rotation_races;
mod round_trip;
mod secrecy;
mod sessions;
mod sightings;
mod subscriptions;
mod wall;
