//! The platform by URL, over real HTTP, on both databases. One program, so that it is linked once.

#![allow(clippy::unwrap_used, reason = "a test that goes wrong has failed")]

mod appointment_response;
mod audit;
mod bearer_and_organization;
mod booking;
mod calendar;
mod cancelling;
mod errors;
mod founding_text_creation;
mod founding_text_updates;
mod login;
mod messages;
mod metadata;
mod notices_operation;
mod oauth_token;
mod portal;
mod push;
mod put_appointment;
mod racing;
mod reminders;
mod rescheduling;
mod steps;
mod told;
mod told_last;
mod visit;
