//! The platform by URL, over real HTTP, on both databases. One program, so that it is linked once.

#![allow(clippy::unwrap_used, reason = "a test that goes wrong has failed")]

mod appointment_response;
mod audit;
mod audit_trail;
mod bearer_and_organization;
mod booking;
mod calendar;
mod cancelling;
mod docs;
mod errors;
mod founding_text_creation;
mod founding_text_updates;
mod limits;
mod login;
mod matrix;
mod messages;
mod metadata;
mod notices_operation;
mod oauth_token;
mod patient_search;
mod portal;
mod push;
mod put_appointment;
mod racing;
mod reminders;
mod rescheduling;
mod steps;
mod tokens;
mod told;
mod told_last;
mod visit;
